-- The rules that one row cannot keep by itself, as lists, and one query that
-- writes the triggers from them and from the tables: each row of its result is
-- a CREATE TRIGGER statement. The program drops and makes them again after
-- each migration, so that a new table cannot be forgotten.
--
--   before_*   refuses: what a list below forbids; a row that would replace
--              another (INSERT OR REPLACE, UPDATE OR REPLACE); a key or a call
--              that changes; a link to nothing, also where foreign keys are off
--   after_*    writes the old and the new row into the journal as JSON, then
--              refuses what put a row into a view invariant_*
--
-- An update that leaves the row as it was is no change: no trigger runs.
--
-- In the lists, "this" stands for the new row, and for the old one in a delete;
-- where columns are named, an update must change one of them to matter. A
-- condition with OR stands in parentheses.
WITH
-- What is said; po/ has the translations, which tools/po.sh gathers here.
refusal (name, text) AS (VALUES
    ('siret', 'the SIRET has a wrong check digit'),
    ('envelope', 'the awards would exceed the envelope'),
    ('award_amount', 'an award cannot exceed the request or the cost'),
    ('award_bounds', 'the award is outside the minimum and maximum of the call'),
    ('award_rate', 'the award and the other public money exceed the maximum rate of the cost, or the cost is not known'),
    ('award_eligible', 'only an eligible project holds an award'),
    ('award_reason', 'an award that differs from the adopted scenario, or that was set in it by hand, needs a reason'),
    ('one_adopted_scenario', 'another scenario is already adopted'),
    ('mark', 'the mark is not on the scale of the criterion, or not of this call'),
    ('recusal', 'the member is recused on this project'),
    ('late', 'received after the deadline: a reason is needed'),
    ('same_call', 'the theme, the member or the scenario belongs to another call'),
    ('frozen', 'the decision is taken and what led to it is frozen: see "cispd award list"; "cispd award clear" takes a decision back'),
    ('seed', 'marks are entered and the seed of the lots is published: it stays as it is'),
    ('saved', 'a saved scenario is never rewritten'),
    ('out', 'the project is withdrawn or rejected and is not marked'),
    ('decided', 'a decision is recorded on the project: who asks, how much and at what cost stay as they were'),
    ('adopted', 'an adopted scenario cannot be dropped'),
    ('recused', 'a recusal is lifted with a reason, never moved or deleted'),
    ('project', 'a project is never deleted: withdraw or reject it'),
    ('call', 'a call is never deleted: archive it'),
    ('journal', 'the journal is never rewritten'),
    ('replaced', 'a row with this key is already there'),
    ('moved', 'the key and the call of a row never change'),
    ('parent', 'the row points at nothing'),
    ('child', 'other rows still point at this one')
),
-- After a change of the table, no row of invariant_NAME may be `found`.
tested (name, t, events, columns, found) AS (VALUES
    ('siret', 'agency', 'insert update', 'siret', 'tab = ''agency'' AND id = this.id'),
    ('siret', 'association', 'insert update', 'siret', 'tab = ''association'' AND id = this.id'),
    ('award_eligible', 'award', 'insert update', NULL, 'project_id = this.project_id'),
    ('award_eligible', 'project', 'update', 'status', 'project_id = this.id'),
    ('award_amount', 'award', 'insert update', NULL, 'project_id = this.project_id'),
    ('award_bounds', 'award', 'insert update', NULL, 'project_id = this.project_id'),
    ('award_bounds', 'call', 'update', 'min_award_cents, max_award_cents', 'call_year = this.year'),
    ('award_rate', 'award', 'insert update', NULL, 'project_id = this.project_id'),
    ('award_rate', 'call', 'update', 'max_rate_bp', 'call_year = this.year'),
    ('envelope', 'award', 'insert update', NULL, 'call_year = (SELECT call_year FROM project WHERE id = this.project_id)'),
    ('envelope', 'envelope_line', 'insert update delete', NULL, 'call_year = this.call_year'),
    ('award_reason', 'award', 'insert update', NULL, 'project_id = this.project_id'),
    ('award_reason', 'scenario', 'insert update', 'adopted_at', 'call_year = this.call_year'),
    ('one_adopted_scenario', 'scenario', 'insert update', 'adopted_at', 'call_year = this.call_year'),
    ('mark', 'mark', 'insert update', NULL, 'project_id = this.project_id AND member_id = this.member_id AND criterion_id = this.criterion_id'),
    ('mark', 'criterion', 'update', 'scale_lo, scale_hi, step_milli', 'criterion_id = this.id'),
    ('recusal', 'mark', 'insert update', NULL, 'project_id = this.project_id AND member_id = this.member_id'),
    ('recusal', 'recusal', 'insert update', NULL, 'project_id = this.project_id AND member_id = this.member_id'),
    ('late', 'project', 'insert update', 'received_at, late_reason', 'project_id = this.id'),
    ('late', 'call', 'update', 'closes, closed_at', 'call_year = this.year'),
    ('same_call', 'project', 'insert update', 'theme_id', 'tab = ''project'' AND id = this.id'),
    ('same_call', 'recusal', 'insert update', NULL, 'tab = ''recusal'' AND id = this.id'),
    ('same_call', 'call_reserve', 'insert update', NULL, 'tab = ''call_reserve'' AND id = this.theme_id'),
    ('same_call', 'scenario_reserve', 'insert', NULL, 'tab = ''scenario_reserve'' AND id = this.scenario_id'),
    ('same_call', 'scenario_line', 'insert', NULL, 'tab = ''scenario_line'' AND id = this.scenario_id AND project_id = this.project_id')
),
-- Once a decision is recorded in the call, what led to it stays as it was.
frozen (t, events, columns, call) AS (VALUES
    ('mark', 'insert update delete', NULL, '(SELECT call_year FROM project WHERE id = this.project_id)'),
    ('recusal', 'insert update', NULL, '(SELECT call_year FROM project WHERE id = this.project_id)'),
    ('criterion', 'insert update delete', NULL, 'this.call_year'),
    ('member', 'insert delete', NULL, 'this.call_year'),
    ('call_reserve', 'insert update delete', NULL, 'this.call_year'),
    ('call', 'update', 'quorum, threshold, rule, unit_cents, tiers, objective, curve, step_cents, rounding, missing, floor_share_bp, seed', 'this.year'),
    ('scenario', 'update', 'adopted_at', 'iif(OLD.adopted_at IS NULL, NULL, this.call_year)')
),
-- What may not be done, or not where `condition` holds: a scenario is never
-- rewritten, nothing that was decided about is deleted, an entry of the journal
-- takes the next number (-1 stands for it before the insert).
refused (name, t, events, columns, condition) AS (VALUES
    ('saved', 'scenario_line', 'update', NULL, '1'),
    ('saved', 'scenario_line', 'insert delete', NULL, '(SELECT adopted_at FROM scenario WHERE id = this.scenario_id) IS NOT NULL'),
    ('saved', 'scenario_reserve', 'update', NULL, '1'),
    ('saved', 'scenario_reserve', 'insert delete', NULL, '(SELECT adopted_at FROM scenario WHERE id = this.scenario_id) IS NOT NULL'),
    ('saved', 'scenario', 'update', 'rule, envelope_cents, unit_cents, threshold, tiers, objective, curve, step_cents, rounding, inputs_digest', '1'),
    ('seed', 'call', 'update', 'seed', 'OLD.seed IS NOT NULL AND EXISTS (SELECT 1 FROM mark m JOIN project p ON p.id = m.project_id WHERE p.call_year = this.year)'),
    ('out', 'mark', 'insert update', NULL, 'EXISTS (SELECT 1 FROM project WHERE id = this.project_id AND status IN (''withdrawn'', ''rejected''))'),
    ('decided', 'project', 'update', 'association_id, requested_cents, minimum_cents, cost_cents, other_public_cents', 'EXISTS (SELECT 1 FROM award WHERE project_id = this.id)'),
    ('adopted', 'scenario', 'delete', NULL, 'this.adopted_at IS NOT NULL'),
    ('recused', 'recusal', 'update', 'project_id, member_id', '1'),
    ('recused', 'recusal', 'delete', NULL, '1'),
    ('project', 'project', 'delete', NULL, '1'),
    ('call', 'call', 'delete', NULL, '1'),
    ('journal', 'journal', 'update delete', NULL, '1'),
    ('journal', 'journal', 'insert', NULL, 'this.id <> -1'),
    ('journal', 'seal', 'update delete', NULL, '1'),
    ('journal', 'seal', 'insert', NULL, '(this.id <> 1 + max(coalesce((SELECT seq FROM sqlite_sequence WHERE name = ''seal''), 0), coalesce((SELECT max(id) FROM seal), 0)))')
),

---------------------------------------------------- what the tables say themselves
tab AS (
    SELECT name AS t FROM sqlite_schema
     WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\'
       AND name NOT IN ('journal', 'seal')
),
col AS (
    SELECT t, c.name AS c, c.pk, c."notnull",
           c.pk > 0 OR c.name IN ('call_year', 'number') AS fixed
      FROM tab, pragma_table_info(t) c
),
-- every key by which a row is told from another
row_key AS (
    SELECT t, 'insert' AS events, NULL AS columns,
           group_concat(format('%s = NEW.%s', c, c), ' AND ') AS same
      FROM col WHERE pk > 0 GROUP BY t
    UNION ALL
    SELECT t, iif(min(fixed), 'insert', 'insert update'),
           group_concat(c, ', ') FILTER (WHERE NOT fixed),
           group_concat(format('%s = NEW.%s', c, c), ' AND ')
      FROM col JOIN pragma_index_list(t) i
      JOIN pragma_index_info(i.name) k ON k.name = c
     WHERE i."unique" AND i.origin <> 'pk'
     GROUP BY t, i.name
),
link AS (
    SELECT t, f."table" AS parent, c, f."to" AS parent_key,
           iif(fixed, 'insert', 'insert update') AS events,
           iif("notnull", '', format('NEW.%s IS NOT NULL AND ', c)) AS if_any
      FROM col JOIN pragma_foreign_key_list(t) f ON f."from" = c
),
row_json AS (
    SELECT t, 'json_object(' || group_concat(format('''%s'', OLD.%s', c, c))
                  || ')' AS old,
           'json_object(' || group_concat(format('''%s'', NEW.%s', c, c))
                  || ')' AS new,
           format(' WHEN (%s) IS NOT (%s)', group_concat('NEW.' || c),
                  group_concat('OLD.' || c)) AS moved
      FROM col GROUP BY t
),

------------------------------------------------------------ from the lists to SQL
event (event) AS (VALUES ('insert'), ('update'), ('delete')),
-- What is refused whatever the row: nothing else needs to be said of it.
never (name, t, event) AS (
    SELECT name, t, event FROM refused JOIN event ON instr(events, event)
     WHERE columns IS NULL AND condition = '1'
),
rule (moment, name, t, events, columns, source, condition) AS (
    SELECT 'before', name, t, events, columns, '', condition FROM refused
    UNION ALL
    SELECT 'before', 'frozen', t, events, columns,
           ' FROM decided', 'call_year = ' || call
      FROM frozen
    UNION ALL
    SELECT 'before', 'replaced', t, events, columns, '',
           format('EXISTS (SELECT 1 FROM %s WHERE %s)', t, same)
      FROM row_key
    UNION ALL
    SELECT 'before', 'moved', t, 'update', group_concat(c, ', '), '', '1'
      FROM col WHERE fixed GROUP BY t
    UNION ALL
    SELECT 'before', 'parent', t, events, c, '',
           format('%sNOT EXISTS (SELECT 1 FROM %s WHERE %s = NEW.%s)',
                  if_any, parent, parent_key, c)
      FROM link
    UNION ALL
    SELECT 'before', 'child', parent, 'delete', NULL, '',
           format('EXISTS (SELECT 1 FROM %s WHERE %s = OLD.%s)', t, c,
                  parent_key)
      FROM link
    UNION ALL
    SELECT 'after', name, t, events, columns,
           ' FROM invariant_' || name, found
      FROM tested
),
step (moment, t, event, place, sql) AS (
    SELECT 'after', t, event, 1,
           format('INSERT INTO journal (tab, action, old, new) VALUES (''%s'', ''%s'', %s, %s)',
                  t, event, iif(event = 'insert', 'NULL', old),
                  iif(event = 'delete', 'NULL', new))
      FROM row_json, event
     WHERE (t, event) NOT IN (SELECT t, event FROM never)
    UNION ALL -- a recusal declared later voids the marks
    SELECT 'after', 'recusal', event, 2,
           'DELETE FROM mark WHERE project_id = NEW.project_id AND member_id = NEW.member_id AND NEW.lifted_on IS NULL'
      FROM event WHERE event <> 'delete'
    UNION ALL
    SELECT DISTINCT moment, t, event, 3,
           format('SELECT RAISE(ABORT, ''%s'')%s WHERE ', text, source)
               || replace(group_concat(
                      iif(event = 'update' AND columns IS NOT NULL,
                          format('(NEW.%s) IS NOT (OLD.%s) AND ',
                                 replace(columns, ', ', ', NEW.'),
                                 replace(columns, ', ', ', OLD.')), '')
                          || condition, ' OR ') OVER (
                      PARTITION BY moment, t, event, name
                      ORDER BY columns, condition
                      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING),
                      'this.', iif(event = 'delete', 'OLD.', 'NEW.'))
      FROM rule JOIN refusal USING (name)
      JOIN event ON instr(events, event)
     WHERE (t, event) NOT IN (SELECT t, event FROM never)
        OR (name, t, event) IN never
)
SELECT DISTINCT
       format('CREATE TRIGGER %s_%s_%s %s %s ON %s%s BEGIN %s; END',
              moment, t, event, upper(moment), upper(event), t,
              iif(event = 'update', moved, ''),
              -- a window, because only there the order is certain
              group_concat(sql, '; ') OVER (
                  PARTITION BY moment, t, event ORDER BY place, sql
                  ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING))
           AS statement
  FROM step LEFT JOIN row_json USING (t)
