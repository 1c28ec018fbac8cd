#!/bin/bash
# The accountant adds up the committee's workbook, whatever has happened to
# the call: every total is that of `cispd budget`, or of the decisions.
. "$(dirname "$0")/lib.sh"
. "$HERE/make-call.sh"
command -v ssconvert >/dev/null || skip_all "gnumeric is not installed"
command -v unzip >/dev/null || skip_all "unzip is not installed"

# sheet, heading: the figure of the card of that name, in cents
card() {
    awk -F'\t' -v s="$1" -v h="$2" '$1 != s { next }
        $2 == want { printf "%.0f", $4 * 100; exit }
        $4 == h && want == "" { want = $2; row = $2; gsub(/[0-9]/, "", want)
            gsub(/[A-Z]/, "", row); want = want (row + 1) }' cells
}
# sheet, heading: the sum below the column, in cents
total() {
    awk -F'\t' -v s="$1" -v h="$2" '$1 == s { c = $2; sub(/[0-9]+/, "", c)
        if ($4 == h) under[c] = 1
        if ($3 ~ /^=SUM\([A-Z]+[0-9]/ && under[c] && !n++) printf "%.0f", $4 * 100 }' cells
}
audit() { # what has happened
    ok "$1: a workbook" cispd report committee -o b.xlsx --force -q
    perl "$HERE/xlsx.pl" cells b.xlsx >cells
    budget=$(cispd budget --format json | tr -d ' \n')
    counted=$(sql "SELECT sum(coalesce(w.amount_cents, 0)) FROM award w")
    for pair in "Envelope envelope" "Requested requested" "Awarded awarded" \
        "Still_available available"; do
        name=${pair% *}
        is "$1: ${name/_/ }" "$(card Summary "${name/_/ }")" \
            "$(echo "$budget" | grep -oE "\"${pair#* }_cents\":-?[0-9]+" | cut -d: -f2)"
    done
    is "$1: the ranking holds what is requested" "$(total Ranking Requested)" \
        "$(card Summary Requested)"
    is "$1: and so do the themes" "$(total Summary Requested)" \
        "$(card Summary Requested)"
    is "$1: what is counted is the same on both sheets" \
        "$(card Summary 'Decided, else proposed') $(card Summary 'Left of the envelope')" \
        "$(total Ranking 'Amount counted') $(card Ranking 'Left of the envelope')"
    is "$1: the awards are those of the database" \
        "$(awk -F'\t' '$1 == "Parameters" && $4 == "Awards decided" { on = 1 }
            on && $1 == "Parameters" && $3 ~ /^=SUM/ { printf "%.0f", $4 * 100 }' cells)" \
        "$counted"
    is "$1: all controls agree" "$(awk -F'\t' '$1 == "Parameters" &&
        $3 ~ /"ok"/ { print $4 }' cells | sort -u)" ok
}
ref() { awk -F'\t' -v c="B$1" '$1 == "Ranking" && $2 == c { print $4 }' cells; }

make_call 25 7 || exit 1
audit "nothing is decided"
first=$(ref 8) second=$(ref 9) third=$(ref 10)
sql "UPDATE project SET title = '=1+1' || char(10) || '@\"''&<' || char(127881)
        || printf('%.*c', 200, 'x') WHERE ref = '$first'"
audit "a title of 200 odd characters"
last=$(sql "SELECT ref FROM project WHERE status = 'eligible' AND id NOT IN
    (SELECT project_id FROM mark GROUP BY 1 HAVING count(DISTINCT member_id) > 2)")
cispd project reject "$last" --reason "Trop peu de notes" -q
cispd allocate --save Voted -q >/dev/null
ok "the allocation is adopted" cispd scenario adopt Voted -q
audit "a scenario is adopted"
ok "an award differs from it" cispd award set "$first" 900 --reason Moins -q
audit "an award differs"
is "the ranking counts the award" "$(awk -F'\t' '$1 == "Ranking" &&
    $2 == "I8" { print $4 }' cells)" 900
ok "a project is withdrawn" cispd project withdraw "$second" --reason Parti -q
audit "a project is withdrawn after that"
ok "the envelope is cut" cispd envelope add --amount -500 --reference Coupe -q
audit "the envelope is cut"
ok "a project is refused" cispd award refuse "$third" --reason Refus -q
audit "a project is refused"
is "and is counted as nothing" "$(awk -F'\t' -v p="$third" '
    $1 == "Ranking" && $4 == p { sub(/[A-Z]+/, "", $2); at = "I" $2 }
    $1 == "Ranking" && $2 == at { print $4; exit }' cells)" 0
ssconvert --recalc b.xlsx again.xlsx >/dev/null 2>&1
ok "every formula agrees still" perl "$HERE/xlsx.pl" compare b.xlsx again.xlsx
done_testing
