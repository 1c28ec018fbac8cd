-- One page for each project, in rank order: what is asked, what the panel
-- thought, what the rule gives and why.
--@ sheet Projects
--@ title One page for each project
--@ portrait
--@ each project
--@ empty No project yet.
SELECT project_id FROM temp.ranking ORDER BY position;

--@ text page_title
--@ column line | | text | bold
SELECT r.project_id, p.ref || ' – ' || p.title AS line
  FROM temp.ranking r JOIN project p ON p.id = r.project_id
 ORDER BY r.position;

--@ cards page_cards
--@ column rank | Rank | integer
--@ column score_cp | Score out of 100 | score
--@ column requested_cents | Requested | money
--@ column proposed_cents | Proposed | money
--@ column decided_cents | Decided | money
SELECT r.project_id, coalesce(r.rank, '–') AS rank, r.score_cp,
       p.requested_cents, coalesce(b.proposed_cents, '–') AS proposed_cents,
       coalesce(w.amount_cents, tr('not yet')) AS decided_cents
  FROM temp.ranking r JOIN project p ON p.id = r.project_id
  JOIN temp.proposal b ON b.project_id = r.project_id
  LEFT JOIN award w ON w.project_id = r.project_id
 ORDER BY r.position;

--@ figures page_facts
--@ heading The application
--@ column association | Association | wrap | span: 4
--@ column theme | Theme | text | span: 4
--@ column communes | Communes | wrap | span: 4
--@ column minimum_cents | Smallest useful | money | span: 4
--@ column most_cents | May receive at most | money | span: 4
--@ column cost_cents | Total cost | money | span: 4
--@ column other_public_cents | Other public money | money | span: 4
--@ column beneficiaries | Beneficiaries | integer | span: 4
--@ column period | Period | text | span: 4
--@ column received | Received | wrap | span: 4
--@ column why | Why this proposal | wrap | span: 4
--@ column decision | Decision | wrap | span: 4
SELECT r.project_id, s.name AS association,
       coalesce(t.label, tr('(no theme)')) AS theme,
       (SELECT group_concat(c.name, ', ') FROM project_commune q
          JOIN commune c ON c.code = q.commune_code
         WHERE q.project_id = p.id) AS communes,
       p.minimum_cents, r.most_cents, p.cost_cents, p.other_public_cents,
       p.beneficiaries,
       day(p.starts_on) || ' – ' || day(p.ends_on) AS period,
       iif(p.late_reason IS NULL, receipt(p.received_at),
           format(tr('Late file (%s): %s.'), receipt(p.received_at),
                  rtrim(p.late_reason, '.'))) AS received,
       iif(p.status = 'eligible', coalesce(b.why, r.note),
           tr('Its eligibility is not decided yet.')) AS why,
       coalesce(iif(w.decision = 'awarded', euros(w.amount_cents),
                    tr(w.decision))
                || ', ' || day(w.decided_on)
                || coalesce(char(10) || w.reason, ''),
                tr('not yet decided')) AS decision
  FROM temp.ranking r JOIN project p ON p.id = r.project_id
  JOIN association_public s ON s.id = p.association_id
  LEFT JOIN theme t ON t.id = p.theme_id
  JOIN temp.proposal b ON b.project_id = p.id
  LEFT JOIN award w ON w.project_id = p.id
 ORDER BY r.position;

--@ table page_criteria
--@ heading By criterion
--@ column criterion | Criterion | text | width: 44
--@ column weight | Weight | integer | centre | width: 18
--@ column scale | Scale | text | centre | width: 18
--@ column mean_milli | Mean | mean | bold | width: 18
--@ column call_milli | Mean of the call | mean | width: 18
WITH whole AS MATERIALIZED (
    SELECT criterion_id, CAST(round(avg(mean_milli)) AS INTEGER) AS call_milli
      FROM temp.criterion_mean GROUP BY criterion_id
)
SELECT r.project_id, c.code || ' – ' || c.label AS criterion,
       iif(c.independent, 'independent', c.weight) AS weight,
       c.scale_lo || ' – ' || c.scale_hi AS scale, m.mean_milli, w.call_milli
  FROM temp.ranking r CROSS JOIN criterion c
  LEFT JOIN temp.criterion_mean m ON m.criterion_id = c.id
                                 AND m.project_id = r.project_id
  LEFT JOIN whole w ON w.criterion_id = c.id
 WHERE c.call_year = :call ORDER BY r.position, c.position;

--@ table page_members
--@ heading By member
--@ column member | Member | text
--@ column state | Sheet | term
--@ column total_cp | Total out of 100 | score
SELECT r.project_id, m.name AS member, s.state, s.total_cp
  FROM temp.ranking r JOIN temp.sheet s ON s.project_id = r.project_id
  JOIN member m ON m.id = s.member_id
 ORDER BY r.position, m.id;
