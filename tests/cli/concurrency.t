#!/bin/bash
# Two processes at once award the last euros: exactly one gets them.
. "$(dirname "$0")/lib.sh"
command -v sqlite3 >/dev/null || skip_all "no sqlite3 shell"

ok "a database" cispd init --agency Test
ok "a call" cispd call add 2026 --title Aid --envelope 1000
ok "an association" cispd association add Assoc
for i in 1 2 3 4; do
    cispd project add --association Assoc --title "P$i" --requested 1000 \
        --cost 2000 --received "2026-02-01 10:00" -q >/dev/null
    ok "project $i is eligible" cispd project check $i --document CER \
        --document RIB --document BUDGET --eligible
done
cp "$CISPD_DB" start.db

# Runs two commands at the same moment; their exit codes go to $codes, the
# smaller first.
race() {
    "$1" >out1 2>err1 &
    local one=$! a=0 b=0
    "$2" >out2 2>err2 || b=$?
    wait $one || a=$?
    codes=$(printf '%s\n' $a $b | sort -n | tr '\n' ' ')
}
first() { cispd award set 1 1000; }
second() { cispd award set 2 1000; }
shell() {
    sqlite3 -cmd '.timeout 5000' "$CISPD_DB" "INSERT INTO award
        VALUES (2, 'awarded', 100000, NULL, '2026-05-01')"
}
cut() { cispd envelope add --amount -1000 --reference cut; }
awarded() {
    sql "SELECT awarded_cents || ' of ' || envelope_cents FROM budget"
}

won=0 whole=0 refused=0
for _ in $(seq 15); do
    race first second
    case $codes in "0 1 " | "0 75 ") won=$((won + 1)) ;; esac
    [ "$(awarded)" = "100000 of 100000" ] && whole=$((whole + 1))
    cat err1 err2 | grep -Eq 'left|exceed|envelope|try again' &&
        refused=$((refused + 1))
    for p in 1 2; do
        cispd award clear $p --reason "next round" >/dev/null 2>&1
    done
done
is "of two awards of the last 1 000 EUR one wins, 15 times" $won 15
is "the sum holds each time" $whole 15
is "and the other is told why" $refused 15
runs 0 "the journal is whole and sealed" verify
is "with every award and every clearance" "$(sql "SELECT count(*) FROM journal
WHERE tab = 'award' AND action IN ('insert', 'delete')")" 30

won=0
for _ in $(seq 10); do
    cp start.db "$CISPD_DB"
    race first shell
    [ "${codes%% *}" = 0 ] && [ "$codes" != "0 0 " ] &&
        [ "$(awarded)" = "100000 of 100000" ] && won=$((won + 1))
done
is "against the plain shell too, 10 times" $won 10

won=0
for _ in $(seq 10); do
    cp start.db "$CISPD_DB"
    race first cut
    case "$codes$(awarded)" in
    "0 1 100000 of 100000" | "0 1 0 of 0") won=$((won + 1)) ;;
    esac
done
is "an award and the cut of its envelope, 10 times" $won 10

cp start.db "$CISPD_DB"
writers=
for p in 1 2 3 4; do
    (
        for i in $(seq 10); do
            cispd project edit $p --title "P$p edited $i" -q >/dev/null 2>&1 ||
                exit 1
        done
    ) &
    writers="$writers $!"
done
lost=0
for w in $writers; do wait "$w" || lost=$((lost + 1)); done
is "four writers wait for each other" $lost 0
is "and none of their changes is lost" "$(sql "SELECT count(*) FROM journal
WHERE tab = 'project' AND action = 'update' AND new ->> 'title' GLOB '*edited*'")" 40
runs 0 "and every one is sealed" verify

# A reader that stays open does not stop the others for ever, nor they it.
(
    echo 'BEGIN; SELECT count(*) FROM award;'
    sleep 1
    echo 'COMMIT;'
) | sqlite3 "$CISPD_DB" >/dev/null &
reader=$!
runs 0 "a writer waits for a reader" award set 3 1000
wait $reader
(
    echo 'BEGIN; SELECT count(*) FROM award;'
    sleep 8
) | sqlite3 "$CISPD_DB" >/dev/null &
holder=$!
sleep 0.5
runs 75 "one that stays stops it in the end" award clear 3 --reason again
is "and nothing is told that is not kept" "$out" ""
is "nor kept" "$(sql "SELECT amount_cents FROM award WHERE project_id = 3")" 100000
kill $holder 2>/dev/null
wait $holder 2>/dev/null
(
    echo 'BEGIN IMMEDIATE;'
    sleep 8
) | sqlite3 "$CISPD_DB" >/dev/null &
holder=$!
sleep 0.5
runs 0 "a reader does not wait for a writer" budget
runs 75 "a second writer gives up in the end" award refuse 4
like "and says so" "$err" 'try again'
kill $holder 2>/dev/null
wait $holder 2>/dev/null
runs 0 "then it can" award refuse 4
done_testing
