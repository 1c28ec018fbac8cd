-- The sheet of the meeting: projects in rank order, and a column of amounts
-- that the committee changes while the rest of the envelope follows.
--@ sheet Ranking
--@ title Ranking and proposals
--@ subtitle Yellow cells are yours: change an amount, choose a decision. What is left of the envelope follows, and turns red when it is overspent.
--@ list decision | Fund | Fund in part | Reserve | Refuse | Adjourn
--@ cards amounts
--@ column envelope_cents | Envelope | money | span: 3 | name: Envelope
--@ column total_cents | Total of the proposals | money | formula: SUM([ranking.proposal_cents:])
--@ column rest_cents | Left of the envelope | money | span: 4 | formula: [amounts.envelope_cents]-[amounts.total_cents]
--@ column projects | Projects with an amount | integer | span: 4 | formula: COUNTIF([ranking.proposal_cents:],">0")
--@ column requested_cents | Requested in all | money | span: 2
--@ rule alert | rest_cents | [rest_cents]<0
SELECT u.envelope_cents, t.total_cents,
       u.envelope_cents - t.total_cents AS rest_cents, t.projects,
       u.requested_cents
  FROM budget u
  JOIN (SELECT coalesce(sum(coalesce(w.amount_cents, a.award_cents)), 0)
                   AS total_cents,
               coalesce(sum(coalesce(w.amount_cents, a.award_cents) > 0), 0)
                   AS projects
          FROM temp.ranking r
          LEFT JOIN temp.allocation a ON a.project_id = r.project_id
          LEFT JOIN award w ON w.project_id = r.project_id) t
 WHERE u.call = :call;

--@ table ranking
--@ freeze ref
--@ filter
--@ column rank | Rank | integer | centre | bold | width: 7
--@ column ref | Number | text | width: 10
--@ column association | Association | wrap | width: 22
--@ column title | Project | wrap | width: 34
--@ column theme | Theme | wrap | width: 15
--@ column score_cp | Score | score | bold | bar | width: 9
--@ column median_cp | Median | score | width: 8
--@ column min_cp | Lowest | score | width: 8
--@ column max_cp | Highest | score | width: 8
--@ column sd | Spread (sd) | score | width: 8
--@ column counted | Sheets counted | integer | centre | width: 9
--@ column recused | Recused | integer | centre | width: 9
--@ column requested_cents | Requested | money | total | width: 14
--@ column minimum_cents | Smallest useful | money | width: 13
--@ column computed_cents | Computed | money | total | width: 13
--@ column proposal_cents | Proposal | money | bold | edit | total | width: 14 | limit: [requested_cents]
--@ column decision | Decision | term | edit | list: decision | width: 14
--@ column left_cents | Left | money | width: 14 | formula: [amounts.envelope_cents]-SUM([proposal_cents..])
--@ column why | Why | wrap | width: 48
--@ rule alert | left_cents | [left_cents]<0
--@ rule warn | ref | ISNUMBER(SEARCH("*",[ref]))
--@ rule muted | * | ISTEXT([rank])
--@ total Total
--@ empty No project yet.
SELECT coalesce(r.rank, 'not-rankable') AS rank, p.ref, s.name AS association,
       p.title, coalesce(t.label, tr('(no theme)')) AS theme,
       r.score_cp, r.median_cp, r.min_cp, r.max_cp, r.sd * 100 AS sd,
       r.counted, r.recused, p.requested_cents, p.minimum_cents,
       coalesce(a.award_cents, 0) AS computed_cents,
       coalesce(w.amount_cents, a.award_cents, 0) AS proposal_cents,
       CASE w.decision
            WHEN 'awarded' THEN CASE WHEN w.amount_cents < p.requested_cents
                                     THEN tr('Fund in part')
                                     ELSE tr('Fund') END
            WHEN 'reserve' THEN tr('Reserve')
            WHEN 'refused' THEN tr('Refuse') END AS decision,
       (SELECT envelope_cents FROM budget WHERE call = :call)
           - sum(coalesce(w.amount_cents, a.award_cents, 0))
             OVER (ORDER BY r.position) AS left_cents,
       trim(CASE WHEN p.late_reason IS NOT NULL
                 THEN format(tr('Late file (%s): %s.'), day(p.received_at),
                             rtrim(p.late_reason, '.')) || char(10)
                 ELSE '' END
            || coalesce(r.note || char(10), '')
            || CASE WHEN a.explain = r.note THEN ''
                    ELSE coalesce(a.explain || char(10), '') END
            || coalesce(format(tr('Tie decided by: %s.'), tr(r.tie_break))
                        || char(10), '')
            || coalesce(format(tr('Decision of the committee: %s'), w.reason),
                        ''), char(10)) AS why
  FROM temp.ranking r JOIN project p ON p.id = r.project_id
  JOIN association_public s ON s.id = p.association_id
  LEFT JOIN theme t ON t.id = p.theme_id
  LEFT JOIN temp.allocation a ON a.project_id = r.project_id
  LEFT JOIN award w ON w.project_id = r.project_id
 ORDER BY r.position;

--@ table excluded
--@ heading Rejected or withdrawn, not examined
--@ column status | Status | term | span: 1
--@ column ref | Number | text
--@ column association | Association | wrap
--@ column title | Project | wrap
--@ column reason | Reason | wrap | span: 4
--@ column requested_cents | Requested | money | span: 2
--@ empty No project was rejected or withdrawn.
SELECT p.status, p.ref, s.name AS association, p.title,
       p.status_reason AS reason, p.requested_cents
  FROM project p JOIN association_public s ON s.id = p.association_id
 WHERE p.call_year = :call AND p.status IN ('rejected', 'withdrawn')
 ORDER BY p.number;
