-- The first page of the committee's workbook: the call in figures.
-- Figures of the call come from the view budget. What was proposed stays; what
-- is counted is live: it follows the amounts typed on the sheet "ranking".
--@ sheet Summary
--@ title Summary of the call
--@ grid 17 9
--@ one page
--@ cards facts
--@ heading The call and what is decided
--@ column envelope_cents | Envelope | money | span: 2
--@ column requested_cents | Requested | money | span: 2
--@ column awarded_cents | Awarded | money | span: 2
--@ column available_cents | Still available | money | span: 2
--@ column received | Applications received | integer | span: 2
--@ column eligible | Eligible projects | integer | span: 2
--@ column funded | Projects funded | integer | span: 2
--@ column refused | Projects refused | integer | span: 3
SELECT * FROM budget WHERE call = :call;

--@ cards proposed
--@ heading What was proposed, and what the ranking sheet counts
--@ column proposed_cents | Proposed | money | span: 2
--@ column total_cents | Decided, else proposed | money | span: 2 | formula: SUM([ranking.counted_cents:])
--@ column rest_cents | Left of the envelope | money | span: 2 | formula: [facts.envelope_cents]-[proposed.total_cents]
--@ column projects | Projects with an amount | integer | span: 2 | formula: COUNTIF([ranking.counted_cents:],">0")
--@ column in_part | Below their request | integer | span: 2 | formula: SUMPRODUCT(([ranking.counted_cents:]>0)*([ranking.counted_cents:]<[ranking.requested_cents:]))
--@ column unrankable | Not rankable | integer | span: 2
--@ column late | Late files | integer | span: 2
--@ column recusals | Recusals | integer | span: 3
--@ rule alert | rest_cents | [rest_cents]<0
SELECT b.proposed_cents, b.total_cents,
       u.envelope_cents - b.total_cents AS rest_cents,
       b.projects, b.in_part, b.unrankable, b.late,
       (SELECT count(*) FROM recusal r JOIN project p ON p.id = r.project_id
         WHERE p.call_year = :call AND r.lifted_on IS NULL) AS recusals
  FROM budget u
  JOIN (SELECT coalesce(sum(b.proposed_cents), 0) AS proposed_cents,
               coalesce(sum(b.cents), 0) AS total_cents,
               coalesce(sum(b.cents > 0), 0) AS projects,
               coalesce(sum(b.cents BETWEEN 1 AND p.requested_cents - 1), 0)
                   AS in_part,
               coalesce(sum(r.rankable = 0), 0) AS unrankable,
               coalesce(sum(p.late_reason IS NOT NULL), 0) AS late
          FROM temp.ranking r JOIN project p ON p.id = r.project_id
          JOIN temp.proposal b ON b.project_id = r.project_id) b
 WHERE u.call = :call;

--@ text sentences
SELECT format(tr('Decided: %s awarded, %s left of the envelope. Projects: %d funded, %d on the reserve list, %d refused, %d not yet decided.'),
              euros(awarded_cents), euros(available_cents), funded, reserve,
              refused, (SELECT count(*) FROM temp.ranking)
                       - funded - reserve - refused)
  FROM budget WHERE call = :call AND funded + reserve + refused > 0
UNION ALL
SELECT format(tr('The adopted scenario "%s" no longer holds: marks, requests, rules or the envelope have changed since. What is computed here is what the rule of the call gives now to the projects still undecided.'),
              name)
  FROM adopted WHERE call_year = :call
   AND NOT EXISTS (SELECT 1 FROM temp.allocation WHERE scenario_id IS NOT NULL)
UNION ALL
SELECT format(tr('Amounts set by hand, before the rule was applied to the other projects: %s.'),
              group_concat(format('%s (%s)', p.ref, euros(l.award_cents)), ', '))
  FROM scenario_line l JOIN project p ON p.id = l.project_id
 WHERE l.forced
   AND l.scenario_id = (SELECT max(scenario_id) FROM temp.allocation)
HAVING count(*) > 0
UNION ALL
SELECT format(iif(max(a.scenario_id) IS NOT NULL,
                  tr('Allocation adopted, rule "%s": %s of an envelope of %s. Projects with an amount: %d; eligible projects without: %d, asking for %s.'),
                  tr('Before any change made in this workbook, the rule "%s" gives %s of an envelope of %s. Projects with an amount: %d; eligible projects without: %d, asking for %s.')),
              tr(max(a.rule)), euros(sum(a.award_cents)),
              euros(coalesce(max(c.envelope_cents),
                  (SELECT envelope_cents FROM budget WHERE call = :call))),
              sum(a.award_cents > 0),
              sum(a.award_cents = 0 AND p.status = 'eligible'),
              euros(coalesce(sum(p.requested_cents) FILTER (
                  WHERE a.award_cents = 0 AND p.status = 'eligible'), 0)))
  FROM temp.allocation a JOIN project p ON p.id = a.project_id
  LEFT JOIN scenario c ON c.id = a.scenario_id
HAVING count(*) > 0
UNION ALL
SELECT text FROM temp.agreement_sentence WHERE position = 1
UNION ALL
SELECT tr('A decision that differs from this proposal is an exception to the selection method and needs a written reason.')
 WHERE EXISTS (SELECT 1 FROM temp.ranking
                WHERE project_id NOT IN (SELECT project_id FROM award));

--@ table themes
--@ heading By theme
--@ column theme | Theme | text | span: 3
--@ column projects | Projects | integer | centre | total
--@ column requested_cents | Requested | money | span: 2 | total
--@ column proposed_cents | Proposed | money | span: 2 | total
--@ column counted_cents | Decided, else proposed | money | span: 2 | total | formula: SUMPRODUCT(--([ranking.theme:]=[theme]),[ranking.counted_cents:])
--@ column share_bp | Share of the request | percent | formula: IF([requested_cents]=0,0,[counted_cents]/[requested_cents])
--@ total Total
--@ empty No project yet.
--@ chart column | Requested, proposed and decided, by theme | x: theme | y: requested_cents, proposed_cents, counted_cents | at: 1 | span: 11 | rows: 14
SELECT coalesce(t.label, tr('(no theme)')) AS theme, count(*) AS projects,
       sum(p.requested_cents) AS requested_cents,
       coalesce(sum(b.proposed_cents), 0) AS proposed_cents,
       sum(b.cents) AS counted_cents,
       sum(b.cents) * 10000.0 / sum(p.requested_cents) AS share_bp
  FROM temp.ranking r JOIN project p ON p.id = r.project_id
  JOIN temp.proposal b ON b.project_id = r.project_id
  LEFT JOIN theme t ON t.id = p.theme_id
 GROUP BY t.id ORDER BY sum(p.requested_cents) DESC, theme;

--@ table bands
--@ heading By score
--@ beside 13
--@ column band | Score out of 100 | text | span: 2 | centre
--@ column projects | Projects | integer | centre | bar | total
--@ column proposed | With an amount | integer | span: 2 | centre | total | template: live
--@ total Total
--@ chart column | Projects by score | x: band | y: projects, proposed | at: 13 | span: 5 | rows: 14
SELECT (v.value * 10) || ' – ' || (v.value * 10 + 10) AS band,
       count(r.project_id) AS projects,
       coalesce(sum(b.cents > 0), 0) AS proposed,
       format('COUNTIFS([ranking.score_cp:],">=%d",[ranking.score_cp:],"<%d",'
              || '[ranking.counted_cents:],">0")', v.value * 10,
              iif(v.value = 9, 101, v.value * 10 + 10)) AS live
  FROM json_each('[9,8,7,6,5,4,3,2,1,0]') v
  LEFT JOIN temp.ranking r
    ON r.rankable = 1 AND min(r.score_cp / 1000, 9) = v.value
  LEFT JOIN temp.proposal b ON b.project_id = r.project_id
 WHERE EXISTS (SELECT 1 FROM temp.ranking WHERE rankable = 1
                AND score_cp / 1000 <= v.value)
 GROUP BY v.value ORDER BY v.value DESC;
