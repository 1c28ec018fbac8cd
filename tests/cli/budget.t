#!/bin/bash
# The budget line: its names, its totals against the tables themselves.
. "$(dirname "$0")/lib.sh"

ok "init" cispd init
runs 66 "no call, no budget" budget
ok "call" cispd call add 2026 --title AAP --envelope 20000
ok "association" cispd association add "Relais du Val"
for amount in 3000 "4 500,50" 2000 1000 700 600; do
    cispd -q project add --association relais --title "P $amount" \
        --requested "$amount" >/dev/null
done
sql "UPDATE project SET status = 'eligible' WHERE number IN (1, 2, 3, 6);
     INSERT INTO award VALUES (1, 'awarded', 250000, NULL, '2026-06-01'),
                              (2, 'awarded', 450050, NULL, '2026-06-01'),
                              (3, 'reserve', 0, NULL, '2026-06-01'),
                              (6, 'refused', 0, NULL, '2026-06-01')"
ok "one withdrawn" cispd project withdraw 4 --reason "moved"
ok "one rejected" cispd project reject 5 --reason "elsewhere"
ok "the envelope grows" cispd envelope add --amount 1500,25 --reference D2
ok "and is cut" cispd envelope add --amount -500 --reference D3

runs 0 "JSON" budget --format json
is "the names and their order" \
    "$(printf '%s\n' "$out" | sed -n 's/^  "\([a-z_]*\)":.*/\1/p' | xargs)" \
    "call envelope_cents requested_cents awarded_cents available_cents \
committed_cents paid_cents recovered_cents to_pay_cents received eligible \
funded reserve refused"
is "one call is one object" "$(printf '%s' "$out" | head -c 1)" "{"
value() { printf '%s\n' "$out" | sed -n "s/^ *\"$1\": \(.*[0-9]\),*$/\1/p"; }
is "the envelope is the sum of its lines" "$(value envelope_cents)" \
    "$(sql "SELECT sum(amount_cents) FROM envelope_line")"
is "withdrawn and rejected projects ask for nothing" \
    "$(value requested_cents)" "$(sql "SELECT sum(requested_cents) FROM project
        WHERE status NOT IN ('withdrawn', 'rejected')")"
is "but they came in" "$(value received)" 6
is "awards are summed" "$(value awarded_cents)" \
    "$(sql "SELECT sum(amount_cents) FROM award")"
is "what is left" "$(value available_cents)" $((2100025 - 700050))
is "counts" "$(value eligible) $(value funded) $(value reserve) $(value refused)" \
    "4 2 1 1"

runs 0 "CSV" budget --format csv
is "the same names" "$(printf '%s\n' "$out" | sed -n '1s/^\xef\xbb\xbf//p' |
    tr -d '\r')" "call;envelope_eur;requested_eur;awarded_eur;\
available_eur;committed_eur;paid_eur;recovered_eur;to_pay_eur;\
received;eligible;funded;reserve;refused"
runs 0 "the table" budget
like "in euros" "$out" "Available +13,999\.75"
like "the share, rounded down" "$out" "33\.3.% of the envelope"
cispd envelope add --amount -13970,25 --reference D4 -q
runs 0 "with little left" budget
like "99.96 are not yet 100" "$out" "^99\.[0-9].% of the envelope"
like "in French with a comma" "$(cispd budget --lang fr)" "^99,[0-9].%"
cispd envelope add --amount 13970,25 --reference D5 -q
no "no bar in a file" grep -q "█" <<<"$out"
if script -qec true /dev/null >/dev/null 2>&1 </dev/null; then
    script -qec "$CISPD budget" /dev/null >screen.txt </dev/null
    ok "a bar on a terminal" grep -q "█░" screen.txt
fi

# several calls
ok "another call" cispd call add 2027 --title AAP --envelope 30000
runs 0 "all calls" budget --format json
is "are a list" "$(printf '%s' "$out" | head -c 1)" "["
is "of two" "$(printf '%s\n' "$out" | grep -c '"call"')" 2
runs 0 "side by side" budget
is "one line each" "$(printf '%s\n' "$out" | grep -c '^202[67]')" 2
runs 0 "one by its year" budget 2027 --format json
is "is that one" "$(value envelope_cents)" 3000000
runs 0 "or by --call" budget --call 2026 --format json
is "is the other" "$(value received)" 6
is "nothing of one is in the other" \
    "$(cispd budget 2027 --format json | grep -c ': 0')" 11
runs 66 "a year without a call" budget 2028
runs 2 "a year that is none" budget soon
runs 2 "two years" budget 2026 --call 2027
runs 2 "two words" budget 2026 2027
done_testing
