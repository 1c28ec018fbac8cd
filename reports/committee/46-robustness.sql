-- What the allocation hangs on: a member, one mark, a weight, the mean, the
-- rule. Each line is the whole allocation played again with that change made.
--@ sheet Robustness
--@ title What the allocation hangs on
--@ subtitle Each line is the whole allocation of the rule of the call, computed again with one change made.
--@ grid 16 12
--@ text robust_sentences
--@ heading To be read aloud
SELECT text FROM temp.robust_sentence ORDER BY position;

--@ table robust_members
--@ heading Without one member (the quorum is not applied again)
--@ column member | Member left out | text | span: 4
--@ column enter | Would be funded | wrap | span: 4
--@ column leave | Would not be funded | wrap | span: 4
--@ column tau_cp | Order kept (Kendall) | score | span: 2 | centre
--@ column below_quorum | Below the quorum | integer | span: 2 | centre
--@ rule warn | enter | [enter]<>""
--@ rule warn | leave | [leave]<>""
--@ empty Not computed: see the sentence above.
SELECT m.name AS member, b.enter, b.leave, b.tau_cp, b.below_quorum
  FROM temp.robust_member b JOIN member m ON m.id = b.member_id
 ORDER BY m.id;

--@ table robust_moves
--@ heading One mark moved by one step, where that changes which projects are funded
--@ column ref | Number | text
--@ column title | Project | wrap | span: 5
--@ column way | One step | text | centre
--@ column marks | Marks of which one is enough | integer | span: 2 | centre
--@ column enter | Would be funded | wrap | span: 3
--@ column leave | Would not be funded | wrap | span: 4
--@ empty None: see the sentences above.
SELECT p.ref, p.title, iif(v.up, tr('up'), tr('down')) AS way, v.marks,
       v.enter, v.leave
  FROM temp.robust_move v JOIN project p ON p.id = v.project_id
  JOIN temp.ranking r ON r.project_id = v.project_id
 ORDER BY r.position, v.position;

--@ table robust_weights
--@ heading The weight at which an award first changes, the others staying as they are
--@ column criterion | Criterion | text | span: 6
--@ column weight | Weight | integer | span: 2 | centre
--@ column less | When it is lowered to | text | span: 4 | centre
--@ column more | When it is raised to | text | span: 4 | centre
--@ empty Not computed: see the sentences above.
SELECT c.code || ' – ' || c.label AS criterion, w.weight, w.less, w.more
  FROM temp.robust_weight w JOIN criterion c ON c.id = w.criterion_id
 ORDER BY c.position;

--@ table robust_projects
--@ heading Each project under every rule
--@ note Solid: funded, or refused, whoever is left out and whichever mark moves by one step. In every case: funded so, under every rule below, and with the median of the sheets in the place of their mean.
--@ column rank | Rank | integer | centre
--@ column ref | Number | text
--@ column title | Project | wrap | span: 3
--@ column solidity | How firm | term | span: 2
--@ column every_case | In every case | term | centre
--@ column award_cents | | money | by: rule | total
--@ rule muted | award_cents | [award_cents]=0
--@ rule good | solidity | [every_case]<>""
--@ total Total
--@ empty Not computed: see the sentence above.
SELECT coalesce(r.rank, '–') AS rank, p.ref, p.title, b.solidity,
       iif(b.every_case, 'yes', NULL) AS every_case,
       iif(u.position = 0, format(tr('%s (rule of the call)'), tr(u.rule)),
           tr(u.rule)) AS rule, u.award_cents
  FROM temp.ranking r JOIN project p ON p.id = r.project_id
  JOIN temp.robust_project b ON b.project_id = r.project_id
  JOIN temp.robust_rule u ON u.project_id = r.project_id
 ORDER BY r.position, u.position;

--@ text robust_refusals
SELECT format(tr('The rule "%s" is not shown: %s'), tr(u.rule),
              iif(u.rule GLOB 'tiers*' AND c.tiers IS NULL,
                  tr('the call sets no tiers.'), u.refusal))
  FROM temp.robust_rule u JOIN call c ON c.year = :call
 WHERE u.project_id IS NULL ORDER BY u.position;
