-- What each saved scenario would award, side by side with what the rule of
-- the call gives now.
--@ sheet Scenarios
--@ title Scenarios side by side
--@ table scenarios
--@ heading The scenarios
--@ column name | Scenario | wrap | span: 2 | bold
--@ column about | Rule | wrap
--@ column remarks | Remarks | wrap
--@ column envelope_cents | Envelope | money
--@ column total_cents | Allocated | money
--@ column rest_cents | Left | money | width: 16
--@ column funded | Projects funded | integer | centre | width: 16
--@ rule warn | remarks | LEFT([remarks],1)="!"
--@ empty No scenario was saved.
SELECT iif(s.adopted_at IS NULL, s.name, s.name || ' ' || tr('(adopted)'))
           AS name,
       iif(s.adopted_at IS NULL,
           format(tr('Rule "%s", saved on %s'), tr(s.rule), day(s.saved_at)),
           format(tr('Rule "%s", saved on %s, adopted on %s'), tr(s.rule),
                  day(s.saved_at), day(s.adopted_at))) AS about,
       s.envelope_cents, coalesce(sum(l.award_cents), 0) AS total_cents,
       s.envelope_cents - coalesce(sum(l.award_cents), 0) AS rest_cents,
       coalesce(sum(l.award_cents > 0), 0) AS funded,
       rtrim(iif(s.inputs_digest = (SELECT digest FROM temp.inputs), '',
                 tr('! Outdated: marks, requests or rules have changed since.')
                 || char(10))
             || iif(sum(l.award_cents) FILTER (WHERE NOT EXISTS (
                        SELECT 1 FROM award w WHERE w.project_id = l.project_id))
                    > (SELECT available_cents FROM budget WHERE call = :call),
                    tr('! More than what is left of the envelope.')
                    || char(10), '')
             || iif(s.adopted_at IS NOT NULL OR s.rule = c.rule, '',
                    format(tr('This is a try: the rule of the call is %s, not %s.'),
                           tr(c.rule), tr(s.rule)) || char(10))
             || iif(s.envelope_cents = b.envelope_cents, '',
                    format(tr('The envelope of the call is %s, not %s.'),
                           euros(b.envelope_cents), euros(s.envelope_cents))
                    || char(10))
             || iif(sum(l.forced) > 0,
                    format(tr('Amounts set by hand: %d (below).'),
                           sum(l.forced)), ''), char(10)) AS remarks
  FROM scenario s LEFT JOIN scenario_line l ON l.scenario_id = s.id
  JOIN call c ON c.year = s.call_year JOIN budget b ON b.call = s.call_year
 WHERE s.call_year = :call
 GROUP BY s.id ORDER BY s.adopted_at IS NULL, s.id;

--@ table by_hand
--@ heading Amounts set by hand
--@ column name | Scenario | text | span: 2
--@ column association | Association | wrap
--@ column title | Project | wrap
--@ column requested_cents | Requested | money
--@ column award_cents | Set by hand | money | bold
--@ column why | Why | wrap | span: 3
--@ empty None: every amount is what the rule gives.
SELECT c.name, s.name AS association, p.ref || ' – ' || p.title AS title,
       p.requested_cents, l.award_cents,
       coalesce(w.reason, iif(l.award_cents = 0,
           tr('Set aside by the committee before the rule was applied.'),
           format(tr('Amount set by the committee: %s out of the %s requested; the rule was applied to the others.'),
                  euros(l.award_cents), euros(p.requested_cents)))) AS why
  FROM scenario c JOIN scenario_line l ON l.scenario_id = c.id AND l.forced
  JOIN project p ON p.id = l.project_id
  JOIN association_public s ON s.id = p.association_id
  LEFT JOIN award w ON w.project_id = p.id AND w.amount_cents = l.award_cents
 WHERE c.call_year = :call
 ORDER BY c.adopted_at IS NULL, c.id, l.position;

--@ table compared
--@ heading What each would award
--@ freeze ref
--@ column rank | Rank | integer | centre | width: 8
--@ column ref | Number | text | width: 12
--@ column association | Association | wrap | width: 26
--@ column title | Project | wrap | width: 40
--@ column requested_cents | Requested | money | total | width: 15
--@ column award_cents | | money | by: scenario | total | width: 16
--@ rule muted | award_cents | [award_cents]=0
--@ total Total
--@ empty No project yet.
WITH choice (id, position, name) AS (
    SELECT id, iif(adopted_at IS NULL, 2, 0),
           iif(adopted_at IS NULL, name, name || ' ' || tr('(adopted)'))
      FROM scenario WHERE call_year = :call
     UNION ALL
    SELECT NULL, 1, tr('Computed now') WHERE NOT EXISTS (
        SELECT 1 FROM adopted WHERE call_year = :call)
)
SELECT coalesce(r.rank, '–') AS rank, p.ref, s.name AS association,
       p.title, p.requested_cents, c.name AS scenario,
       CASE WHEN c.id IS NULL THEN coalesce(a.award_cents, 0)
            ELSE coalesce(l.award_cents, 0) END AS award_cents
  FROM temp.ranking r JOIN project p ON p.id = r.project_id
  JOIN association_public s ON s.id = p.association_id
 CROSS JOIN choice c
  LEFT JOIN temp.allocation a ON a.project_id = r.project_id
  LEFT JOIN scenario_line l ON l.scenario_id = c.id
                           AND l.project_id = r.project_id
 ORDER BY r.position, c.position, c.id;
