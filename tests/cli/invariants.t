#!/bin/bash
# The invariants against the plain sqlite3 shell, which knows nothing of cispd:
# foreign keys and recursive triggers are off there. Every attempt runs in a
# transaction; `refused` also looks that nothing was left behind, `accepted` is
# its twin, the honest change beside the forbidden one.
. "$(dirname "$0")/lib.sh"
command -v sqlite3 >/dev/null || skip_all "no sqlite3 shell"

refused() { # name sql [pattern of the message]
    local before after message
    before=$(sql .dump | sha256sum)
    message=$(printf 'BEGIN;\n%s;\nCOMMIT;\n' "$2" |
        sqlite3 -bail "$CISPD_DB" 2>&1 >/dev/null)
    after=$(sql .dump | sha256sum)
    if [ "$before" != "$after" ]; then
        result 1 "$1"
        diag "the file changed" "$message"
    else
        like "$1" "$message" "${3:-rror.*\(19\)}"
    fi
}
accepted() { # name sql
    local message
    message=$(printf 'BEGIN;\n%s;\nROLLBACK;\n' "$2" |
        sqlite3 -bail "$CISPD_DB" 2>&1)
    result $? "$1"
    [ -z "$message" ] || diag "$message"
}

ok "a database" cispd init --agency Test
# Projects 1 to 4 of 2026: 15 000, 15 000, 1 000 (not yet eligible) and
# 2 000 EUR (cost unknown); project 5 is of 2027. 1 holds an award of 10 000.
ok "a call to attack" sql "
INSERT INTO call (year, title, closes, min_award_cents, max_award_cents,
                  max_rate_bp)
VALUES (2026, 'A', '2026-03-01 12:00', 50000, 1500000, 8000),
       (2027, 'B', NULL, NULL, NULL, NULL);
INSERT INTO envelope_line (call_year, amount_cents, reference)
VALUES (2026, 1500000, 'vote'), (2026, 500000, 'more'), (2027, 5000000, 'v');
INSERT INTO association (name, name_key) VALUES ('Assoc', 'assoc');
INSERT INTO theme (call_year, label, label_key)
VALUES (2026, 'T', 't'), (2027, 'U', 'u');
INSERT INTO project (call_year, number, association_id, title,
                     requested_cents, cost_cents, received_at, status)
VALUES (2026, 1, 1, 'p1', 1500000, 2000000, '2026-02-01 10:00', 'eligible'),
       (2026, 2, 1, 'p2', 1500000, 2000000, '2026-02-01 10:00', 'eligible'),
       (2026, 3, 1, 'p3', 100000, 200000, '2026-02-01 10:00', 'received'),
       (2026, 4, 1, 'p4', 200000, NULL, '2026-02-01 10:00', 'eligible'),
       (2027, 1, 1, 'q1', 100000, NULL, '2027-02-01 10:00', 'eligible');
INSERT INTO member (call_year, name, name_key)
VALUES (2026, 'Ann', 'ann'), (2026, 'Bob', 'bob'), (2027, 'Cleo', 'cleo'),
       (2026, 'Dan', 'dan');
INSERT INTO criterion (call_year, position, code, code_key, label, weight,
                       scale_lo, scale_hi, step_milli)
VALUES (2026, 1, 'C1', 'c1', 'one', 10, 0, 20, 500),
       (2027, 1, 'C1', 'c1', 'one', 10, 0, 20, 1000),
       (2026, 9, 'C9', 'c9', 'unused', 10, 0, 20, 1000);
INSERT INTO mark VALUES (1, 1, 1, 12500), (1, 2, 1, 15000);
INSERT INTO recusal (project_id, member_id, reason, declared_on)
VALUES (2, 1, 'treasurer', '2026-02-01');"
cp "$CISPD_DB" undecided.db
ok "a decision" sql "
INSERT INTO award (project_id, decision, amount_cents, decided_on)
VALUES (1, 'awarded', 1000000, '2026-05-01')"
award() { # project amount
    echo "INSERT INTO award (project_id, decision, amount_cents, decided_on)
          VALUES ($1, 'awarded', $2, '2026-05-01')"
}

# ---- 1: the awards of a call stay within its envelope
full='the awards would exceed the envelope'
accepted "1 the last euro may be awarded" "$(award 2 1000000)"
refused "1 one cent more may not" "$(award 2 1000001)" "$full"
refused "1 amended over the envelope" "$(award 2 1000000);
UPDATE award SET amount_cents = 1000001 WHERE project_id = 1" "$full"
refused "1 INSERT OR REPLACE of an award" "INSERT OR REPLACE INTO award
VALUES (1, 'awarded', 1200000, NULL, '2026-05-02')" 'already there'
refused "1 REPLACE by the hidden rowid" "INSERT OR REPLACE INTO award
(rowid, decision, amount_cents, decided_on)
VALUES (1, 'awarded', 1200000, '2026-05-02')" 'already there'
refused "1 two rowids in one row" "INSERT OR REPLACE INTO award
(rowid, project_id, decision, amount_cents, decided_on)
VALUES (1, 2, 'awarded', 1500000, '2026-05-02')" 'already there|exceed'
refused "1 an upsert" "INSERT INTO award
VALUES (1, 'awarded', 1, NULL, '2026-05-02')
ON CONFLICT (project_id) DO UPDATE SET amount_cents = 1500000" 'already there'
refused "1 OR IGNORE does not silence the refusal" "INSERT OR IGNORE INTO award
VALUES (2, 'awarded', 1500000, NULL, '2026-05-02')" "$full"
refused "1 UPDATE OR IGNORE neither" "$(award 2 1000000);
UPDATE OR IGNORE award SET amount_cents = 1500000" "$full"
refused "1 UPDATE OR REPLACE moves no award" \
    "UPDATE OR REPLACE award SET project_id = 5" 'never change'
refused "1 nor by _rowid_" "UPDATE award SET _rowid_ = 5" 'never change'
refused "1 a project moves to no other call" \
    "INSERT INTO call (year, title) VALUES (2028, 'C');
UPDATE project SET call_year = 2028 WHERE id = 5" \
    'never change'
refused "1 an envelope line moves to no other call" \
    "UPDATE envelope_line SET call_year = 2027 WHERE reference = 'vote'" \
    'never change'
refused "1 an envelope line cut under the awards" \
    "UPDATE envelope_line SET amount_cents = 100 WHERE reference = 'vote'" \
    "$full"
refused "1 an envelope line deleted under the awards" \
    "DELETE FROM envelope_line WHERE reference = 'vote'" "$full"
refused "1 a negative line under the awards" "INSERT INTO envelope_line
(call_year, amount_cents, reference) VALUES (2026, -1000001, 'cut')" "$full"
accepted "1 a cut that leaves the awards whole" "INSERT INTO envelope_line
(call_year, amount_cents, reference) VALUES (2026, -1000000, 'cut')"
refused "1 a line replaced by a smaller one" "INSERT OR REPLACE
INTO envelope_line (call_year, amount_cents, reference)
VALUES (2026, 1, 'vote')" 'already there'
refused "1 a line renamed over another" "UPDATE OR REPLACE envelope_line
SET reference = 'vote' WHERE reference = 'more'" 'already there'
refused "1 the year of a call" "UPDATE call SET year = 2030 WHERE year = 2026" \
    'never change'
refused "1 a call deleted" "INSERT INTO call (year, title) VALUES (2028, 'x');
DELETE FROM call WHERE year = 2028" 'never deleted'
refused "1 a call replaced" \
    "INSERT OR REPLACE INTO call (year, title) VALUES (2026, 'x')" \
    'already there'
refused "1 a project deleted" "DELETE FROM project WHERE id = 3" 'never deleted'
refused "1 a negative award makes room, CHECKs off" \
    "PRAGMA ignore_check_constraints = ON;
UPDATE award SET amount_cents = -1" 'request or the cost'
refused "1 an award of an envelope that is not there" "
INSERT INTO call (year, title) VALUES (2028, 'C');
INSERT INTO project (call_year, number, association_id, title,
    requested_cents, received_at, status)
VALUES (2028, 1, 1, 'r', 100, '2028-01-01 10:00', 'eligible');
INSERT INTO award SELECT id, 'awarded', 1, NULL, '2028-05-01' FROM project
WHERE call_year = 2028" "$full"
refused "1 the same with pragmas turned on" "PRAGMA foreign_keys = ON;
PRAGMA recursive_triggers = ON; $(award 2 1000001)" "$full"

refused "1 a view of one's own in place of the invariant" "CREATE TEMP VIEW
invariant_envelope AS SELECT 2026 AS call_year, 'x' AS fault WHERE 0;
$(award 2 1400000)" "$full"
refused "1 a table of one's own in place of the envelope" "CREATE TEMP TABLE
envelope_line AS SELECT 2026 AS call_year, 99999999 AS amount_cents;
$(award 2 1400000)" "$full"
refused "1 a trigger of one's own that raises the award" "CREATE TEMP TRIGGER t
AFTER INSERT ON main.award WHEN NEW.project_id = 2 BEGIN
UPDATE award SET amount_cents = 1500000; END; $(award 2 1000000)" "$full"

# ---- 2: request, cost, bounds and rate
refused "2 an award above the request" "$(award 2 1500001)" 'request|exceed'
refused "2 the cost lowered under the request" \
    "UPDATE project SET cost_cents = 1499999 WHERE id = 2" 'CHECK'
refused "2 an award below the minimum" "$(award 2 49999)" 'minimum and maximum'
accepted "2 an award of the minimum" "$(award 2 50000)"
refused "2 the minimum raised above an award" \
    "UPDATE call SET min_award_cents = 1000001 WHERE year = 2026" \
    'minimum and maximum'
refused "2 the maximum lowered under an award" \
    "UPDATE call SET max_award_cents = 999999 WHERE year = 2026" \
    'minimum and maximum'
accepted "2 the maximum lowered to an award" \
    "UPDATE call SET max_award_cents = 1000000 WHERE year = 2026"
refused "2 the rate lowered under an award" \
    "UPDATE call SET max_rate_bp = 4999 WHERE year = 2026" 'maximum rate'
accepted "2 the rate lowered to an award" \
    "UPDATE call SET max_rate_bp = 5000 WHERE year = 2026"
refused "2 an award beyond the rate" "UPDATE project
SET other_public_cents = 600001 WHERE id = 2; $(award 2 1000000)" 'maximum rate'
accepted "2 an award up to the rate" "UPDATE project
SET other_public_cents = 600000 WHERE id = 2; $(award 2 1000000)"
for change in association_id=2 requested_cents=1400000 minimum_cents=1 \
    cost_cents=1900000 cost_cents=NULL other_public_cents=1; do
    refused "8 $change of a project that is decided" "INSERT INTO association
(name, name_key) VALUES ('Other', 'other');
UPDATE project SET $change WHERE id = 1" 'a decision is recorded'
    accepted "8 ... of one that is not" "INSERT INTO association
(name, name_key) VALUES ('Other', 'other');
UPDATE project SET $change WHERE id = 2"
done
refused "8 the cost of a refused project" "INSERT INTO award
VALUES (2, 'refused', 0, NULL, '2026-05-01');
UPDATE project SET cost_cents = 1900000 WHERE id = 2" 'a decision is recorded'
accepted "8 ... whose decision is taken back" "INSERT INTO award
VALUES (2, 'refused', 0, NULL, '2026-05-01'); DELETE FROM award WHERE project_id = 2;
UPDATE project SET cost_cents = 1900000 WHERE id = 2"
refused "2 an award without a known cost where the rate needs it" \
    "$(award 4 100000)" 'maximum rate'
refused "2 a minimum above the maximum" \
    "UPDATE call SET min_award_cents = 9, max_award_cents = 8
WHERE year = 2027" 'CHECK'

# ---- 5: only eligible projects hold an award
refused "5 an award to a project not yet eligible" "$(award 3 100000)" \
    'only an eligible'
accepted "5 once it is eligible" \
    "UPDATE project SET status = 'eligible' WHERE id = 3; $(award 3 100000)"
for status in received rejected withdrawn; do
    refused "5 $status under an award" "UPDATE project
SET status = '$status', status_reason = 'x' WHERE id = 1" 'only an eligible'
done
refused "5 a reserve to a project that is not eligible" "INSERT INTO award
VALUES (3, 'reserve', 0, NULL, '2026-05-01')" 'only an eligible'
refused "5 a status that does not exist" \
    "UPDATE project SET status = 'great' WHERE id = 2" 'CHECK'
refused "5 rejected without a reason" \
    "UPDATE project SET status = 'rejected' WHERE id = 2" 'CHECK'
refused "5 an award to nothing" "$(award 77 100000)" 'points at nothing'

# ---- 8: what led to the decision is frozen
frozen='the decision is taken'
refused "8 a mark after the decision" "INSERT INTO mark VALUES (2, 2, 1, 0)" \
    "$frozen"
refused "8 a mark changed after it" "UPDATE mark SET value_milli = 0" "$frozen"
refused "8 a mark deleted after it" "DELETE FROM mark" "$frozen"
refused "8 a mark replaced after it" \
    "INSERT OR REPLACE INTO mark VALUES (1, 1, 1, 0)" "$frozen|already there"
refused "8 a recusal after it" "INSERT INTO recusal
(project_id, member_id, reason, declared_on) VALUES (2, 2, 'x', '2026-05-02')" \
    "$frozen"
refused "8 a recusal lifted after it" "UPDATE recusal
SET lifted_on = '2026-05-02', lift_reason = 'x'" "$frozen"
refused "8 a weight after it" \
    "UPDATE criterion SET weight = 99 WHERE call_year = 2026" "$frozen"
refused "8 a criterion after it" "INSERT INTO criterion
(call_year, position, code, code_key, label, weight)
VALUES (2026, 2, 'C2', 'c2', 'l', 1)" "$frozen"
refused "8 a criterion that no mark uses deleted after it" \
    "DELETE FROM criterion WHERE code = 'C9'" "$frozen"
refused "8 a member who marked nothing deleted after it" \
    "DELETE FROM member WHERE name = 'Dan'" "$frozen"
refused "8 a member after it" "INSERT INTO member (call_year, name, name_key)
VALUES (2026, 'Zoe', 'zoe')" "$frozen"
refused "8 the quorum after it" \
    "UPDATE call SET quorum = 1 WHERE year = 2026" "$frozen"
refused "8 the seed of the lot after it" \
    "UPDATE call SET seed = 'lucky' WHERE year = 2026" "$frozen"
refused "8 the step of the rule changed after it" \
    "UPDATE call SET step_cents = 10000 WHERE year = 2026" "$frozen"
refused "8 money reserved for a theme after it" \
    "INSERT INTO call_reserve VALUES (2026, 1, 100000, NULL)" "$frozen"
accepted "8 in a call that is not decided" \
    "INSERT INTO call_reserve VALUES (2027, 2, 100000, NULL)"
refused "8 for the theme of another call" \
    "INSERT INTO call_reserve VALUES (2027, 1, 100000, NULL)" 'another call'
accepted "8 the call's title is not a rule" \
    "UPDATE call SET title = 'better', quorum = quorum WHERE year = 2026"
accepted "8 another call goes on" \
    "INSERT INTO mark VALUES (5, 3, 2, 1000)"

# ---- 8: after the deadline only as late, with a reason
late() { # received reason
    echo "INSERT INTO project (call_year, number, association_id, title,
    requested_cents, received_at, late_reason)
    VALUES (2026, 9, 1, 'p', 100000, '$1', $2)"
}
accepted "8 at the deadline" "$(late '2026-03-01 12:00' NULL)"
refused "8 a minute after" "$(late '2026-03-01 12:01' NULL)" 'reason is needed'
accepted "8 with a reason" "$(late '2026-03-01 12:01' "'post'")"
refused "8 with an empty reason" "$(late '2026-03-01 12:01' "' '")" 'CHECK'
refused "8 the reason removed after the fact" \
    "$(late '2026-03-01 12:01' "'post'");
UPDATE project SET late_reason = NULL WHERE number = 9" 'reason is needed'
refused "8 the moment of receipt moved past the deadline" \
    "UPDATE project SET received_at = '2026-03-02 10:00' WHERE id = 1" \
    'reason is needed'
refused "8 the deadline moved before those who were on time" \
    "UPDATE call SET closes = '2026-01-31 12:00' WHERE year = 2026" \
    'reason is needed'
refused "8 closed early, before those who were on time" \
    "UPDATE call SET closed_at = '2026-01-31 12:00' WHERE year = 2026" \
    'reason is needed'
refused "8 the deadline lifted for one and put back" \
    "UPDATE call SET closes = NULL WHERE year = 2026;
$(late '2026-03-05 12:01' NULL);
UPDATE call SET closes = '2026-03-01 12:00' WHERE year = 2026" \
    'reason is needed'
refused "8 a project takes another number" \
    "UPDATE project SET number = 8 WHERE id = 1" 'never change'

# ---- 9: money, days, times, identifiers
refused "9 cents that are no integer" "$(award 2 100000.5)" 'cannot store'
refused "9 cents that are text" "$(award 2 "'much'")" 'cannot store'
refused "9 an amount of ten thousand billion" "INSERT INTO envelope_line
(call_year, amount_cents, reference) VALUES (2027, 1000000000001, 'x')" 'CHECK'
refused "9 the largest integer" "INSERT INTO envelope_line
(call_year, amount_cents, reference)
VALUES (2027, 9223372036854775807, 'x')" 'CHECK|overflow'
refused "9 the smallest integer" "INSERT INTO envelope_line
(call_year, amount_cents, reference)
VALUES (2027, -9223372036854775807 - 1, 'x')" 'CHECK|overflow'
refused "9 an award of nothing" "$(award 2 0)" 'CHECK'
refused "9 a refusal that pays" "INSERT INTO award
VALUES (2, 'refused', 100, NULL, '2026-05-01')" 'CHECK'
refused "9 a request of nothing" \
    "UPDATE project SET requested_cents = 0 WHERE id = 3" 'CHECK'
for day in 2026-02-30 2025-02-29 2026-13-01 2026-4-1 26-04-01 01/04/2026 \
    now 2461000 '2026-04-01 ' '2026-04-01 10:00' ''; do
    refused "9 the day '$day'" "UPDATE project SET ends_on = '$day'" 'CHECK'
done
accepted "9 the day 2028-02-29" "UPDATE project SET ends_on = '2028-02-29'"
for time in '2026-02-01' '2026-02-01 24:00' '2026-02-01 9:00' \
    '2026-02-30 10:00' '2026-02-01T10:00' '2026-02-01 10:00:00' now; do
    refused "9 the time '$time'" \
        "UPDATE project SET received_at = '$time' WHERE id = 3" 'CHECK'
done
refused "9 the end before the start" "UPDATE project
SET starts_on = '2026-02-02', ends_on = '2026-02-01'" 'CHECK'
accepted "9 a valid SIRET" "UPDATE association SET siret = '73282932000074'"
for siret in 73282932000075 7328293200007 732829320000744 \
    '7328293200007 ' 7328293200007X 00000000000000 2,43E+13; do
    refused "9 the SIRET '$siret'" "UPDATE association SET siret = '$siret'" \
        'CHECK|check digit'
done
refused "9 the SIRET of a new association" "INSERT INTO association
(name, name_key, siret) VALUES ('X', 'x', '73282932000075')" 'check digit'
refused "9 the SIRET of a new agency" "DELETE FROM agency;
INSERT INTO agency (id, name, siret) VALUES (1, 'X', '73282932000075')" \
    'check digit'
refused "9 the SIRET of the agency" "UPDATE agency SET siret = '73282932000075'" \
    'check digit'
accepted "9 La Poste's own rule" "INSERT INTO association
(name, name_key, siret) VALUES ('P', 'p', '35600000000048')"
refused "9 one SIRET for two" "UPDATE association SET siret = '73282932000074';
INSERT INTO association (name, name_key, siret)
VALUES ('X', 'x', '73282932000074')" 'already there'
refused "9 a bad RNA" "UPDATE association SET rna = 'W12345'" 'CHECK'
refused "9 an empty name" "UPDATE association SET name = '  '" 'CHECK'
refused "9 a number below one" \
    "INSERT INTO association (id, name, name_key) VALUES (-1, 'x', 'x')" \
    'CHECK|already there'

# ---- links hold without foreign keys
for row in "project (call_year, number, association_id, title,
requested_cents, received_at) VALUES (2027, 9, 77, 'x', 1, '2027-01-01 10:00')" \
    "envelope_line (call_year, amount_cents, reference) VALUES (2099, 1, 'x')" \
    "mark VALUES (5, 77, 2, 0)" \
    "contact (association_id, role) VALUES (77, 'x')" \
    "project_commune VALUES (5, '75056')"; do
    refused "a row of ${row%% *} that points at nothing" "INSERT INTO $row" \
        'points at nothing'
done
refused "an association with projects deleted" "DELETE FROM association" \
    'still point'
refused "a project given to nobody" \
    "UPDATE project SET association_id = 77 WHERE id = 3" 'points at nothing'
refused "a theme of another call" "UPDATE project SET theme_id = 2 WHERE id = 1" \
    'another call'
accepted "a theme of the call" "UPDATE project SET theme_id = 1 WHERE id = 1"

# ---- before the decision: marks and recusals
cp undecided.db "$CISPD_DB"
accepted "4 a mark on the scale and step" \
    "UPDATE mark SET value_milli = 20000 WHERE member_id = 1"
for value in 20500 -500 12250 12501 1000000; do
    refused "4 a mark of $value thousandths" \
        "UPDATE mark SET value_milli = $value WHERE member_id = 1" 'scale'
done
refused "4 a mark that is no integer" "UPDATE mark SET value_milli = 12.5" \
    'cannot store'
refused "4 a mark replaced, its old value lost" \
    "INSERT OR REPLACE INTO mark VALUES (1, 1, 1, 0)" 'already there'
accepted "4 an abstention" "UPDATE mark SET value_milli = NULL"
refused "4 a mark by a member of another call" \
    "INSERT INTO mark VALUES (2, 3, 1, 1000)" 'not of this call'
refused "4 a mark on a criterion of another call" \
    "INSERT INTO mark VALUES (2, 2, 2, 1000)" 'not of this call'
refused "4 a scale narrowed under the marks" \
    "UPDATE criterion SET scale_hi = 10 WHERE id = 1" 'scale'
refused "4 a step that the marks do not fit" \
    "UPDATE criterion SET step_milli = 1000 WHERE id = 1" 'scale'
accepted "4 a step that they fit" \
    "UPDATE criterion SET step_milli = 250 WHERE id = 1"
out="UPDATE project SET status = 'withdrawn', status_reason = 'x' WHERE id ="
refused "4 a mark on a withdrawn project" \
    "$out 4; INSERT INTO mark VALUES (4, 1, 1, 1000)" 'withdrawn or rejected'
refused "4 on a rejected one" "UPDATE project SET status = 'rejected',
status_reason = 'x' WHERE id = 1; UPDATE mark SET value_milli = 0" \
    'withdrawn or rejected'
accepted "4 the marks given before stay" "$out 1"
accepted "4 on a project that came back" "$out 4;
UPDATE project SET status = 'received' WHERE id = 4;
INSERT INTO mark VALUES (4, 1, 1, 1000)"
refused "4 a criterion whose code has a space" \
    "UPDATE criterion SET code = 'C 1' WHERE id = 1" 'CHECK'
refused "4 a mark by a recused member" \
    "INSERT INTO mark VALUES (2, 1, 1, 1000)" 'recused'
refused "4 an abstention of a recused member" \
    "INSERT INTO mark VALUES (2, 1, 1, NULL)" 'recused'
refused "4 a mark moved to where its member is recused" \
    "UPDATE OR REPLACE mark SET project_id = 2 WHERE member_id = 1" \
    'never change'
refused "4 the recusal deleted" "DELETE FROM recusal" 'never moved or deleted'
refused "4 the recusal moved to another member" \
    "UPDATE recusal SET member_id = 2" 'never moved or deleted'
refused "4 the recusal replaced" "INSERT OR REPLACE INTO recusal
SELECT id, project_id, 2, reason, declared_on, NULL, NULL FROM recusal" \
    'already there'
refused "4 lifted without a reason" "UPDATE recusal
SET lifted_on = '2026-02-02'" 'CHECK'
accepted "4 lifted with a reason, then marked" "UPDATE recusal
SET lifted_on = '2026-02-02', lift_reason = 'left the board';
INSERT INTO mark VALUES (2, 1, 1, 1000)"
refused "4 a recusal of a member of another call" "INSERT INTO recusal
(project_id, member_id, reason, declared_on)
VALUES (1, 3, 'x', '2026-02-01')" 'another call'
recuse="INSERT INTO recusal (project_id, member_id, reason, declared_on)
VALUES (1, 1, 'x', '2026-02-02')"
is "4 a recusal after the marks voids them, in the journal" \
    "$(sql "BEGIN; $recuse;
SELECT count(*) FROM mark WHERE project_id = 1 AND member_id = 1;
SELECT action, old ->> 'value_milli' FROM journal WHERE tab = 'mark'
 ORDER BY id DESC LIMIT 1; ROLLBACK")" "0
delete|12500"
is "4 a recusal that holds again voids them too" "$(sql "BEGIN;
UPDATE recusal SET lifted_on = '2026-02-02', lift_reason = 'x';
INSERT INTO mark VALUES (2, 1, 1, 1000);
UPDATE recusal SET lifted_on = NULL, lift_reason = NULL;
SELECT count(*) FROM mark WHERE project_id = 2; ROLLBACK")" 0
refused "4 marks held on to by a trigger of one's own" "CREATE TEMP TRIGGER keep
BEFORE DELETE ON main.mark BEGIN SELECT RAISE(IGNORE); END; $recuse" 'recused'
refused "4 a member with marks deleted" "DELETE FROM member WHERE id = 1" \
    'still point'
refused "4 a criterion with marks deleted" "DELETE FROM criterion WHERE id = 1" \
    'still point'

# ---- 7: the adopted scenario and the awards
ok "7 two scenarios, one adopted" sql "
INSERT INTO scenario (call_year, name, name_key, rule, envelope_cents,
                      unit_cents, inputs_digest, saved_at)
VALUES (2026, 'one', 'one', 'strict', 2000000, 100, 'x', '2026-04-01 10:00'),
       (2026, 'two', 'two', 'strict', 2000000, 100, 'x', '2026-04-01 10:00');
INSERT INTO scenario_line
SELECT s.id, p.id, p.id, 1, 1, 1, p.requested_cents, 100, 1000000, 0, 'funded', ''
  FROM scenario s, project p WHERE p.id IN (1, 2);
UPDATE scenario SET adopted_at = '2026-04-02 10:00' WHERE name = 'one'"
contradicts='differs from the adopted scenario'
accepted "7 an award as adopted" "$(award 1 1000000)"
refused "7 another amount without a reason" "$(award 1 900000)" "$contradicts"
refused "7 a refusal of what was adopted" \
    "INSERT INTO award VALUES (1, 'refused', 0, NULL, '2026-05-01')" \
    "$contradicts"
refused "7 an award to what was not in it" "UPDATE project
SET status = 'eligible' WHERE id = 3; $(award 3 100000)" "$contradicts"
exception="INSERT INTO award VALUES (1, 'awarded', 900000, 'council',
'2026-05-01')"
accepted "7 another amount with a reason" "$exception"
refused "7 the reason removed after the fact" "$exception;
UPDATE award SET reason = NULL" "$contradicts"
refused "7 an empty reason" "$exception; UPDATE award SET reason = ' '" 'CHECK'
refused "7 the amount changed after the fact" "$(award 1 1000000);
UPDATE award SET amount_cents = 900000" "$contradicts"
refused "7 two adopted scenarios" "UPDATE scenario
SET adopted_at = '2026-04-03 10:00'" 'already adopted'
refused "7 two adopted scenarios by INSERT" "INSERT INTO scenario
SELECT 9, call_year, 'x', 'x', rule, envelope_cents, unit_cents, threshold,
tiers, objective, curve, step_cents, rounding, inputs_digest, saved_at, adopted_at FROM scenario WHERE name = 'one'" \
    'already adopted'
refused "7 an award's scenario un-adopted" "$(award 1 1000000);
UPDATE scenario SET adopted_at = NULL WHERE name = 'one'" "$frozen"
accepted "7 un-adopted before any decision" \
    "UPDATE scenario SET adopted_at = NULL WHERE name = 'one'"
refused "7 adopting what contradicts the awards" "
UPDATE scenario SET adopted_at = NULL WHERE name = 'one'; $(award 1 900000);
UPDATE scenario SET adopted_at = '2026-04-03 10:00' WHERE name = 'two'" \
    "$contradicts"
rewritten='never rewritten'
refused "7 a line of a scenario changed" \
    "UPDATE scenario_line SET award_cents = 900000" "$rewritten"
refused "7 a line of the adopted scenario deleted" \
    "DELETE FROM scenario_line WHERE scenario_id = 1" "$rewritten"
refused "7 a line of the adopted scenario replaced" "INSERT OR REPLACE
INTO scenario_line VALUES (1, 1, 1, 1, 1, 1, 100, 100, 0, 0, 'x', '')" \
    "$rewritten|already there"
refused "7 a line of another scenario replaced" "INSERT OR REPLACE
INTO scenario_line VALUES (2, 1, 1, 1, 1, 1, 100, 100, 0, 0, 'x', '')" \
    'already there'
refused "7 an adopted scenario without lines dropped" "INSERT INTO scenario
SELECT 9, 2027, 'x', 'x', rule, envelope_cents, unit_cents, threshold, tiers,
objective, curve, step_cents, rounding, inputs_digest, saved_at, adopted_at
  FROM scenario WHERE name = 'one';
DELETE FROM scenario WHERE id = 9" 'cannot be dropped'
refused "7 a line added to the adopted scenario" "INSERT INTO scenario_line
VALUES (1, 3, 3, 1, 1, 1, 100, 100, 100, 0, 'x', '')" "$rewritten"
refused "7 a line of another call's project" "INSERT INTO scenario_line
VALUES (2, 5, 3, 1, 1, 1, 100, 100, 100, 0, 'x', '')" 'another call'
refused "7 the parameters of a scenario" \
    "UPDATE scenario SET envelope_cents = 1" "$rewritten"
refused "7 its tiers" "UPDATE scenario SET tiers = '50:50'" "$rewritten"
refused "7 a reserve added to the adopted scenario" "INSERT INTO
scenario_reserve SELECT 1, id, 1, NULL FROM theme WHERE call_year = 2026" \
    "$rewritten"
refused "7 the adopted scenario dropped" "DELETE FROM scenario WHERE id = 1" \
    'cannot be dropped|still point'
accepted "7 another one dropped" "DELETE FROM scenario_line
WHERE scenario_id = 2; DELETE FROM scenario WHERE id = 2"

# ---- 10: the journal
for attempt in "UPDATE journal SET new = NULL" "DELETE FROM journal" \
    "UPDATE seal SET actor = 'nobody'" "DELETE FROM seal" \
    "INSERT OR REPLACE INTO journal VALUES (1, 'x', 'insert', NULL, NULL)" \
    "UPDATE OR REPLACE journal SET id = id + 1" \
    "INSERT INTO journal VALUES (9999, 'x', 'insert', NULL, NULL)" \
    "INSERT INTO journal (rowid, tab, action) VALUES (9999, 'x', 'insert')" \
    "INSERT OR REPLACE INTO seal SELECT * FROM seal" \
    "INSERT INTO seal SELECT 9999, 9998, 9999, sealed_at, actor, acting_as,
     command, entry_checks, digest FROM seal LIMIT 1"; do
    refused "10 ${attempt%%VALUES*}" "$attempt" "$rewritten"
done
entries() { sql "SELECT max(id) FROM journal"; }
before=$(entries)
sql "UPDATE association SET acronym = 'A1';
INSERT OR IGNORE INTO association (name, name_key) VALUES ('Z', 'z');
UPDATE OR IGNORE association SET acronym = 'A2' WHERE name = 'Z';
DELETE FROM association WHERE name = 'Z'"
is "10 every change of the shell is in the journal" \
    "$(($(entries) - before))" 4
is "10 ... with the row before and after" "$(sql "SELECT old ->> 'acronym',
new ->> 'acronym' FROM journal WHERE id = $((before + 3))")" "|A2"
sql "CREATE TEMP TABLE journal (tab, action, old, new);
UPDATE association SET acronym = 'A3'"
is "10 a journal of one's own does not draw entries away" "$(sql "SELECT
new ->> 'acronym' FROM journal ORDER BY id DESC LIMIT 1")" A3
every=$(sql "SELECT count(*) FROM sqlite_schema WHERE type = 'table'
AND name NOT LIKE 'sqlite%' AND name NOT IN ('journal', 'seal')")
is "10 every change of a table is written down, or never done" "$(sql "SELECT
count(*) FROM sqlite_schema WHERE type = 'trigger'
AND tbl_name NOT IN ('journal', 'seal')
AND (name GLOB 'after_*' OR sql GLOB '* WHERE 1; END')")" \
    $((3 * every))
done_testing
