#!/usr/bin/env bash
# Once marks are in, what decides who is funded changes with a warning, and the
# seed of the lots not at all.
. "$(dirname "$0")/lib.sh"
. "$TOP/tests/cli/make-call.sh"
make_call 6 3 || exit 1

late() {
    runs 0 "$1 changes" call edit "$@"
    like "$1 warns" "$err" '[0-9]+ marks are entered already'
}
late --quorum 2
late --missing exclude
late --min-award 200
late --max-award 4000
late --max-rate 70
late --floor-share 50
late --rule skip
late --threshold 40
late --unit 100
late --reserve "accès au droit=500"
runs 0 "the same again" call edit --quorum 2 --reserve "accès au droit=500"
is "changes nothing and warns of nothing" "$err" ""
late --reserve "accès au droit=500..900"
late --reserve "accès au droit=500..800"
is "the newest holds" "$(sql 'SELECT least_cents || " " || most_cents
    FROM call_reserve' | tail -1)" "50000 80000"
runs 0 "the title" call edit --title "Un autre titre" --require "BIL=Bilan"
is "funds nobody" "$err" ""

frozen='the seed of the lots is published: it stays as it is'
runs 1 "the seed stays" call edit --seed grind1
like "and says why" "$err" "$frozen"
runs 1 "nor is it taken away" call edit --seed none
like "for the same reason" "$err" "$frozen"
runs 0 "the same seed" call edit --seed "tirage du 12/05/2026"
is "is no change" "$err" ""

for rule in "--weight 40" "--min 15" "--step 0.25"; do
    runs 0 "criterion $rule" criterion edit PRIO $rule
    like "warns" "$err" '[0-9]+ marks are entered already'
done
runs 0 "the same weight" criterion edit PRIO --weight 40
is "is no change and warns of nothing" "$err" ""
runs 0 "a label" criterion edit PRIO --label "Priorités"
is "scores nothing" "$err" ""

cispd call add 2027 -q --title AAP --envelope 1000
runs 0 "without marks" call edit 2027 --quorum 2 --seed one
is "there is nothing to warn of" "$err" ""
runs 0 "and the seed may change" call edit 2027 --seed two
done_testing
