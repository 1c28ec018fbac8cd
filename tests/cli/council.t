#!/bin/bash
# The workbook once the council decides: what was proposed and what was decided
# stand apart, and no explanation contradicts the decision beside it.
. "$(dirname "$0")/lib.sh"
. "$HERE/make-call.sh"

book() { # the workbook anew, its cells in the file `cells`
    cispd report committee -o b.xlsx --force -q && perl "$HERE/xlsx.pl" cells b.xlsx >cells
}
cell() { awk -F'\t' -v s="$1" -v c="$2" '$1 == s && $2 == c { print $4 }' cells; }
row() { # project: its row on the ranking sheet
    awk -F'\t' -v p="$1" '$1 == "Ranking" && $4 == p { sub(/[A-Z]+/, "", $2); print $2; exit }' cells
}
cents() { cell "$1" "$2" | awk '{ printf "%.0f", $1 * 100 }'; }
proposed_by_theme() {
    awk -F'\t' '$1 == "Summary" && $3 ~ /^=SUM\(G/ { printf "%.0f", $4 * 100 }' cells
}

make_call 25 7 || exit 1
cispd call edit --max-award 1800 -q 2>/dev/null
cispd allocate --save Voted -q >/dev/null
sql "UPDATE scenario SET adopted_at = '2026-03-01 10:00'"
voted=$(sql 'SELECT sum(award_cents) FROM scenario_line')
ok "before any decision" book
is "what is proposed is what is counted" \
    "$(cents Summary A9) $(cents Summary C9) $(proposed_by_theme)" "$voted $voted $voted"
capped=$(cell Ranking B9)
first=$(cell Ranking B8)
was=$(cell Ranking G8)

ok "the council gives one less" cispd award set "$first" 800 --reason "Seen with them" -q
ok "and the others what was proposed" cispd award set --all -q
ok "the workbook of the decisions" book
decided=$(sql 'SELECT awarded_cents FROM budget')
is "what was proposed is not what was decided" \
    "$(cents Summary A9) $(proposed_by_theme) $(cents Summary E5) $(cents Summary C9)" \
    "$voted $voted $decided $decided"
r=$(row "$first")
is "less than proposed is a part" "$(cell Ranking "H$r")" "Fund in part"
like "why says what was decided" "$(cell Ranking "L$r")" \
    "^Decided on 2026-03-01: 800.00.€. Seen with them"
like "what was proposed, and why" "$(grep -A3 "^Ranking	L$r	" cells | tr '\n' ' ')" \
    "It was proposed: $(echo "$was" | sed 's/^1/1,/').*Funded in full"
r=$(row "$capped")
is "all that the rules allow is the whole" \
    "$(cell Ranking "G$r") $(cell Ranking "H$r") $(cell Ranking "K$r")" "1800 Fund ok"
is "all controls are ok" "$(awk -F'\t' '$1 == "Parameters" && $3 ~ /"ok"/ { print $4 }' cells |
    sort -u)" ok

ok "the envelope is cut: the scenario holds no more" cispd envelope add \
    --amount "$(cispd budget --format json | sed -n 's/.*"available_cents": *\([0-9]*\).*/-\1/p' |
        sed 's/..$/.&/')" --reference DM4
ok "the workbook then" book
is "still tells what was proposed" "$(cents Summary A9) $(proposed_by_theme)" "$voted $voted"
like "and why" "$(cat cells | grep -A3 "^Ranking	L$(row "$first")	" | tr '\n' ' ')" \
    "Decided on .*It was proposed: .*Funded in full"

# without a proposal there is none to show
rm -f cispd.db
make_call 25 7 || exit 1
cispd award set 15 700 --reason "At once" -q 2>/dev/null
ok "a decision that followed no proposal" book
is "is not shown as one" "$(($(cents Summary C9) - $(cents Summary A9)))" 70000
done_testing
