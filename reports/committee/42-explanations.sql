-- Why each project receives what it does under the rule of the call, a line
-- for each: the score, the amount and the envelope that would be enough.
--@ sheet Explanations
--@ title Why each project receives what it does
--@ subtitle Each figure is a limit that can be tried: with it the project is funded, all else being equal; with a lower score or envelope, or a larger amount, it is not.
--@ text explanation_notes
SELECT format(tr('These are the awards of the adopted scenario "%s", rule "%s".'),
              name, tr(rule))
  FROM scenario WHERE id = (SELECT max(scenario_id) FROM temp.allocation)
UNION ALL
SELECT format(tr('The adopted scenario "%s" no longer holds: marks, requests, rules or the envelope have changed since. What is computed here is what the rule of the call gives now to the projects still undecided.'),
              name)
  FROM adopted WHERE call_year = :call
   AND NOT EXISTS (SELECT 1 FROM temp.allocation WHERE scenario_id IS NOT NULL)
UNION ALL
SELECT text FROM temp.fact_sentence
UNION ALL
SELECT tr('The column "Equal optima" says whether a project stands in all, some or none of the allocations with the greatest total.')
 WHERE EXISTS (SELECT 1 FROM temp.fact_project WHERE presence IS NOT NULL);

--@ table explanations
--@ freeze ref
--@ filter
--@ column rank | Rank | integer | centre | bold | width: 7
--@ column ref | Number | text | width: 11
--@ column title | Project | wrap | width: 26
--@ column score_cp | Score | score | bold | width: 8
--@ column requested_cents | Request counted | money | width: 13
--@ column award_cents | Computed | money | bold | total | width: 13
--@ column reason | Outcome | term | width: 14
--@ column needed | Score needed | text | centre | width: 11
--@ column place | In the place of | text | centre | width: 11
--@ column amount_cents | Amount that passes | money | width: 13
--@ column envelope_cents | Envelope needed | money | width: 13
--@ column why | Why | wrap | width: 46
--@ column association | Association | wrap | width: 26 | aside
--@ column presence | Equal optima | text | centre | width: 12
--@ column price_bp | Price of imposing it | percent | width: 12
--@ rule muted | award_cents | [award_cents]=0
--@ rule muted | * | ISTEXT([rank])
--@ total Total
--@ empty No project yet.
SELECT coalesce(r.rank, '–') AS rank, p.ref, s.name AS association, p.title,
       r.score_cp, f.requested_cents, f.award_cents, f.reason,
       iif(typeof(f.score_cp) = 'integer', score(f.score_cp), f.score_cp)
           AS needed, q.ref AS place, f.amount_cents,
       f.envelope_cents,
       CASE f.presence WHEN 'in-all' THEN tr('in all')
                       WHEN 'in-some' THEN tr('in some')
                       WHEN 'in-none' THEN tr('in none') END AS presence,
       f.price_bp, iif(p.status = 'eligible', a.explain,
           tr('Its eligibility is not decided yet.')) AS why
  FROM temp.ranking r JOIN project p ON p.id = r.project_id
  JOIN association_public s ON s.id = p.association_id
  JOIN temp.fact_project f ON f.project_id = r.project_id
  LEFT JOIN temp.allocation a ON a.project_id = r.project_id
  LEFT JOIN project q ON q.id = f.place_id
 ORDER BY r.position;
