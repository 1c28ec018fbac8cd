-- What holds of every table, as one query that writes the triggers: each row
-- of its result is a CREATE TRIGGER statement. The program drops and makes
-- them again after each migration, so that a new table cannot be forgotten.
--
--   guard_*    a row is never replaced (INSERT OR REPLACE, UPDATE OR REPLACE),
--              its primary key and its call never change
--   parent_*   a foreign key points at a row, also where foreign keys are off
--   journal_*  every change is in the journal, old and new row as JSON
WITH
tab AS (
    SELECT name AS t FROM sqlite_schema
     WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\'
       AND name NOT IN ('journal', 'seal')
),
col AS (
    SELECT t, c.name AS c, c.pk FROM tab, pragma_table_info(t) c
),
-- every key by which a row is told from another: the columns, joined
row_key AS (
    SELECT t, 'id' AS name,
           group_concat(replace('@ = NEW.@', '@', c), ' AND ') AS same,
           group_concat(replace('NEW.@ IS NOT OLD.@', '@', c), ' OR ') AS moved,
           1 AS is_primary
      FROM col WHERE pk > 0 GROUP BY t
    UNION ALL
    SELECT t, format('key%d', i.seq),
           group_concat(replace('@ = NEW.@', '@', k.name), ' AND '),
           group_concat(replace('NEW.@ IS NOT OLD.@', '@', k.name), ' OR '),
           0
      FROM tab, pragma_index_list(t) i, pragma_index_info(i.name) k
     WHERE i."unique" AND i.origin <> 'pk'
     GROUP BY t, i.name
),
-- what a row keeps for life: its primary key and its call
fixed AS (
    SELECT t, group_concat(replace('NEW.@ IS NOT OLD.@', '@', c), ' OR ')
                  AS moved
      FROM col WHERE pk > 0 OR c = 'call_year' GROUP BY t
),
link AS (
    SELECT t, f."table" AS parent, f."from" AS c, f."to" AS parent_key
      FROM tab, pragma_foreign_key_list(t) f
),
row_json AS (
    SELECT t,
           'json_object(' || group_concat(replace('''@'', OLD.@', '@', c)) || ')'
               AS old,
           'json_object(' || group_concat(replace('''@'', NEW.@', '@', c)) || ')'
               AS new
      FROM col GROUP BY t
)
SELECT format('CREATE TRIGGER guard_%s_%s_insert BEFORE INSERT ON %s '
              || 'WHEN EXISTS (SELECT 1 FROM %s WHERE %s) BEGIN SELECT '
              || 'RAISE(ABORT, ''a row with this key is already there''); END',
              t, name, t, t, same) AS statement
  FROM row_key
UNION ALL
SELECT format('CREATE TRIGGER guard_%s_%s_update BEFORE UPDATE ON %s '
              || 'WHEN (%s) AND EXISTS (SELECT 1 FROM %s WHERE %s) BEGIN SELECT '
              || 'RAISE(ABORT, ''a row with this key is already there''); END',
              t, name, t, moved, t, same)
  FROM row_key WHERE NOT is_primary
UNION ALL
SELECT format('CREATE TRIGGER guard_%s_id_update BEFORE UPDATE ON %s '
              || 'WHEN %s BEGIN SELECT '
              || 'RAISE(ABORT, ''the key and the call of a row never change''); END',
              t, t, moved)
  FROM fixed
UNION ALL
SELECT format('CREATE TRIGGER parent_%s_%s_insert BEFORE INSERT ON %s '
              || 'WHEN NEW.%s IS NOT NULL AND NOT EXISTS '
              || '(SELECT 1 FROM %s WHERE %s = NEW.%s) BEGIN SELECT '
              || 'RAISE(ABORT, ''the row points at nothing''); END',
              t, c, t, c, parent, parent_key, c)
  FROM link
UNION ALL
SELECT format('CREATE TRIGGER parent_%s_%s_update BEFORE UPDATE OF %s ON %s '
              || 'WHEN NEW.%s IS NOT NULL AND NOT EXISTS '
              || '(SELECT 1 FROM %s WHERE %s = NEW.%s) BEGIN SELECT '
              || 'RAISE(ABORT, ''the row points at nothing''); END',
              t, c, c, t, c, parent, parent_key, c)
  FROM link
UNION ALL
SELECT format('CREATE TRIGGER parent_%s_%s_delete BEFORE DELETE ON %s '
              || 'WHEN EXISTS (SELECT 1 FROM %s WHERE %s = OLD.%s) BEGIN SELECT '
              || 'RAISE(ABORT, ''other rows still point at this one''); END',
              t, c, parent, t, c, parent_key)
  FROM link
UNION ALL
SELECT format('CREATE TRIGGER journal_%s_insert AFTER INSERT ON %s BEGIN '
              || 'INSERT INTO journal (tab, action, new) '
              || 'VALUES (''%s'', ''insert'', %s); END', t, t, t, new)
  FROM row_json
UNION ALL
SELECT format('CREATE TRIGGER journal_%s_update AFTER UPDATE ON %s BEGIN '
              || 'INSERT INTO journal (tab, action, old, new) '
              || 'VALUES (''%s'', ''update'', %s, %s); END', t, t, t, old, new)
  FROM row_json
UNION ALL
SELECT format('CREATE TRIGGER journal_%s_delete AFTER DELETE ON %s BEGIN '
              || 'INSERT INTO journal (tab, action, old) '
              || 'VALUES (''%s'', ''delete'', %s); END', t, t, t, old)
  FROM row_json
