-- The sheet of the meeting: projects in rank order, and a column of amounts
-- that the committee changes while the rest of the envelope follows. What the
-- room needs is printed; the columns behind it stand aside.
--@ sheet Ranking
--@ title Ranking and proposals
--@ subtitle Yellow cells are yours: change an amount, choose a decision. An amount that is refused, held in reserve or adjourned is not counted. What is left of the envelope follows, and turns red when it is overspent.
--@ list decision | Fund | Fund in part | Reserve | Refuse | Adjourn
--@ cards amounts
--@ column envelope_cents | Envelope | money | span: 3 | name: Envelope
--@ column total_cents | Total of what is counted | money | formula: SUM([ranking.counted_cents:])
--@ column rest_cents | Left of the envelope | money | span: 2 | formula: [amounts.envelope_cents]-[amounts.total_cents]
--@ column projects | Projects with an amount | integer | span: 2 | formula: COUNTIF([ranking.counted_cents:],">0")
--@ column requested_cents | Requested in all | money | span: 2
--@ rule alert | rest_cents | [rest_cents]<0
SELECT u.envelope_cents, t.total_cents,
       u.envelope_cents - t.total_cents AS rest_cents, t.projects,
       u.requested_cents
  FROM budget u
  JOIN (SELECT coalesce(sum(cents), 0) AS total_cents,
               coalesce(sum(cents > 0), 0) AS projects
          FROM temp.proposal) t
 WHERE u.call = :call;

-- The first two choices of the list count an amount, the others do not.
--@ table ranking
--@ freeze ref
--@ filter
--@ column rank | Rank | integer | centre | bold | width: 7
--@ column ref | Number | text | width: 10
--@ column association | Association | wrap | width: 18
--@ column title | Project | wrap | width: 26
--@ column score_cp | Score | score | bold | width: 8
--@ column requested_cents | Requested | money | total | width: 13
--@ column proposal_cents | Decided, else proposed | money | bold | edit | width: 13 | limit: [most_cents]
--@ column decision | Decision | term | edit | list: decision | width: 15
--@ column counted_cents | Amount counted | money | total | width: 15 | formula: IF(IFERROR(MATCH([decision],decision,0),0)>2,0,[proposal_cents])
--@ column left_cents | Left | money | width: 13 | formula: [amounts.envelope_cents]-SUM([counted_cents..])
--@ column verdict | Check | wrap | width: 15 | template: check_formula
--@ column why | Why | wrap | width: 42
--@ column computed_cents | Proposed | money | total | width: 13 | aside
--@ column most_cents | May receive at most | money | width: 13
--@ column minimum_cents | Smallest useful | money | width: 13
--@ column theme | Theme | wrap | width: 22
--@ column late | Late | term | centre | width: 10
--@ column median_cp | Median | score | width: 9
--@ column min_cp | Lowest | score | width: 9
--@ column max_cp | Highest | score | width: 9
--@ column sd | Spread (sd) | score | width: 9
--@ column counted | Sheets counted | integer | centre | width: 10
--@ column recused | Recused | integer | centre | width: 10
--@ rule alert | left_cents | [left_cents]<0
--@ rule warn | verdict | LEN([verdict])>2
--@ rule warn | late | [late]<>""
--@ rule muted | computed_cents | [computed_cents]=0
--@ rule muted | * | ISTEXT([rank])
--@ total Total
--@ empty No project yet.
WITH line AS (
    SELECT r.*, p.ref, p.status, p.late_reason, p.received_at, p.title, p.theme_id,
           p.association_id, p.requested_cents, p.minimum_cents,
           c.min_award_cents AS least_cents, b.cents AS proposal_cents,
           b.proposed_cents, b.why AS proposed_why, c.unit_cents,
           min(p.requested_cents, r.most_cents) AS whole_cents,
           iif(r.most_cents < p.requested_cents,
               tr('this is all that the rules allow'),
               tr('this is the whole request')) AS whole,
           CASE WHEN p.status <> 'eligible'
                THEN tr('eligibility is not decided')
                WHEN r.most_cents = 0 THEN tr('the rules allow no amount')
                ELSE format(tr('at most %s'), euros(r.most_cents))
           END AS over,
           iif(p.status = 'eligible', r.most_cents, 0) AS limit_cents,
           format(tr('at least %s'), euros(coalesce(c.min_award_cents, 0)))
               AS least,
           format(tr('the applicant needs at least %s'),
                  euros(coalesce(p.minimum_cents, 0))) AS useful,
           CASE WHEN r.rankable = 0 THEN tr('not rankable')
                WHEN r.passes = 0 THEN tr('under a minimum score')
           END AS barred
      FROM temp.ranking r JOIN project p ON p.id = r.project_id
      JOIN temp.proposal b ON b.project_id = r.project_id
      JOIN call c ON c.year = p.call_year
)
SELECT coalesce(r.rank, '–') AS rank, r.ref,
       iif(r.late_reason IS NULL, NULL, 'late') AS late,
       s.name AS association, r.title,
       coalesce(t.label, tr('(no theme)')) AS theme,
       r.score_cp, r.median_cp, r.min_cp, r.max_cp, r.sd * 100 AS sd,
       r.counted, r.recused, r.requested_cents, r.minimum_cents,
       r.proposed_cents AS computed_cents, r.most_cents,
       r.proposal_cents, r.proposal_cents AS counted_cents,
       CASE w.decision
            WHEN 'awarded' THEN iif(w.amount_cents < r.whole_cents,
                                    tr('Fund in part'), tr('Fund'))
            WHEN 'reserve' THEN tr('Reserve')
            WHEN 'refused' THEN tr('Refuse') END AS decision,
       (SELECT envelope_cents FROM budget WHERE call = :call)
           - sum(r.proposal_cents) OVER (ORDER BY r.position) AS left_cents,
       CASE WHEN r.proposal_cents = 0 THEN 'ok'
            WHEN r.proposal_cents > r.limit_cents THEN r.over
            WHEN r.barred IS NOT NULL THEN r.barred
            WHEN r.proposal_cents < r.least_cents THEN r.least
            WHEN r.proposal_cents < r.minimum_cents THEN r.useful
            ELSE 'ok' END AS verdict,
       format('IF(COUNT([proposal_cents])<COUNTA([proposal_cents]),"%s",'
              || 'IF(AND([decision]<>"",ISNA(MATCH([decision],decision,0))),"%s",'
              || 'IF([proposal_cents]<0,"%s",'
              || 'IF([counted_cents]<>[proposal_cents],"%s",',
              tr('not a number'), tr('unknown decision'), tr('below zero'),
              tr('amount not counted'))
           || format('IF([counted_cents]=0,'
                     || 'IF(IFERROR(MATCH([decision],decision,0),9)<3,"%s","ok"),'
                     || 'IF([counted_cents]>%.2f,"%s",',
                     tr('no amount'), r.limit_cents / 100.0, r.over)
           -- what was asked, allowed, computed or decided may have any cents
           || format('IF(AND([counted_cents]<>[requested_cents],'
                     || '[counted_cents]<>%.2f,[counted_cents]<>%.2f,'
                     || 'ABS([counted_cents]*100/%d-ROUND([counted_cents]*100/%d,0))>0.00001),"%s",',
                     r.whole_cents / 100.0, r.proposal_cents / 100.0,
                     r.unit_cents, r.unit_cents,
                     format(tr('not a multiple of %s'), euros(r.unit_cents)))
           || iif(r.barred IS NOT NULL, format('"%s"', r.barred),
                  format('IF([counted_cents]<%.2f,"%s",'
                         || 'IF([counted_cents]<%.2f,"%s",'
                         || 'IF(AND(IFERROR(MATCH([decision],decision,0),0)=2,'
                         || '[counted_cents]>=%.2f),"%s","ok")))',
                         coalesce(r.least_cents, 0) / 100.0, r.least,
                         coalesce(r.minimum_cents, 0) / 100.0, r.useful,
                         r.whole_cents / 100.0, r.whole))
           || ')))))))' AS check_formula,
       trim(iif(r.late_reason IS NULL, '',
                format(tr('Late file (%s): %s.'), receipt(r.received_at),
                       rtrim(r.late_reason, '.')) || char(10))
            || iif(w.project_id IS NULL, '',
                   format(tr('Decided on %s: %s.'), day(w.decided_on),
                          iif(w.decision = 'awarded', euros(w.amount_cents),
                              tr(w.decision)))
                   || coalesce(' ' || w.reason, '') || char(10))
            || iif(w.amount_cents <> r.proposed_cents,
                   format(tr('It was proposed: %s.'),
                          euros(r.proposed_cents)) || ' ', '')
            || iif(r.note IS NULL OR (r.status = 'eligible'
                                 AND instr(r.proposed_why, r.note)), '',
                   r.note || char(10))
            || coalesce(iif(r.status = 'eligible', r.proposed_why,
                            tr('Its eligibility is not decided yet.'))
                        || char(10), '')
            || iif(r.tie_break IS NULL OR r.tie_break = 'lot', '',
                   format(tr('Tie decided by: %s.'), tr(r.tie_break))
                   || char(10)), char(10)) AS why
  FROM line r
  JOIN association_public s ON s.id = r.association_id
  LEFT JOIN theme t ON t.id = r.theme_id
  LEFT JOIN award w ON w.project_id = r.project_id
 ORDER BY r.position;

--@ table excluded
--@ heading Rejected or withdrawn, not examined
--@ column ref | Number | text | span: 2
--@ column association | Association | wrap
--@ column title | Project | wrap
--@ column status | Status | term | span: 2
--@ column requested_cents | Requested | money
--@ column received | Received | text | span: 2
--@ column reason | Reason | wrap | span: 3
--@ empty No project was rejected or withdrawn.
SELECT p.ref, p.status, s.name AS association, p.title,
       p.status_reason AS reason, receipt(p.received_at) AS received,
       p.requested_cents
  FROM project p JOIN association_public s ON s.id = p.association_id
 WHERE p.call_year = :call AND p.status IN ('rejected', 'withdrawn')
 ORDER BY p.number;
