-- The sheet of the meeting: projects in rank order, and a column of amounts
-- that the committee changes while the rest of the envelope follows.
--@ sheet Ranking
--@ title Ranking and proposals
--@ subtitle Yellow cells are yours: change an amount, choose a decision. What is left of the envelope follows, and turns red when it is overspent.
--@ list decision | Fund | Fund in part | Reserve | Refuse | Adjourn
--@ cards amounts
--@ column envelope_cents | Envelope | money | span: 3 | name: Envelope
--@ column total_cents | Total of the proposals | money | span: 2 | formula: SUM([ranking.proposal_cents:])
--@ column rest_cents | Left of the envelope | money | span: 2 | formula: [amounts.envelope_cents]-[amounts.total_cents]
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
--@ column ref | Number | text | width: 11
--@ column late | Late | term | centre | width: 10
--@ column association | Association | wrap | width: 21
--@ column title | Project | wrap | width: 30
--@ column theme | Theme | wrap | width: 18
--@ column score_cp | Score | score | bold | width: 9
--@ column median_cp | Median | score | width: 9
--@ column min_cp | Lowest | score | width: 8
--@ column max_cp | Highest | score | width: 8
--@ column sd | Spread (sd) | score | width: 8
--@ column counted | Sheets counted | integer | centre | width: 9
--@ column recused | Recused | integer | centre | width: 9
--@ column requested_cents | Requested | money | total | width: 13
--@ column minimum_cents | Smallest useful | money | width: 13
--@ column computed_cents | Computed | money | total | width: 13
--@ column proposal_cents | Proposal | money | bold | edit | total | width: 14 | limit: [requested_cents]
--@ column decision | Decision | term | edit | list: decision | width: 19
--@ column left_cents | Left | money | width: 13 | formula: [amounts.envelope_cents]-SUM([proposal_cents..])
--@ column why | Why | wrap | width: 56
--@ rule alert | left_cents | [left_cents]<0
--@ rule warn | late | [late]<>""
--@ rule muted | computed_cents | [computed_cents]=0
--@ rule muted | * | ISTEXT([rank])
--@ total Total
--@ empty No project yet.
SELECT coalesce(r.rank, '–') AS rank, p.ref,
       iif(p.late_reason IS NULL, NULL, 'late') AS late,
       s.name AS association, p.title, coalesce(t.label, tr('(no theme)')) AS theme,
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
       trim(iif(p.late_reason IS NULL, '',
                format(tr('Late file (%s): %s.'), day(p.received_at),
                       rtrim(p.late_reason, '.')) || char(10))
            || iif(r.note IS NULL OR r.note = a.explain, '',
                   r.note || char(10))
            || coalesce(a.explain || char(10), '')
            || iif(r.tie_break IS NULL OR r.tie_break = 'lot', '',
                   format(tr('Tie decided by: %s.'), tr(r.tie_break))
                   || char(10))
            || iif(w.reason IS NULL, '',
                   format(tr('Decision of the committee: %s'), w.reason)),
            char(10)) AS why
  FROM temp.ranking r JOIN project p ON p.id = r.project_id
  JOIN association_public s ON s.id = p.association_id
  LEFT JOIN theme t ON t.id = p.theme_id
  LEFT JOIN temp.allocation a ON a.project_id = r.project_id
  LEFT JOIN award w ON w.project_id = r.project_id
 ORDER BY r.position;

--@ table excluded
--@ heading Rejected or withdrawn, not examined
--@ column ref | Number | text | span: 2
--@ column status | Status | term
--@ column association | Association | wrap
--@ column title | Project | wrap
--@ column theme | Theme | wrap
--@ column reason | Reason | wrap | span: 5
--@ column received_at | Received | time | span: 2
--@ column requested_cents | Requested | money
--@ empty No project was rejected or withdrawn.
SELECT p.ref, p.status, s.name AS association, p.title,
       coalesce(t.label, tr('(no theme)')) AS theme,
       p.status_reason AS reason, p.received_at, p.requested_cents
  FROM project p JOIN association_public s ON s.id = p.association_id
  LEFT JOIN theme t ON t.id = p.theme_id
 WHERE p.call_year = :call AND p.status IN ('rejected', 'withdrawn')
 ORDER BY p.number;
