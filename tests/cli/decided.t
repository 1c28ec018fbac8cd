#!/usr/bin/env bash
# What a decision was about stays; what is archived is only read; texts that
# say nothing or steer a terminal are refused.
. "$(dirname "$0")/lib.sh"
cispd init -q
cispd call add 2026 --title T --envelope 1000 --quorum 1 --min-award 100 -q
cispd association add Alpha -q
cispd association add Béta -q
cispd project add --association alpha --title Un --requested 600 -q
cispd project add --association béta --title Deux --requested 600 -q
for d in RIB CER BUDGET; do cispd project check 1 2 --document $d -q; done
cispd project check --all --eligible -q
cispd criterion add C --label L --weight 1 -q
cispd member add Ana -q
cispd mark set 1 Ana C=15 -q
cispd mark set 2 Ana C=12 -q

runs 0 "before the decision the applicant may be corrected" project edit 1 \
    --association béta
runs 0 "and put back" project edit 1 --association alpha
runs 0 "an award" award set 1 500
runs 1 "then the applicant stays" project edit 1 --association béta
like "the way out is told" "$err" 'award clear 2026-001'
runs 1 "and the request" project edit 1 --requested 900
runs 0 "the title may be corrected" project edit 1 --title "Un bis"
runs 0 "the rule shares what the decision leaves" report committee -o c.xlsx
got=$(perl "$HERE/xlsx.pl" cells c.xlsx |
    awk -F'\t' '/SUM\(|Computed|Proposal/ {print}' | head -3)
ok "the workbook was read" test -n "$got"
cispd allocate --save s -q >/dev/null
runs 2 "a reason of spaces is none" award refuse 2 --reason "  "
runs 2 "an empty reason is refused" award refuse 2 --reason ""
like "in words" "$err" '--reason is empty'
runs 2 "so is a no-break space" award refuse 2 --reason $'\u00a0'
runs 2 "a tab is no text" award refuse 2 --reason $'\t'
runs 2 "nor an escape in a name" member add $'Ana\e[31m'
runs 0 "spaces around a name go" theme add "  VIF  "
is "they are gone" "$(sql 'SELECT label FROM theme')" VIF
runs 1 "limits are compared in words" call edit --max-award 50
like "with which" "$err" 'minimum award is above the maximum'
runs 2 "a unit has a measure" call edit --unit 9999999
runs 0 "an archived call" call edit 2026 --archived yes
runs 0 "is read" budget --call 2026
runs 1 "and not written" envelope add --call 2026 --amount 5 --reference R
like "until it is taken back" "$err" 'archived no'
runs 0 "back" call edit 2026 --archived no
runs 0 "it is written again" envelope add --amount 5 --reference R
done_testing
