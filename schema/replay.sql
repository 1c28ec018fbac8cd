-- Whether the rows are what the journal says, as one query that writes a query
-- for each table, generated like guards.sql so that no table is forgotten.
--
-- Each of those queries lists the disagreements of its table, none in a sound
-- file: what disagrees, the entry (NULL when there is none), the row's key,
-- the row as the journal has it and as it is, both as JSON.
--
--   altered   the row is not what its last entry says
--   unknown   the row is there, no entry put it there
--   vanished  the last entry says that the row is there, it is not
--   skipped   the entry's old row is not what the entry before it left: there
--             was a change between the two that no entry tells
--
-- Entries that are no JSON are left to the chain, which names them.
-- Rows are compared as text first, and column by column where the texts
-- differ: versions of SQLite do not escape control characters alike.
WITH
tab AS (
    SELECT name AS t FROM sqlite_schema
     WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\'
       AND name NOT IN ('journal', 'seal')
),
col AS (
    SELECT t, c.name AS c, c.pk FROM tab, pragma_table_info(t) c
),
shape AS (
    SELECT t,
           'json_object(' || group_concat(format('''%s'', r.%s', c, c)) || ')'
               AS row_now,
           group_concat(format('j.was ->> ''%s'' IS NOT j.before ->> ''%s''',
                               c, c), ' OR ') AS was_moved,
           group_concat(format('j.new ->> ''%s'' IS NOT r.%s', c, c), ' OR ')
               AS row_moved,
           group_concat(format('r.%s = j.new ->> ''%s''', c, c), ' AND ')
               FILTER (WHERE pk > 0) AS same_row,
           'json_array(' || group_concat(format('r.%s', c))
               FILTER (WHERE pk > 0) || ')' AS row_key,
           'json_array(' || group_concat(format('said ->> ''%s''', c))
               FILTER (WHERE pk > 0) || ')' AS said_key,
           max(c) FILTER (WHERE pk > 0) AS a_key
      FROM col GROUP BY t HAVING max(pk) > 0
)
SELECT format('WITH entry AS (SELECT id, old AS was, new, '
              || 'coalesce(new, old) AS said FROM journal '
              || 'WHERE tab = ''%s'' AND json_valid(coalesce(new, old)) '
              || 'AND json_valid(coalesce(old, new))), '
              || 'j AS MATERIALIZED (SELECT id, was, new, %s AS key, '
              || 'lag(new) OVER w AS before, lead(id) OVER w IS NULL AS is_last '
              || 'FROM entry WINDOW w AS (PARTITION BY %s ORDER BY id)) '
              || 'SELECT ''skipped'' AS fault, id AS entry, ''%s'' AS tab, '
              || 'trim(key, ''[]'') AS key, '
              || 'before AS said, was AS is_now FROM j '
              || 'WHERE was IS NOT before AND (%s) '
              || 'UNION ALL '
              || 'SELECT CASE WHEN j.id IS NULL THEN ''unknown'' '
              || 'WHEN r.%s IS NULL THEN ''vanished'' ELSE ''altered'' END, '
              || 'j.id, ''%s'', trim(coalesce(j.key, %s), ''[]''), j.new, '
              || 'CASE WHEN r.%s IS NOT NULL THEN %s END '
              || 'FROM (SELECT * FROM j WHERE is_last AND new IS NOT NULL) j '
              || 'FULL JOIN %s r ON %s '
              || 'WHERE j.new IS NOT %s AND (r.%s IS NULL OR %s)',
              t, said_key, said_key, t, was_moved, a_key, t, row_key, a_key,
              row_now, t, same_row, row_now, a_key, row_moved) AS query
  FROM shape
