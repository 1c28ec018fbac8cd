-- The journal as people read it: a row for each field that changed, newest
-- entry first. Names stand in for keys; what may tell where a confidential
-- association is does not come. Read by src/store/history.c.
--
-- ?1 the project, 0 for all; ?2 and ?3 the first and the last day; ?4 the
-- actors' names, each between line ends; ?5 how many entries, -1 for all.
-- ?6 and ?7 a table and a row of it as JSON, to be named beside; NULL for none.
WITH entry AS (
 SELECT j.id, j.tab, j.action, j.old, j.new, s.sealed_at, s.actor,
        s.acting_as, s.command, coalesce(j.new, j.old) AS said
   FROM journal j
   LEFT JOIN seal s
     ON s.first_entry = (SELECT max(first_entry) FROM seal
                          WHERE first_entry <= j.id)
    AND s.last_entry >= j.id
  WHERE json_valid(coalesce(j.new, j.old)) AND json_valid(coalesce(j.old, j.new))),
picked AS (
 SELECT * FROM (SELECT * FROM entry
  WHERE (?1 = 0 OR said ->> 'project_id' = ?1
         OR tab = 'project' AND said ->> 'id' = ?1)
    AND (sealed_at IS NULL
         OR (?2 IS NULL OR substr(sealed_at, 1, 10) >= ?2)
        AND (?3 IS NULL OR substr(sealed_at, 1, 10) <= ?3)
        AND (?4 IS NULL OR instr(?4, char(10) || actor || char(10))
             OR instr(?4, char(10) || acting_as || char(10))))
  ORDER BY id DESC LIMIT ?5)
 UNION ALL
 SELECT NULL, ?6, 'insert', NULL, ?7, NULL, NULL, NULL, NULL, ?7
  WHERE ?6 IS NOT NULL),
-- Whose contacts and places are not shown: of associations whose address is,
-- or was at some time, confidential.
shelter AS MATERIALIZED (
 SELECT coalesce(new, old) ->> 'id' AS id FROM journal
  WHERE tab = 'association' AND json_valid(coalesce(new, old))
    AND json_valid(coalesce(old, new))
    AND (new ->> 'confidential' IS 1 OR old ->> 'confidential' IS 1)
 UNION SELECT id FROM association WHERE confidential),
-- Also associations that were joined to another since.
called AS MATERIALIZED (
 SELECT id, name FROM association
 UNION ALL
 SELECT iif(json_valid(old), old ->> 'id', NULL),
        iif(json_valid(old), old ->> 'name', NULL)
   FROM journal WHERE tab = 'association' AND action = 'delete'),
shown AS (
 SELECT p.*, CASE tab
    WHEN 'association' THEN said ->> 'id' IN (SELECT id FROM shelter)
    WHEN 'contact'
    THEN said ->> 'association_id' IN (SELECT id FROM shelter)
    WHEN 'project'
    THEN said ->> 'association_id' IN (SELECT id FROM shelter)
    WHEN 'project_commune' THEN EXISTS (SELECT 1 FROM project q
         WHERE q.id = said ->> 'project_id'
           AND q.association_id IN (SELECT id FROM shelter))
    ELSE 0 END AS hidden
   FROM picked p)
SELECT p.id AS entry, p.sealed_at, p.actor, p.acting_as, p.command, p.tab,
       (SELECT group_concat(part, ', ') FROM (
        SELECT (SELECT ref FROM project
                 WHERE id = p.said ->> 'project_id') AS part
        UNION ALL SELECT (SELECT name FROM member
                           WHERE id = p.said ->> 'member_id')
        UNION ALL SELECT (SELECT code FROM criterion
                           WHERE id = p.said ->> 'criterion_id')
        UNION ALL SELECT (SELECT name FROM scenario
                           WHERE id = p.said ->> 'scenario_id')
        UNION ALL SELECT (SELECT label FROM theme
                           WHERE id = p.said ->> 'theme_id')
         WHERE p.tab IN ('call_reserve', 'scenario_reserve')
        UNION ALL SELECT CASE p.tab
            WHEN 'project' THEN format('%04d-%03d',
                 p.said ->> 'call_year', p.said ->> 'number')
            WHEN 'call' THEN p.said ->> 'year'
            WHEN 'envelope_line' THEN p.said ->> 'reference'
            WHEN 'theme' THEN p.said ->> 'label'
            WHEN 'criterion' THEN p.said ->> 'code'
            WHEN 'required_document' THEN p.said ->> 'code'
            WHEN 'project_document' THEN p.said ->> 'code'
            WHEN 'project_commune' THEN CASE WHEN NOT p.hidden
                 THEN (SELECT name FROM commune
                        WHERE code = p.said ->> 'commune_code') END
            WHEN 'contact' THEN p.said ->> 'role'
            ELSE p.said ->> 'name' END)) AS row,
       p.action, iif(p.tab = 'scenario_line' AND f.key = 'reason',
                     'reason_code', f.key) AS field,
       CASE f.key
         WHEN 'association_id' THEN (SELECT name FROM called
                                    WHERE id = p.old ->> 'association_id')
         WHEN 'theme_id' THEN (SELECT label FROM theme
                              WHERE id = p.old ->> 'theme_id')
         ELSE p.old ->> f.key END AS old,
       CASE f.key
         WHEN 'association_id' THEN (SELECT name FROM called
                                    WHERE id = p.new ->> 'association_id')
         WHEN 'theme_id' THEN (SELECT label FROM theme
                              WHERE id = p.new ->> 'theme_id')
         ELSE p.new ->> f.key END AS new
  FROM shown p LEFT JOIN json_each(p.said) f
    ON (p.old ->> f.key IS NOT p.new ->> f.key
        OR p.tab = 'mark' AND f.key = 'value_milli')
   AND f.key NOT IN ('id', 'project_id', 'member_id', 'criterion_id',
                     'scenario_id', 'number', 'name_key', 'label_key',
                     'code_key', 'source_key', 'inputs_digest',
                     'position', 'score_num', 'score_den', 'explain',
                     'commune_code')
   AND NOT (p.hidden AND f.key IN ('address', 'postcode', 'commune',
                                   'email', 'phone', 'communes_raw'))
ORDER BY p.id DESC, f.id
