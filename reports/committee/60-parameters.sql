-- How the figures were made, and whether they agree: the rules of the call,
-- its criteria, ties, recusals, and control sums computed twice.
--@ sheet Parameters
--@ title Parameters and control sums
--@ subtitle Each control compares the total that the database gives with the sum of what a sheet shows, live.
--@ grid 14 11
--@ table controls
--@ heading Control sums
--@ column control | Control | text | span: 6
--@ column stored_cents | In the database | money | span: 2
--@ column live_cents | On the sheets | money | span: 2 | template: formula
--@ column gap_cents | Difference | money | span: 2 | formula: [live_cents]-[stored_cents]
--@ column verdict | Verdict | text | span: 2 | bold | centre | formula: IF(ABS([gap_cents])<0.005,"ok","ko")
--@ rule good | verdict | [verdict]="ok"
--@ rule alert | verdict | [verdict]<>"ok"
WITH control (position, control, stored_cents, live_cents, formula) AS (
    SELECT 1, tr('Envelope: sum of its lines'), envelope_cents,
           (SELECT coalesce(sum(amount_cents), 0) FROM envelope_line
             WHERE call_year = :call),
           'SUM([envelope_lines.amount_cents:])'
      FROM budget WHERE call = :call
     UNION ALL
    SELECT 2, tr('Requested: sum of the ranking sheet'), requested_cents,
           (SELECT coalesce(sum(p.requested_cents), 0) FROM temp.ranking r
              JOIN project p ON p.id = r.project_id),
           'SUM([ranking.requested_cents:])'
      FROM budget WHERE call = :call
     UNION ALL
    SELECT 3, tr('Requested: sum of the themes'), requested_cents,
           (SELECT coalesce(sum(p.requested_cents), 0) FROM temp.ranking r
              JOIN project p ON p.id = r.project_id),
           'SUM([themes.requested_cents:])'
      FROM budget WHERE call = :call
     UNION ALL
    SELECT 4, tr('Proposed: sum of the ranking sheet'),
           (SELECT coalesce(sum(proposed_cents), 0) FROM temp.proposal),
           (SELECT coalesce(sum(b.proposed_cents), 0) FROM temp.ranking r
              JOIN temp.proposal b ON b.project_id = r.project_id),
           'SUM([ranking.computed_cents:])'
     UNION ALL
    SELECT 5, tr('Awards decided: sum of the awards'), awarded_cents,
           (SELECT coalesce(sum(w.amount_cents), 0) FROM award w
              JOIN project p ON p.id = w.project_id
             WHERE p.call_year = :call),
           'SUM([awards.amount_cents:])'
      FROM budget WHERE call = :call
)
SELECT control, stored_cents, live_cents, formula,
       live_cents - stored_cents AS gap_cents,
       iif(live_cents = stored_cents, 'ok', 'ko') AS verdict
  FROM control ORDER BY position;

--@ table counts
--@ column control | Control | text | span: 6
--@ column stored | In the database | integer | span: 2
--@ column live | On the sheets | integer | span: 2 | template: formula
--@ column gap | Difference | integer | span: 2 | formula: [live]-[stored]
--@ column verdict | Verdict | text | span: 2 | bold | centre | formula: IF([gap]=0,"ok","ko")
--@ rule good | verdict | [verdict]="ok"
--@ rule alert | verdict | [verdict]<>"ok"
WITH control (position, control, stored, live, formula) AS (
    SELECT 1, tr('Applications received: ranked, not rankable and not examined'),
           received,
           (SELECT count(*) FROM temp.ranking)
           + (SELECT count(*) FROM project WHERE call_year = :call
                 AND status IN ('rejected', 'withdrawn')),
           'COUNTIF([ranking.ref:],"*-*")+COUNTIF([excluded.ref:],"*-*")'
      FROM budget WHERE call = :call
     UNION ALL
    SELECT 2, tr('Numbers on the marks sheet: counted marks and totals'),
           (SELECT count(k.value_milli) FROM temp.sheet s
              JOIN mark k ON k.project_id = s.project_id
                         AND k.member_id = s.member_id
             WHERE s.state = 'counted')
           + (SELECT count(*) FROM temp.sheet WHERE state = 'counted'),
           (SELECT count(k.value_milli) FROM temp.sheet s
              JOIN mark k ON k.project_id = s.project_id
                         AND k.member_id = s.member_id
             WHERE s.state = 'counted')
           + (SELECT coalesce(sum(counted), 0) FROM temp.ranking),
           'COUNT([marks.mark_milli:])'
     WHERE EXISTS (SELECT 1 FROM temp.sheet)
     UNION ALL
    SELECT 3, tr('Weights of the criteria'),
           (SELECT coalesce(sum(weight), 0) FROM criterion
             WHERE call_year = :call),
           (SELECT coalesce(sum(weight), 0) FROM criterion
             WHERE call_year = :call),
           'SUM([criteria.weight:])'
)
SELECT control, stored, live, formula, live - stored AS gap,
       iif(live = stored, 'ok', 'ko') AS verdict
  FROM control ORDER BY position;

--@ figures rules
--@ heading The rules of the call
--@ labels 6
--@ column title | Call | wrap | span: 8
--@ column rule | Allocation rule | term | span: 8
--@ column unit_cents | Awards are multiples of | money | span: 8
--@ column quorum | Quorum (sheets counted) | integer | span: 8
--@ column threshold_cp | Minimum score out of 100 | score | span: 8
--@ column missing | A half-filled sheet | wrap | span: 8
--@ column min_award_cents | Smallest award | money | span: 8
--@ column max_award_cents | Largest award | money | span: 8
--@ column floor_share_bp | Floor share | percent | span: 8
--@ column tiers | Tiers | text | span: 8
--@ column documents | Required documents | wrap | span: 8
--@ column max_rate_bp | Largest share of public money in the cost | percent | span: 8
--@ column closes | Deadline | time | span: 8
--@ column seed | Text of the lot | text | span: 8
SELECT c.title, c.rule, c.unit_cents, c.quorum, c.threshold AS threshold_cp,
       CASE c.missing
            WHEN 'block' THEN tr('stops the ranking of its project until it is filled in')
            WHEN 'exclude' THEN tr('does not count')
            ELSE tr('counts on the criteria that it marks') END AS missing,
       c.min_award_cents, c.max_award_cents, c.floor_share_bp,
       iif(c.rule GLOB 'tiers*', c.tiers, NULL) AS tiers,
       (SELECT group_concat(label, char(10)) FROM (
            SELECT label FROM required_document WHERE call_year = c.year
             ORDER BY code)) AS documents, c.max_rate_bp,
       (SELECT closes FROM deadline WHERE call_year = c.year) AS closes, c.seed
  FROM call c WHERE c.year = :call;

--@ table envelope_lines
--@ heading The lines of the envelope
--@ column reference | Reference | text | span: 6
--@ column voted_on | Voted on | date | span: 2
--@ column amount_cents | Amount | money | span: 2 | total
--@ total Total
--@ empty No line yet.
SELECT reference, voted_on, amount_cents FROM envelope_line
 WHERE call_year = :call ORDER BY id;

--@ table criteria
--@ heading Criteria
--@ column code | Code | text | span: 2 | bold
--@ column label | Criterion | wrap | span: 6
--@ column weight | Weight | integer | total | centre
--@ column scale | Scale | text | centre
--@ column step_milli | Step | mark | centre
--@ column min_milli | Minimum | mark | centre
--@ column independent | Independent | term | span: 2
--@ total Total
--@ empty No criterion yet.
SELECT code, label, weight, scale_lo || ' – ' || scale_hi AS scale,
       step_milli, min_milli, iif(independent, 'yes', 'no') AS independent
  FROM criterion WHERE call_year = :call ORDER BY position;

--@ table ties
--@ heading Equal scores, and what decided between them
--@ column rank | Rank | integer | centre
--@ column ref | Number | text
--@ column title | Project | wrap | span: 6
--@ column score_cp | Score | score | span: 2
--@ column tie_break | Decided by | term | span: 4
--@ empty No two projects have the same score.
SELECT r.rank, p.ref, p.title, r.score_cp, r.tie_break
  FROM temp.ranking r JOIN project p ON p.id = r.project_id
 WHERE r.tie_break IS NOT NULL ORDER BY r.position;

--@ table recusals
--@ heading Recusals
--@ column ref | Number | text
--@ column title | Project | wrap | span: 4
--@ column member | Member | wrap | span: 2
--@ column reason | Reason | wrap | span: 3
--@ column declared_on | Declared on | date
--@ column lifted_on | Lifted on | date
--@ column lift_reason | Lifted because | wrap | span: 2
--@ empty No recusal was declared.
SELECT p.ref, p.title, m.name AS member, r.reason, r.declared_on,
       r.lifted_on, r.lift_reason
  FROM recusal r JOIN project p ON p.id = r.project_id
  JOIN member m ON m.id = r.member_id
 WHERE p.call_year = :call ORDER BY p.number, m.id;

--@ table holes
--@ heading Sheets that do not count
--@ column ref | Number | text
--@ column title | Project | wrap | span: 6
--@ column member | Member | text | span: 4
--@ column state | Sheet | term | span: 3
--@ empty All sheets count.
SELECT p.ref, p.title, m.name AS member, s.state
  FROM temp.sheet s JOIN project p ON p.id = s.project_id
  JOIN member m ON m.id = s.member_id
 WHERE s.state IN ('incomplete', 'missing', 'abstained')
 ORDER BY p.number, m.id;

--@ table awards
--@ heading Awards decided
--@ column ref | Number | text
--@ column title | Project | wrap | span: 5
--@ column decision | Decision | term | span: 2
--@ column amount_cents | Amount | money | span: 2 | total
--@ column reason | Reason | wrap | span: 3
--@ column decided_on | Decided on | date
--@ total Total
--@ empty No decision is recorded.
SELECT p.ref, p.title, w.decision, w.amount_cents, w.reason, w.decided_on
  FROM award w JOIN project p ON p.id = w.project_id
 WHERE p.call_year = :call ORDER BY p.number;
