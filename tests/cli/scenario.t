#!/bin/bash
# Saved allocations: adopted only whole, fresh and inside the envelope.
. "$(dirname "$0")/lib.sh"
. "$HERE/lib_marks.sh"
small_call
project 9000 4000
project 8000 4000
project 7000 3000
marks 1 18 18 18 18 18 18
marks 2 17 17 17 17 17 17
marks 3 16 16 16 - - -

runs 0 "a dry run saves nothing" allocate --save "Premier jet" --dry-run
is "indeed" "$(sql 'SELECT count(*) FROM scenario')" 0
runs 0 "save" allocate --save "Premier jet"
runs 1 "a name is taken once" allocate --save "premier  JET"
runs 2 "a name needs letters" allocate --save "--"
is "each project has its line" "$(sql 'SELECT count(*), sum(award_cents)
    FROM scenario_line')" "3|1700000"
runs 0 "list" scenario list
like "it is current" "$out" "Premier jet .* current"
runs 1 "not adopted before the marking is whole" scenario adopt premier
like "the holes are named" "$err" "2026-003: Half-filled sheets: Bruno \(C2\)"


cispd allocate --force 3=3000 --save forced -q >/dev/null
runs 1 "nor is an amount set by hand a mark" scenario adopt forced
like "the holes are named again" "$err" "2026-003: Half-filled sheets"
is "a list counts what was set by hand" "$(cispd scenario list --format csv |
    tr -d '\r' | awk -F';' 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "by_hand") c = i }
    NR > 1 { printf "%s%s", $c, NR == 2 ? "," : "" }')" 0,1
cispd award set 3 3000 --reason "vote du conseil" -q 2>/dev/null
runs 0 "a decision with its reason waits for no mark" \
    scenario adopt forced --dry-run
sql "UPDATE award SET reason = NULL"
runs 1 "one without it does" scenario adopt forced --dry-run
cispd award clear 3 --reason "essai" -q
cispd scenario drop forced -q

put_mark 3 Bruno C2 16000
runs 1 "not adopted when marks have changed" scenario adopt premier
like "says so" "$err" "have *changed"
runs 0 "list again" scenario list
like "it is outdated" "$out" "Premier jet .* outdated"

put_mark 3 Chloé C1 16000
put_mark 3 Chloé C2 16000
cispd allocate --save second -q >/dev/null
cispd member add "Zoé" -q
cispd member add "Yves" -q
cispd allocate --save all -q >/dev/null
runs 0 "adopt, with a member who marked nothing" scenario adopt all --dry-run
like "who is named" "$out" "Marked nothing: Yves; Zoé\."
runs 0 "in French" scenario adopt all --dry-run --lang fr
like "a list as French wants it" "$out" "Aucune note de.+: Yves.+; Zoé\."
cispd scenario drop all -q
cispd member drop Zoé -q
cispd member drop Yves -q
ok "more money" cispd envelope add --amount 5000 --reference DM1
runs 0 "what was saved before" scenario list
like "differs by the envelope" "$out" "second .* other envelope"
cispd allocate --save other --rule skip --envelope 20000 -q >/dev/null
cispd allocate --save hand --force 1=5000 --envelope 20000 -q >/dev/null
state() { # of the scenario with that name
    cispd scenario list --format json >list.json
    sqlite3 :memory: "SELECT value ->> 'state' FROM json_each(readfile('list.json'))
        WHERE value ->> 'name' = '$1'"
}
is "by whatever rule, and by hand" "$(state other) $(state hand)" \
    "other-envelope other-envelope"
cispd criterion add IND --label "Pour mémoire" --independent -q 2>/dev/null
cispd member add Xavier -q
is "what counts in no score makes nothing stale" "$(state second)" "other-envelope"
cispd criterion drop IND -q 2>/dev/null
cispd member drop Xavier -q
cispd scenario drop other -q
cispd scenario drop hand -q
runs 0 "adopt it" scenario adopt second --dry-run
like "that is said, and no more" "$err" "\"second\" shares .* another"
no "nobody is absent, and it is no try" \
    grep -Eq "Marked nothing|is a try" "$BOX/.out"
ok "and less" cispd envelope add --amount -5000 --reference DM2
runs 0 "adopt" scenario adopt second
is "stands" "$(sql 'SELECT name FROM scenario WHERE adopted_at NOT NULL')" \
    second
runs 1 "once" scenario adopt second
runs 0 "show" scenario show second
like "the lines" "$out" "2026-003 .*partial"
like "the sentences, in the language of the documents" "$(echo $out)" "2026-003 Classé au rang 3 .* Financé en partie"

cispd allocate --rule skip --save third -q >/dev/null
runs 0 "another takes its place" scenario adopt third
like "what moves is named" "$out" "2026-003 .*: 0.00.* instead of 3,000.00"
is "one is adopted" "$(sql 'SELECT group_concat(name) FROM scenario
    WHERE adopted_at NOT NULL')" third
runs 1 "the adopted one is not dropped" scenario drop third
runs 0 "another is" scenario drop premier
is "gone" "$(sql 'SELECT count(*) FROM scenario')" 2
runs 66 "unknown" scenario show premier

cispd allocate --envelope 25000 --save large -q >/dev/null
runs 1 "not adopted above the envelope" scenario adopt large
like "with the figures" "$err" "24,000.00.* 20,000.00"

sql "UPDATE project SET requested_cents = 650000 WHERE number = 3"
runs 1 "not adopted when requests have changed" scenario adopt second
like "which the projects' are" "$err" "^cispd: the marks, the projects or "
sql "UPDATE project SET requested_cents = 700000 WHERE number = 3"
cispd call edit 2026 --quorum 1 -q
runs 1 "nor when rules have changed" scenario adopt second
cispd call edit 2026 --quorum 2 -q
runs 0 "as before, it is" scenario adopt second
runs 0 "a cut that it does not stand" envelope add --amount -5000 --reference C1
like "is told with the cut" "$err" '"second" .* more than is left'
runs 0 "the cut is taken back" envelope add --amount 5000 --reference C2
is "without a word" "$err" ""
runs 0 "a decision that it does not stand" award set 2 8000 --reason "vote"
is "once it follows, no word" "$(grep -c 'more than is left' <<<"$err")" 0
cispd award set 3 7000 --reason "vote" -q 2>/dev/null
cispd award clear 3 --reason "essai" -q 2>/dev/null
runs 0 "more to one than it gives" award set 3 4500 --reason "vote" --dry-run
like "leaves too little for the others" "$err" '"second" .* more than is left'
cispd award clear 2 --reason "essai" -q 2>/dev/null
sql "UPDATE project SET status = 'rejected', status_reason = 'x'
      WHERE number = 3"
cispd allocate --save fourth -q >/dev/null
runs 0 "without the rejected one" scenario adopt fourth
cispd call edit 2026 --quorum 1 -q
runs 1 "what is adopted and stale decides nothing" award set --all
is "indeed" "$(sql 'SELECT count(*) FROM award')" 0
cispd call edit 2026 --quorum 2 -q
runs 0 "as it was adopted, it does" award set --all
cispd allocate --save fifth -q >/dev/null
runs 1 "decisions hold the scenario that they follow" scenario adopt fifth
like "and are named" "$err" "decisions follow it"
done_testing
