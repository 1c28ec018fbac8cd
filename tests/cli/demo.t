#!/usr/bin/env bash
# The demo plays through, and holds what it promises to show.
. "$(dirname "$0")/lib.sh"

unset CISPD_DB CISPD_NOW
export XDG_DATA_HOME="$BOX/data"
ok "the demo plays" sh "$TOP/demo-call/play.sh" "$BOX/demo"
shown=$(cat "$BOX/.out")
export CISPD_DB="$BOX/demo/cispd.db"
ok "the workbook of the meeting and that of the decisions are there" \
    unzip -tq "$BOX/demo/*-2026.xlsx"
is "both" "$(find "$BOX/demo" -name '*-2026.xlsx' | wc -l)" 2
like "it ends with the budget" "$shown" '^100.*% of the envelope is awarded'
is "every command is shown before what it prints" \
    "$(printf '%s\n' "$shown" | grep -c '^\$ cispd')" \
    "$(grep -cE '^(run|refused|part) ' "$TOP/demo-call/play.sh" |
        awk '{ print $1 + 6 + 2 }')" # 7 members and 3 projects are in loops

is "26 applications and 7 members" \
    "$(sql 'SELECT (SELECT count(*) FROM project),
                   (SELECT count(*) FROM member)')" "26|7"
is "every place of the applications is one of the territory" \
    "$(sql 'SELECT count(*) FROM project WHERE communes_raw IS NOT NULL')" 0
is "the totals of the two files and of the two paper forms" \
    "$(sql 'SELECT sum(requested_cents) FROM project')" \
    "$(((24550 + 13450 + 2000 + 1700) * 100))"
is "the envelope is awarded to the cent, without the view" \
    "$(sql "SELECT (SELECT sum(amount_cents) FROM envelope_line)
                 - (SELECT sum(amount_cents) FROM award)")" 0
is "what the budget shows as requested" \
    "$(cispd budget --format json | tr -d ' ' | grep -o '"requested_cents":[0-9]*')" \
    "$(sql "SELECT '\"requested_cents\":' || sum(requested_cents) FROM project
             WHERE status IN ('received', 'eligible')")"
is "one award is partial: what was left, above the minimum" \
    "$(sql "SELECT p.ref, w.amount_cents, p.minimum_cents, p.requested_cents
              FROM award w JOIN project p ON p.id = w.project_id
             WHERE w.amount_cents > 0
               AND w.amount_cents < min(p.requested_cents,
                   8 * p.cost_cents / 10 - p.other_public_cents)")" \
    "2026-013|61000|60000|140000"
is "its score is exactly that of the one before, which was paid in full" \
    "$(sql "SELECT count(DISTINCT score_num * 1.0 / score_den), count(*)
              FROM scenario_line l JOIN project p ON p.id = l.project_id
              JOIN scenario s ON s.id = l.scenario_id
             WHERE s.adopted_at IS NOT NULL AND p.number IN (13, 22)
               AND (SELECT sum(m.value_milli * c.weight) FROM mark m
                      JOIN criterion c ON c.id = m.criterion_id
                     WHERE m.project_id = p.id)
                 = (SELECT sum(m.value_milli * c.weight) FROM mark m
                      JOIN criterion c ON c.id = m.criterion_id
                      JOIN project q ON q.id = m.project_id
                     WHERE q.number = 22)")" "1|2"
like "another tie is drawn by lot" "$shown" '2026-015 .*decided by: lot'
is "a late file with its reason, a withdrawn and a rejected one" \
    "$(sql "SELECT group_concat(number) FROM project
             WHERE late_reason IS NOT NULL OR status_reason IS NOT NULL")" \
    "19,23,26"
is "five recusals, and not one mark of a recused member" \
    "$(sql 'SELECT count(*), (SELECT count(*) FROM mark m JOIN recusal r
              ON r.project_id = m.project_id AND r.member_id = m.member_id)
              FROM recusal')" "5|0"
like "one was below the quorum until the meeting" "$shown" \
    '2026-024  Usable sheets: 3; needed: 4'
is "the one with documents missing is undecided" \
    "$(sql "SELECT number, (SELECT count(*) FROM project_document d
             WHERE d.project_id = p.id) FROM project p
             WHERE status = 'received'")" "14|1"
for book in comite decisions; do
    is "the shelter's address is not in $book-2026.xlsx" \
        "$(unzip -p "$BOX/demo/$book-2026.xlsx" | grep -c 'seul CISPD')" 0
done
ok "verify passes" cispd verify
ok "check passes" cispd check
touch "$BOX/demo/mine.txt"
books=$(cat "$BOX"/demo/*.xlsx | cksum)
(unset CISPD_DB && sh "$TOP/demo-call/play.sh" "$BOX/demo" >"$BOX/.again" 2>&1)
is "played again it shows the same" "$(cat "$BOX/.again")" "$shown"
is "and its workbooks have the same bytes" \
    "$(cat "$BOX"/demo/*.xlsx | cksum)" "$books"
ok "and leaves alone what is not its own" test -f "$BOX/demo/mine.txt"
done_testing
