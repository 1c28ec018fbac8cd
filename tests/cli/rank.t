#!/bin/bash
# The ranking as typed: scores, ties, and projects that cannot be ranked.
. "$(dirname "$0")/lib.sh"
. "$HERE/lib_marks.sh"

no "without a call there is nothing to rank" cispd rank
small_call
field() { # name of a field, line of the ranking
    cispd rank --format json 2>/dev/null |
        perl_json "\$j->{projects}[$2]{$1}"
}
is "an empty call is ranked too" "$(cispd rank --format json | tr -d ' \n')" \
    '{"call":2026,"members":3,"quorum":2,"projects":[]}'

project 4800 3000
project 5000 2500
project 3600 2000
project 3200 1500
project 900 900
marks 1 14 12 13 15 16 11.5
marks 2 14 12 13 15 16 11.5
marks 3 18 18 x 17 - -
marks 4 10 10 - - 20 -
marks 5 20 20 20 20 20 20

is "the best comes first" "$(field id 0)" 2026-005
is "a score is out of 100" "$(field score 0)" 100.00
# (14*3+12 + 13*3+15 + 16*3+11.5) / 3 / 80 = 167.5 / 240
is "the exact score is a fraction" "$(field score_num 1)/$(field score_den 1)" \
    670/960
is "a tie names its step" "$(field tie_break 1)" request
is "both projects name it" "$(field tie_break 2)" request
is "equal scores keep distinct ranks" "$(field rank 1)$(field rank 2)" 23
is "no tie, no step" "$(field tie_break 0)" -

is "a project below the quorum has no rank" "$(field id 3)$(field rank 3)" \
    2026-003-
is "an abstention is counted apart" \
    "$(field counted 3)$(field abstained 3)$(field recused 3)$(field missing 3)" \
    1101
is "a half-filled sheet keeps a project out" "$(field rankable 4)" 0
runs 0 "the table names the hole" rank
like "who and on what" "$out" "2026-004 +Half-filled sheets: Chloé \(C2\)"
like "the quorum" "$out" "2026-003 +Usable sheets: 1; needed: 2"

runs 0 "under exclude" call edit 2026 --missing exclude
is "the sheet is left out" "$(field missing 4)" 2
runs 0 "under renormalise" call edit 2026 --missing renormalise
is "the sheet counts on what it marks" "$(field score 2) $(field id 2)" \
    "75.00 2026-004"
runs 0 "and is named" rank
like "in a note" "$out" "2026-004 .*Counted on the criteria .*: Chloé"
cispd call edit 2026 --missing block -q

ok "a recusal" cispd recusal add --member bruno --project 5 --reason conjoint
is "is counted apart" "$(field recused 0)$(field counted 0)" 12

runs 0 "a threshold" call edit 2026 --threshold 70
runs 0 "names who is under it" rank
like "with both figures" "$(echo $out)" "Score of 69.79/100, under the minimum of 70.00/100"
is "and leaves the rank" "$(field rank 1)" 2

runs 0 "an exact tie" rank --format csv
project 4800 3000
marks 6 14 12 13 15 16 11.5
runs 0 "without a seed" rank
like "warns" "$err" "call edit --seed"
is "is broken by the number" "$(field tie_break 1)" number
cispd call edit 2026 --seed "tirage du 1er avril" -q
is "with a seed by the lot" "$(field tie_break 1)" lot
lot() { printf 'tirage du 1er avril\n%s' "$1" | sha256sum; }
first=$( (lot 2026-001 | sed 's/-/2026-001/'
          lot 2026-006 | sed 's/-/2026-006/') | sort | head -1 |
    sed 's/.* //')
is "that anyone can draw again" "$(field id 1)" "$first"

runs 2 "rank takes no operand" rank 2026
runs 2 "nor an unknown option" rank --nonsense
is "ranking changes nothing" "$(sql "SELECT count(*) FROM seal")" \
    "$(cispd rank >/dev/null 2>&1; sql "SELECT count(*) FROM seal")"
done_testing
