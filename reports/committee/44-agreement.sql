-- How far the members agree, and whether who marked what changed the order.
-- These figures inform; no decision is computed from them.
--@ sheet Agreement
--@ title Agreement of the panel
--@ subtitle Computed on all projects, never on the funded ones only. These figures inform; no decision is computed from them.
--@ grid 17 10
--@ text agreement_sentences
SELECT text FROM temp.agreement_sentence ORDER BY position;

--@ table panel
--@ heading The panel
--@ column name | Figure (1 is the best) | text | span: 5
--@ column value | Value | score | bold | centre
SELECT name, coalesce(value_cp, tr('n/a')) AS value
  FROM temp.agreement_panel ORDER BY position;

--@ table members
--@ heading The sheets of each member, out of 100
--@ beside 8
--@ column member | Member | text | span: 4
--@ column n | Sheets | integer | centre
--@ column mean_cp | Mean | score
--@ column min_cp | Lowest | score
--@ column max_cp | Highest | score
--@ column sd_cp | Spread (sd) | score
--@ column severity_cp | Severity | score | bold
--@ empty No member yet.
SELECT m.name AS member, a.n, a.mean_cp, a.min_cp, a.max_cp, a.sd_cp,
       a.severity_cp
  FROM temp.agreement_member a JOIN member m ON m.id = a.member_id
 ORDER BY a.severity_cp IS NULL, a.severity_cp, m.name_key;

--@ text agreement_terms
SELECT format(tr('The reliability is computed on the %d projects that all %d members marked, alpha on %d projects and %d sheets.'),
              projects, members, alpha_projects, alpha_sheets)
  FROM temp.agreement_block
UNION ALL
SELECT tr('Reliability and agreement: 1 when all members judge alike, about 0 when they agree no more than by chance.')
UNION ALL
SELECT tr('Severity: points that a member gives above (+) or below (-) the mean of the panel, the member included, on the same projects. Adjusted score: the mean once the severity of those who marked is taken out.');

--@ table reversals
--@ heading Pairs whose order the adjusted score reverses
--@ column above | Before, by score | text | span: 2
--@ column above_title | Project | wrap | span: 5
--@ column below | Behind, by score | text | span: 2
--@ column below_title | Project | wrap | span: 5
--@ column line | Only one of the two is funded | text | span: 3 | centre | bold
--@ rule alert | line | [line]<>""
--@ empty None.
SELECT a.ref AS above, a.title AS above_title, b.ref AS below,
       b.title AS below_title, iif(v.at_the_line, tr('yes'), NULL) AS line
  FROM temp.agreement_reversal v
  JOIN project a ON a.id = v.above_id JOIN project b ON b.id = v.below_id
 WHERE v.position <= 100 ORDER BY v.position;

--@ text reversals_more
SELECT format(tr('Shown: the first 100 of %d pairs, those across the funding line first.'),
              count(*))
  FROM temp.agreement_reversal HAVING count(*) > 100;

--@ table spread
--@ heading The sheets of each project, out of 100
--@ column rank | Rank | integer | centre
--@ column ref | Number | text
--@ column title | Project | wrap | span: 4
--@ column n | Sheets | integer | centre
--@ column mean_cp | Mean | score | bold
--@ column median_cp | Median | score
--@ column min_cp | Lowest | score
--@ column max_cp | Highest | score
--@ column range_cp | Range | score
--@ column sd_cp | Spread (sd) | score
--@ column adjusted_cp | Adjusted score | score
--@ column shift_cp | Adjustment | score
--@ column discuss | To discuss | text | span: 2 | centre | bold
--@ rule warn | discuss | [discuss]<>""
--@ rule muted | * | ISTEXT([rank])
--@ empty No project yet.
SELECT coalesce(r.rank, '–') AS rank, p.ref, p.title, a.n, a.mean_cp,
       a.median_cp, a.min_cp, a.max_cp, a.range_cp, a.sd_cp, a.adjusted_cp,
       a.shift_cp, iif(a.discuss, tr('to discuss'), NULL) AS discuss
  FROM temp.ranking r JOIN project p ON p.id = r.project_id
  JOIN temp.agreement_project a ON a.project_id = r.project_id
 ORDER BY r.position;
