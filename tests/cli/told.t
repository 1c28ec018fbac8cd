#!/usr/bin/env bash
# What is told besides the figures: why an equal score stands behind, marks that
# are not listed, what a rule would refuse, who may wait, a missing date.
. "$(dirname "$0")/lib.sh"
. "$HERE/lib_marks.sh"
small_call --threshold 50
project 9000 9000
project 8000 8000
project 3000 3000
for i in 1 2; do marks $i 16 16 16 16 16 16; done
marks 3 9.5 9.5 9.5 9.5 9.5 9.5

out=$(cispd allocate 1 --envelope 8000 --explain)
like "an equal score is told what parted it" "$(echo $out)" \
    "same score as rank 1, which the tie-break puts before it: smaller request\."
no "who is before is told nothing of it" \
    grep -q "tie-break" <<<"$(cispd allocate 2 --envelope 8000 --explain)"
out=$(cispd allocate 3 --explain)
is "marks that are not listed are counted" \
    "$(grep -c ' instead of ' <<<"$out") $(grep -oE 'and [0-9]+ marks? more' <<<"$out")" \
    "5 and 1 mark more"

### Those under a minimum do not wait for money
cispd allocate --save s --envelope 8000 -q >/dev/null
ok "adopted" cispd scenario adopt s -q
ok "decided" cispd award set --all --reserve -q
is "one waits, the other is refused" "$(sql "SELECT group_concat(decision)
    FROM (SELECT decision FROM award ORDER BY project_id)")" "reserve,awarded,refused"
for i in 1 2 3; do cispd award clear $i --reason "essai" -q; done

### What the rule would refuse as a whole is no way to be funded
sql "UPDATE project SET requested_cents = 300050, minimum_cents = NULL WHERE number = 3"
cispd allocate --rule proportional --unit 1 --format json >p.json
is "no score is promised" "$(sqlite3 :memory: "SELECT count(*) FROM
    json_tree(readfile('p.json')) WHERE fullkey LIKE '%[2]%score_needed%'
      AND key = 'answer' AND value = 'never'")" 1

### A file that does not say when it was received
ok "a deadline" cispd call edit --closes "2026-03-02 12:00" -q
printf 'Association;Titre;Montant demandé\nAlpha;T;100\n' >n.csv
runs 65 "after the deadline" import projects n.csv --now "2026-03-05 10:00"
like "asks for the day first" "$err" "does not say when .* --set received_at=DAY"
runs 0 "which may be said" import projects n.csv --set received_at=2026-01-15 \
    --now "2026-03-05 10:00"
done_testing
