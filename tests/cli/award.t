#!/bin/bash
# Decisions: every refusal comes with the figures, before the schema speaks.
. "$(dirname "$0")/lib.sh"
. "$HERE/lib_marks.sh"
small_call --min-award 300 --max-award 9000
project 9000 2000
project 8000 4000
project 7000 3000
project 2000 1000
cispd project add --association relais --title Tardif --requested 500 -q \
    >/dev/null
for i in 1 2 3 4; do marks $i 1$i 10 10 10 10 10; done
decision() { sql "SELECT decision, amount_cents, coalesce(reason, '-')
    FROM award WHERE project_id = $1"; }

# ----------------------------------------------- without an adopted scenario
runs 1 "--all needs an adopted scenario" award set --all
runs 0 "an award" award set 4 "1 500,50"
is "as typed" "$(decision 4)" "awarded|150050|-"
like "what is left is told" "$out" "18,499.50"
like "that the first one freezes the marks too" "$err" "freezes"
runs 0 "a try on what is decided in part" allocate
like "says that it shares all" "$out" "1 project is decided already"
runs 0 "changed" award set 2026-004 2000
runs 1 "not above the request" award set 4 2000,01
like "with the request" "$err" "requested 2,000.00"
runs 1 "not under the least award" award set 4 299,99
runs 1 "not above the largest award" award set 1 9000,01
runs 1 "not nothing" award set 4 0
runs 2 "not words" award set 4 beaucoup
runs 2 "an amount is needed" award set 4
runs 66 "a project that is not there" award set 99 500
runs 1 "not before eligibility" award set 5 500
like "what to do" "$err" "project check 2026-005"
runs 1 "nor on reserve" award reserve 5
runs 0 "but it may be refused" award refuse 5
ok "9 000" cispd award set 1 9000
ok "8 000" cispd award set 2 8000
runs 1 "the envelope holds" award set 3 1000,01
like "to the euro" "$err" "only 1,000.00.* are left"
runs 0 "the last euros" award set 3 1000
is "all is awarded" "$(sql 'SELECT available_cents FROM budget')" 0
runs 1 "own money counts once" award set 3 1001
runs 0 "a dry run" award set 3 500 --dry-run
is "changes nothing" "$(decision 3)" "awarded|100000|-"
runs 2 "clear needs a reason" award clear 3
runs 0 "clear" award clear 3 --reason "erreur de saisie"
is "is gone" "$(decision 3)" ""
is "the journal keeps the reason" "$(sql "SELECT count(*) FROM journal
    WHERE tab = 'award' AND action = 'delete'
      AND json_extract(old, '\$.reason') = 'erreur de saisie'")" 1
runs 66 "clear what is not decided" award clear 3 --reason x
for i in 1 2 4 5; do cispd award clear $i --reason essai -q; done

sql "UPDATE call SET max_rate_bp = 2000;
     UPDATE project SET other_public_cents = 900000 WHERE number = 4"
runs 1 "the rate of public money" award set 4 1000,01
like "with what it leaves" "$err" "at most 1,000.00"
runs 0 "within it" award set 4 1000 --dry-run
no "there is nothing to warn of" grep -q "not known" <<<"$err"
sql "UPDATE project SET other_public_cents = NULL WHERE number = 4"
runs 0 "other public money that is not known counts 0" \
    award set 4 2000 --dry-run
like "and is told" "$err" "not known, and counted as 0 in the maximum rate"
sql "UPDATE project SET cost_cents = NULL WHERE number = 4"
runs 1 "needs the cost" award set 4 500
like "what to do" "$err" "project edit 2026-004 --cost"
sql "UPDATE call SET max_rate_bp = NULL"

# -------------------------------------------------- with an adopted scenario
cispd allocate --save jury -q >/dev/null
ok "adopt" cispd scenario adopt jury
is "what it gives" "$(sql 'SELECT group_concat(award_cents) FROM
    (SELECT award_cents FROM scenario_line ORDER BY project_id)')" \
    "300000,800000,700000,200000,0"
runs 1 "another amount needs a reason" award set 1 2999
like "the scenario's is told" "$err" '"jury" gives 2026-001 3,000.00'
runs 1 "so does a refusal" award refuse 1
runs 1 "and a reserve" award reserve 1
runs 0 "with a reason" award set 1 2999 --reason "arrondi du conseil"
is "which stays" "$(decision 1)" "awarded|299900|arrondi du conseil"
runs 0 "the same amount needs none" award set 1 3000
cispd envelope add --amount -100 --reference cut -q 2>/dev/null
runs 1 "what the scenario gives does not fit any more" award set 2 8000
runs 0 "what it gives nothing to costs nothing" award refuse 5
cispd award clear 5 --reason "plus tard" -q
cispd envelope add --amount 100 --reference back -q 2>/dev/null
runs 2 "--all goes alone" award set 2 --all
runs 2 "--reserve goes with --all" award set 2 8000 --reserve
runs 0 "--all" award set --all --reserve
like "counts" "$out" "3 projects decided"
like "and says who waits" "$err" "1 project is not decided"
is "all as proposed" "$(sql 'SELECT group_concat(amount_cents) FROM
    (SELECT amount_cents FROM award ORDER BY project_id)')" \
    "300000,800000,700000,200000"
runs 0 "--all again" award set --all
like "has nothing to do" "$out" "0 projects decided"
runs 0 "list" award list
like "the decisions" "$out" "2026-004 .*awarded"
like "and what waits" "$out" "2026-005 "

# ------------------------------------ with amounts set by hand in a scenario
for i in 1 2 3 4; do cispd award clear $i --reason "autre essai" -q; done
cispd allocate --force 1=2500 --force 3=0 --save forced -q >/dev/null
ok "adopt it" cispd scenario adopt forced
runs 1 "--all does not decide them" award set --all
like "names them" "$err" '\(2026-001, 2026-003\)'
is "and decides nothing" "$(sql 'SELECT count(*) FROM award')" 0
runs 1 "the amount set by hand needs a reason" award set 1 2500
like "says so" "$err" "2026-001 was set by hand .*\"forced\""
runs 1 "so does nothing at all" award refuse 3
no "nor without one, for the schema" sql "INSERT INTO award
    VALUES (1, 'awarded', 250000, NULL, '2026-06-01')"
runs 0 "with a reason" award set 1 2500 --reason "engagement du conseil"
runs 0 "each" award refuse 3 --reason "déjà financé"
no "the reason is not taken away" \
    sql "UPDATE award SET reason = NULL WHERE project_id = 1"
runs 0 "the rest follows" award set --all
like "counts it" "$out" "2 projects decided"
for i in 1 2 3 4; do cispd award clear $i --reason "autre essai" -q; done
ok "all is decided again" cispd award set 4 2000 --reason x
cispd award clear 4 --reason "à revoir" -q
sql "UPDATE project SET status = 'withdrawn', status_reason = 'x'
      WHERE number = 4"
runs 1 "nothing is decided on a withdrawn project" award refuse 4
done_testing
