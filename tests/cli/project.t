#!/bin/bash
# Projects as a clerk types them, up to their eligibility.
. "$(dirname "$0")/lib.sh"

ok "init" cispd init
ok "call" cispd call add 2026 --title AAP --envelope 20000 \
    --closes "15/03/2026 12:00" --max-award 5000 --min-award 300 --max-rate 80
ok "association" cispd association add "Relais du Val" --acronym RV
ok "theme" cispd theme add "Accès au droit"
add() { # title, further options
    local title=$1
    shift
    runs 0 "add $title" project add --association RV --title "$title" "$@"
}

add "Permanences" --requested "3 000,50" --minimum 2000 --cost "10 000 €" \
    --other-public 500 --theme "acces au droit" --from 1/9/2026 \
    --to 2026-12-31 --commune maubeuge --commune Hautmont --beneficiaries 120
like "the number is told" "$out" "2026-001"
is "as typed" "$(sql "SELECT requested_cents, minimum_cents, cost_cents,
    other_public_cents, starts_on, ends_on, beneficiaries, received_at,
    (SELECT count(*) FROM project_commune) FROM project")" \
    "300050|200000|1000000|50000|2026-09-01|2026-12-31|120|2026-03-01 10:00|2"
is "JSON tells the number" "$(cispd project add --association RV --title B \
    --requested 400 --cost 800 --format json | tr -d ' \n')" \
    '{"id":"2026-002"}'
ok "a day alone as reception" cispd project edit 2 --received 01/03/2026
like "is shown as a day" "$(cispd project show 2)" '^Received +2026-03-01$'
like "in French" "$(cispd project show 2 --lang fr)" ' 01/03/2026$'
like "and in the log" "$(cispd log --limit 1)" 'Received: 2026-03-01 10:00 -> 2026-03-01$'
other() { sql "SELECT ifnull(other_public_cents, '?') FROM project WHERE id = 2"; }
is "what is not said is not known" "$(other)" "?"
cispd project edit 2 --other-public 0 -q
is "zero is" "$(other)" 0
cispd project edit 2 --other-public none -q
is "and is forgotten" "$(other)" "?"
is "so does --quiet, alone" "$(cispd -q project add --association RV \
    --title C --requested 400)" 2026-003

refused() { # code, name, options
    local code=$1 name=$2
    shift 2
    runs "$code" "$name" project add --association RV --title T "$@"
}
refused 2 "an amount must be said"
refused 2 "an amount must be an amount" --requested 3k
refused 65 "not zero" --requested 0
refused 65 "the minimum is not above the request" --requested 9 --minimum 10
refused 65 "the cost is not below the request" --requested 9 --cost 8.99
refused 65 "the end is not before the begin" --requested 9 --from 2/9/2026 \
    --to 1/9/2026
refused 2 "a day must exist" --requested 9 --from 30/02/2026
refused 66 "the commune is one of the territory" --requested 9 --commune Lyon
refused 66 "the theme is one of the call" --requested 9 --theme Sport
refused 2 "beneficiaries are counted" --requested 9 --beneficiaries Marie
runs 66 "the association is registered first" project add --association Nemo \
    --title T --requested 9
like "and the option and the way are named" "$err" \
    "--association.*association add"
is "none of these is left" "$(sql "SELECT count(*) FROM project")" 3

# the deadline
refused 1 "one minute late" --requested 500 --received "15/03/2026 12:01"
like "the deadline is told" "$err" "2026-03-15 12:00"
like "and what to type" "$err" "--late"
refused 0 "on the minute" --requested 500 --received "15/03/2026 12:00"
runs 0 "a day alone has the benefit of the doubt" project add \
    --association RV --title Day --requested 500 --received 15/03/2026
refused 1 "not the day after" --requested 500 --received 16/03/2026
runs 0 "late with a reason" project add --association RV --title Late \
    --requested 500 --received "16/03/2026 9h" --late "strike of the post"
like "the list says so" "$(cispd project list)" "Late +500.00.€ +yes"
is "kept" "$(sql "SELECT late_reason FROM project WHERE title = 'Late'")" \
    "strike of the post"
runs 0 "a reason for one in time is set aside" project add --association RV \
    --title Early --requested 500 --late "none needed"
like "and said" "$err" "in time"
is "not kept" "$(sql "SELECT count(late_reason) FROM project")" 1
runs 1 "nor is one moved behind the deadline" project edit 1 \
    --received "16/03/2026 9:00"

# warnings
add "Big" --requested 5000.01 --cost 9000
like "above the maximum award" "$err" "maximum award"
add "Big" --requested 5000 --cost 9000
like "twice the same" "$err" "registered twice"
ok "no maximum" cispd call edit 2026 --max-award none
add "Huge" --requested 20000.01 --cost 90000
like "above the envelope" "$err" "whole envelope"
add "All" --requested 20000 --cost 90000
is "the whole envelope may be asked" "$err" ""

# edit
runs 2 "an edit must say something" project edit 1
runs 0 "edit" project edit 2026-001 --title "Permanences juridiques"
runs 0 "again changes nothing" project edit 1 --title "Permanences juridiques"
like "and says so" "$out" "so already"
runs 65 "the whole is checked" project edit 1 --requested 1999
runs 0 "communes said replace those known" project edit 1 --commune Jeumont
is "one" "$(sql "SELECT group_concat(commune_code) FROM project_commune")" 59324
runs 0 "or none" project edit 1 --commune aucune
is "of it" "$(sql "SELECT count(*) FROM project_commune")" 0
cispd project edit 1 --commune Jeumont -q
runs 0 "none forgets" project edit 1 --minimum none --theme none --from none
is "forgotten" "$(sql "SELECT coalesce(minimum_cents, theme_id, starts_on, 'x')
    FROM project WHERE number = 1")" x
ok "a theme again" cispd project edit 1 --theme "$(sql "SELECT label FROM theme LIMIT 1")"
runs 2 "an empty text does not" project edit 1 --theme "" --to ""
runs 0 "in French" project edit 1 --theme aucun --to aucune
is "forgotten too" "$(sql "SELECT coalesce(theme_id, ends_on, 'x')
    FROM project WHERE number = 1")" x
runs 0 "a day to come" project edit 1 --received "2026-03-01 10:01"
like "is pointed out" "$err" "still to come"
runs 0 "now" project edit 1 --received "2026-03-01 10:00"
is "passes without a word" "$err" ""
runs 66 "a number that does not exist" project edit 99 --title T
runs 66 "is not a title" project show Permanences

is "what has no theme is asked for too" "$(cispd theme list --format csv |
    grep -c '(no theme);[1-9]')" 1

# documents and eligibility
runs 0 "what is missing" project check 1
is "three documents" "$(printf '%s\n' "$out" | grep -c '^2026-001')" 3
runs 1 "a project with holes is not declared" project check 1 --document RIB \
    --document CER --eligible
like "the hole is named" "$err" "Budget"
is "nothing was ticked" "$(sql "SELECT count(*) FROM project_document")" 0
runs 0 "documents are ticked" project check 1 --document rib \
    --document BUDGET --document CER="RUP, decree of 12/03/1999"
like "which is said" "$out" '^3 documents are ticked for 1 project\.$'
like "and what is left to do" "$out" '1 project waits to be declared eligible'
runs 0 "the same ticks" project check 1 --document rib
like "change nothing" "$out" '^Nothing to change'
is "with their note and day" "$(sql "SELECT note, received_on
    FROM project_document WHERE code = 'CER'")" \
    "RUP, decree of 12/03/1999|2026-03-01"
runs 66 "a document that nobody asks for" project check 1 --document CRE
like "those asked for are listed" "$err" "BUDGET, CER, RIB"
runs 0 "eligible now" project check 1 --eligible
like "said once" "$out" '^1 project declared eligible\.$'
runs 0 "again" project check 1 --eligible
is "nothing is declared twice" "$out" "1 project was eligible already."
is "it is" "$(sql "SELECT status FROM project WHERE number = 1")" eligible
runs 0 "a tick is taken off" project check 1 --missing RIB
like "which tells what it costs" "$err" "2026-001 is not eligible any more"
runs 0 "once" project check 1 --missing CER
is "and only once" "$err" ""
ok "ticked again" cispd project check 1 --document CER
is "and eligibility with it" \
    "$(sql "SELECT status FROM project WHERE number = 1")" received
ok "ticked again" cispd project check 1 --document RIB
runs 2 "--eligible names projects or says --all" project check --eligible
runs 2 "not both" project check 1 --eligible --all
runs 2 "documents are of a project" project check --document RIB
ok "no maximum rate" cispd call edit 2026 --max-rate none
ok "another is complete" cispd project check 2 --document RIB \
    --document BUDGET --document CER
runs 0 "all that are complete" project check --all --eligible
is "two" "$(sql "SELECT group_concat(number) FROM project
    WHERE status = 'eligible'")" 1,2
ok "a maximum rate" cispd call edit 2026 --max-rate 80
runs 0 "the cost is a hole then" project edit 2 --cost none
like "an eligible one is pointed out" "$err" "eligible, but"
runs 0 "and listed" project check 2 --format json
like "by code" "$out" '"missing": "cost"'
ok "below the minimum award" cispd project edit 3 --requested 299.99
like "is a hole too" "$(cispd project check 3)" "minimum"

ok "other public money up to the rate" cispd project edit 1 --cost 10000 \
    --other-public 7700.01
like "leaves less than the least award: a hole" \
    "$(cispd project check 1 --format json)" '"missing": "rate"'
ok "one cent less" cispd project edit 1 --other-public 7700
no "is none" sh -c "'$CISPD' project check 1 --format json | grep -q rate"

runs 0 "holes of several" project check 1 3
like "stand in a line for each, with who asks" "$out" \
    '^2026-003 +[^ ].* BUDGET, CER, .*minimum'
is "and in one line" "$(printf '%s\n' "$out" | grep -c '^2026-003')" 1

# a project of a year that is not the one meant by default
ok "a call of before" cispd call add 2025 --title AAP --envelope 100
ok "its project" cispd project add --call 2025 --association RV --title Old \
    --requested 50
ok "is archived" cispd call edit 2025 --archived yes
runs 1 "it is not eligible by being of another year" \
    project check 2025-001 --eligible
like "its holes are named" "$err" "2025-001.*Budget"

# withdrawn, rejected, taken back
runs 2 "a withdrawal has a reason" project withdraw 1
runs 2 "not an empty one" project withdraw 1 --reason " "
runs 0 "withdrawn" project withdraw 1 --reason "has moved"
runs 1 "a withdrawn one is not declared" project check 1 --eligible
runs 1 "nor rejected" project reject 1 --reason "late"
runs 0 "taken back" project reinstate 1 --reason "mistaken"
is "as received" "$(sql "SELECT status FROM project WHERE id = 1")" received
runs 0 "rejected" project reject 1 --reason "not in the territory"
runs 0 "the list shows one status" project list --status rejected --format csv
is "one line" "$(printf '%s\n' "$out" | wc -l)" 2
runs 2 "a status that is none" project list --status lost

ok "one that came in on a day, rejected" cispd project edit 3 \
    --received 2/3/2026
ok "for a reason" cispd project reject 3 --reason "hors sujet"
cispd criterion add --default-grid -q
runs 0 "the workbook" report committee -o c.xlsx
like "shows the day alone" "$(perl "$HERE/xlsx.pl" cells c.xlsx)" \
    '[^0-9]02/03/2026([^ 0-9]|$)'

# a decision stands in the way
sql "UPDATE project SET status = 'eligible', cost_cents = 80000
      WHERE number = 2;
     INSERT INTO award VALUES (2, 'awarded', 40000, NULL, '2026-06-01')"
runs 1 "an awarded project is not withdrawn" project withdraw 2 --reason x
like "and the way is told" "$err" "award clear 2026-002"
runs 1 "nor asks for less than its award" project edit 2 --requested 399.99
runs 0 "nor for more" project show 2
like "the award is shown" "$out" "400.00"
done_testing
