-- Every mark of every member: the whole cube, so that each score can be
-- found again by hand. A line for each project and criterion, a column for
-- each member; the first line of a project is its total out of 100. Its range
-- is not the difference of two figures that are rounded already.
--@ sheet Marks
--@ title All marks
--@ subtitle Recusals and abstentions are in words; an empty cell is a missing mark, never a zero; marks in brackets stand on a sheet that does not count. The total is computed exactly and rounded for display.
--@ table marks
--@ freeze criterion
--@ filter
--@ group ref | rank, ref
--@ column rank | Rank | integer | centre | width: 7
--@ column ref | Number | text | width: 10
--@ column criterion | Project, then its criteria | wrap | width: 44
--@ column weight | Weight | integer | centre | width: 9
--@ column mark_milli | | mark | by: member | centre | width: 11
--@ column mean_milli | Mean | mean | bold | of: mean mark_milli | width: 9
--@ column median_milli | Median | mean | of: median mark_milli | width: 9
--@ column min_milli | Lowest | mean | of: min mark_milli | width: 9
--@ column max_milli | Highest | mean | of: max mark_milli | width: 9
--@ column range_milli | Range | mean | of: range mark_milli | width: 9
--@ rule strong | * | ISTEXT([weight])
--@ rule muted | mark_milli | ISTEXT([mark_milli])
--@ empty No marks: add projects, criteria and members first.
WITH line (id, position, label, weight, independent) AS (
    SELECT id, position, '     ' || code || ' – ' || label,
           iif(independent, 'independent', weight), independent
      FROM criterion WHERE call_year = :call
     UNION ALL
    SELECT NULL, -9223372036854775808, NULL, '/ 100', 0
)
SELECT r.rank, p.ref, coalesce(l.label, p.title) AS criterion, l.weight,
       m.name AS member,
       CASE WHEN l.id IS NULL
            THEN CASE s.state WHEN 'counted' THEN s.total_cp * 10
                              ELSE s.state END
            WHEN s.state = 'recused' THEN 'recused'
            WHEN k.project_id IS NULL THEN NULL
            WHEN k.value_milli IS NULL THEN 'abstained'
            WHEN s.state = 'counted' THEN k.value_milli
            ELSE '(' || replace(format('%g', k.value_milli / 1000.0), '.',
                                substr(score(150), 2, 1)) || ')'
       END AS mark_milli,
       iif(l.id IS NULL, r.score_cp * 10, NULL) AS mean_milli,
       iif(l.id IS NULL, r.median_cp * 10, NULL) AS median_milli,
       iif(l.id IS NULL, r.min_cp * 10, NULL) AS min_milli,
       iif(l.id IS NULL, r.max_cp * 10, NULL) AS max_milli,
       iif(l.id IS NULL, g.range_cp * 10, NULL) AS range_milli
  FROM temp.ranking r
  JOIN project p ON p.id = r.project_id
  LEFT JOIN temp.agreement_project g ON g.project_id = r.project_id
 CROSS JOIN temp.sheet s ON s.project_id = r.project_id
  JOIN member m ON m.id = s.member_id
 CROSS JOIN line l
  LEFT JOIN mark k ON k.project_id = r.project_id AND k.member_id = m.id
                  AND k.criterion_id = l.id
 ORDER BY r.position, l.position, m.id;
