#!/bin/bash
# Sharing the envelope: of a file without a database, and of a call.
. "$(dirname "$0")/lib.sh"
. "$HERE/lib_marks.sh"

cat >e4.csv <<'END'
id;score;requested;floor
P1;92;4800;3000
P2;88;5000;2500
P3;85;3600;2000
P4;81;4900;2500
P5;78;3200;1500
P6;74;1500;800
P7;66;900;500
P8;60;200;200
END
json() { # Perl expression, then options of allocate
    local expression=$1
    shift
    cispd allocate --format json "$@" | perl_json "$expression"
}
awards='map { $_->{award_cents} / 100 } @{$j->{projects}}'
file() { json "$@" --csv e4.csv --envelope 20000; }

is "strict" "$(file "$awards" --rule strict)" "4800 5000 3600 4900 0 0 0 0"
is "skip" "$(file "$awards" --rule skip)" "4800 5000 3600 4900 0 1500 0 200"
is "partial" "$(file "$awards")" "4800 5000 3600 4900 1700 0 0 0"
is "in units" "$(file "$awards" --unit 500)" "4800 5000 3600 4900 1500 0 0 200"
is "threshold" "$(file "$awards" --threshold 85)" "4800 5000 3600 0 0 0 0 0"
is "its reason" "$(file '$p{P4}{reason}' --threshold 85)" below-threshold
like "in words that hold for the minimum of a criterion too" \
    "$(cispd allocate --csv e4.csv --envelope 20000 --threshold 85)" \
    "P4 .* below a minimum"
is "reasons" "$(file 'map { $_->{reason} } @{$j->{projects}}[3..5]' \
    --rule strict)" "funded does-not-fit after-stop"
is "totals" "$(file '@$j{qw(rule envelope_cents allocated_cents
    rest_cents total_score)}' --rule skip)" "skip 2000000 2000000 0 480"
is "a forced award is paid first" \
    "$(file "$awards" --force P8=100 --force P1=0)" \
    "0 5000 3600 4900 3200 1500 900 100"
is "no database was opened" "$(ls)" e4.csv

is "tiers" "$(file "$awards" --rule tiers --tiers 80:100,70:50)" \
    "4800 5000 3600 4900 1600 0 0 0"
is "tiers, cut to fit" "$(file '$j->{allocated_cents}' --rule tiers:cut \
    --tiers 60:100)" 2000000
is "proportional spends it all" "$(file '$j->{rest_cents}' \
    --rule proportional)" 0
is "so does the other rounding" "$(file '$j->{rest_cents}, $j->{terms}{rounding}' \
    --rule proportional --rounding divisor)" "0 divisor"
is "optimal" "$(file "$awards" --rule optimal)" \
    "4800 5000 3600 0 3200 1500 900 200"
is "on score times amount" "$(file '$j->{allocated_cents}' --rule optimal \
    --objective score-euro)" 2000000
is "in steps" "$(file '$p{P4}{award_cents}' --rule optimal --step 100 \
    --curve concave --verify)" "$(file '$p{P4}{award_cents}' --rule optimal \
    --step 100 --curve concave)"
is "its parameters" "$(file '@{$j->{terms}}{qw(objective step_cents curve)}' \
    --rule optimal --step 100)" "score 10000 linear"
is "equal optima are a tie" "$(printf 'id;score;requested\na;5;9\nb;5;9\n' \
    >tie.csv; json '$j->{outlook}{tie} ? 1 : 0, $p{a}{facts}{in_optima},
        $p{b}{facts}{in_optima}, $p{a}{award_cents}' \
    --csv tie.csv --envelope 9 --rule optimal)" "1 some some 900"
for rule in strict skip partial proportional optimal tiers tiers:cut; do
    tiers=
    case $rule in tiers*) tiers="--tiers 70:80" ;; esac
    # shellcheck disable=SC2086 # an option with its value, or none
    is "$rule: --verify finds the same" \
        "$(file "$awards" --rule $rule $tiers --verify)" \
        "$(file "$awards" --rule $rule $tiers)"
done
runs 1 "tiers without tiers" allocate --csv e4.csv --envelope 9 --rule tiers
like "says how to give them" "$err" call edit --tiers 75:100,60:75,50:50
runs 2 "tiers that rise" allocate --csv e4.csv --envelope 9 --rule tiers \
    --tiers 50:50,75:100
runs 2 "an objective that is none" allocate --csv e4.csv --envelope 9 \
    --rule optimal --objective money
runs 2 "a curve that is none" allocate --csv e4.csv --envelope 9 \
    --rule optimal --step 1 --curve convex
runs 2 "a rounding that is none" allocate --csv e4.csv --envelope 9 \
    --rule proportional --rounding up
runs 1 "a step that breaks the unit" allocate --csv e4.csv --envelope 9 \
    --rule optimal --step 0.50
runs 2 "a step of nothing" allocate --csv e4.csv --envelope 9 \
    --rule optimal --step 0
for option in --tiers=9:9 --objective=score --step=1 --curve=linear \
    --rounding=divisor; do
    runs 2 "$option with a rule that does not look at it" \
        allocate --csv e4.csv --envelope 9 --rule skip $option
done
runs 2 "a file has no themes" allocate --csv e4.csv --envelope 9 \
    --reserve x=1

runs 0 "the table" allocate --csv e4.csv --envelope 20000 --quiet
like "ends with the total, also with -q" "$out" \
    '20,000.00.€ shared out of an envelope of 20,000.00.€'
no "gives no reasons" grep -q "Ranked 6" <<<"$out"
awk 'BEGIN { print "id,score,requested"
    for (i = 1; i <= 5001; i++) print "P" i ",50," 1000 + i % 7 }' >many.csv
runs 0 "thousands of rows" allocate --csv many.csv --envelope 20000 --explain
like "what is not looked for is said" "$(echo $out)" "too many projects to say"
runs 0 "one of them all the same" \
    allocate P9 --csv many.csv --envelope 20000 --explain
like "in full" "$(echo $out)" "funded with a score above that of rank 19 .50."
printf 'id,score,requested,floor\nA,90,9000,\nB,80,5000,4000\n' >two.csv
like "a request that would be under its own floor" "$(cispd allocate --explain \
    --csv two.csv --envelope 12000 --rule skip | tr -s ' \n' ' ')" \
    "3,000.00.€ or less would have passed. That is less than the smallest useful amount that it declared .4,000.00.€."

runs 0 "--explain says why" allocate --csv e4.csv --envelope 20000 --explain
like "in a sentence" "$(echo $out)" \
    "P6 Ranked 6 \(score 74\). Nothing was left at its turn"
runs 0 "one project alone" allocate --csv e4.csv --envelope 20000 P5
no "means no other" grep -q "Ranked 6" <<<"$out"
runs 66 "a project that is not there" \
    allocate --csv e4.csv --envelope 20000 P9
runs 0 "--explain prints the sentences only" \
    allocate --csv e4.csv --envelope 20000 --explain
no "no table" grep -q Outcome <<<"$out"
like "and what 100 euros more would bring" "$(echo $out)" \
    "With 100.00.€ more in the envelope, 1 award would change: P5 .\+100.00.€.."
like "which may be nothing" "$(cispd allocate --csv e4.csv --envelope 30000 |
    tr "\n" " ")" "With 100.00.€ more in the envelope, no award would change"
like "what a point pays" "$(cispd allocate --csv e4.csv --envelope 20000 \
    --rule proportional | tr '\n' ' ')" "Each point of a score pays 0.9877 %"

runs 2 "a file needs an envelope" allocate --csv e4.csv
runs 2 "of money" allocate --csv e4.csv --envelope beaucoup
runs 2 "not negative" allocate --csv e4.csv --envelope -5
runs 2 "an unknown rule" allocate --csv e4.csv --envelope 1 --rule fair
like "lists the rules" "$err" "strict, skip, partial"
runs 2 "a unit above zero" allocate --csv e4.csv --envelope 1 --unit 0
runs 2 "a file is not saved" allocate --csv e4.csv --envelope 1 --save x
runs 2 "--force has two sides" \
    allocate --csv e4.csv --envelope 20000 --force P1
runs 66 "--force of nobody" \
    allocate --csv e4.csv --envelope 20000 --force P9=1
runs 1 "--force over the request" \
    allocate --csv e4.csv --envelope 20000 --force P1=4801
runs 1 "--force over the envelope" \
    allocate --csv e4.csv --envelope 4000 --force P1=4800
runs 66 "no such file" allocate --csv none.csv --envelope 1

printf 'ID,Score,Requested\nb,10,5\na,10,5\nc,10.000001,"1 000,50"\n' >c.csv
is "order: score, request, id; commas, headings in any case" \
    "$(json 'map { $_->{id} } @{$j->{projects}}' --csv c.csv --envelope 9)" \
    "c a b"
is "the floor is the request where there is none" \
    "$(json '$p{c}{floor_cents}' --csv c.csv --envelope 9)" 100050
refuse() { # name, expected message, content
    printf "$3" >bad.csv
    runs 65 "$1" allocate --csv bad.csv --envelope 100
    like "$1: says so" "$err" "$2"
}
refuse "a column is missing" 'no column "requested"' 'id;score\na;1\n'
refuse "a column twice" 'two columns "id"' 'id;id;score;requested\na;a;1;1\n'
refuse "a score that is none" 'line 2, column "score": "x"' \
    'id;score;requested\na;x;1\n'
refuse "seven decimals" 'line 2, column "score"' \
    'id;score;requested\na;1.1234567;1\n'
refuse "a negative score" 'line 2, column "score"' \
    'id;score;requested\na;-1;1\n'
refuse "a request of nothing" 'line 3, column "requested"' \
    'id;score;requested\na;1;1\nb;1;0\n'
refuse "a floor above the request" 'line 2, column "floor"' \
    'id;score;requested;floor\na;1;10;11\n'
refuse "an id twice" 'line 4, column "id": "a" stands on line 2' \
    'id;score;requested\na;1;10\nb;1;10\na;1;10\n'
refuse "no id" 'line 2, column "id"' 'id;score;requested\n;1;10\n'
refuse "a row too short" 'line 3' 'id;score;requested\na;1;10\nb;1\n'
refuse "an empty file" 'is empty' ''
refuse "all faults at once" 'line 3' 'id;score;requested\na;x;1\nb;1;x\n'
like "the first too" "$err" "line 2"

# ------------------------------------------------------------------ a call
small_call --min-award 300 --max-award 5000
project 4800 3000
project 9000 2500
project 8000 4000
project 3000 1200
project 200 100
marks 1 18 18 18 18 18 18
marks 2 17 17 17 17 17 17
marks 3 16 16 16 16 16 16
marks 4 15 15 15 15 15 15
marks 5 19 19 19 19 19 19
is "requests are capped, small ones barred" "$(json "$awards")" \
    "0 4800 5000 5000 3000"
is "why" "$(json '$p{"2026-005"}{reason}')" does-not-fit
is "the least award raises a floor" \
    "$(json '$p{"2026-005"}{floor_cents}, $p{"2026-003"}{requested_cents}')" \
    "20000 500000"
is "another envelope" "$(json "$awards" --envelope 16000)" \
    "0 4800 5000 5000 1200"
is "the rule of the call" "$(json '$j->{rule}')" partial
cispd call edit 2026 --rule strict -q
is "changes with the call" "$(json "$awards" --envelope 16000)" \
    "0 4800 5000 5000 0"
runs 0 "another rule is a try" allocate --rule skip
like "and says so" "$out" "the rule of the call is strict, not skip"
is "also in JSON" "$(json '$j->{call_rule}, $j->{as_the_call_says} ? 1 : 0' \
    --rule skip)" "strict 0"
is "the call's own is none" "$(json '$j->{as_the_call_says} ? 1 : 0')" 1
runs 0 "another envelope too" allocate --envelope 1000
like "is told" "$out" "the envelope of the call is 20,000.00"

cispd theme add Violences Accès -q
sql "UPDATE project SET theme_id = 2 WHERE number = 4"
is "money kept for a theme" "$(json "$awards" --rule partial \
    --reserve accès=3000 --envelope 15000)" "0 4800 5000 0 3000"
is "a ceiling" "$(json '$p{"2026-004"}{award_cents}' --rule partial \
    --reserve Accès=..2000)" 200000
runs 66 "a theme that is not there" allocate --reserve sport=1
runs 2 "a reserve without an amount" allocate --reserve accès
runs 2 "of nothing" allocate --reserve accès=0
runs 2 "the most under the least" allocate --reserve accès=5..4
runs 1 "above the envelope" allocate --reserve accès=20001
runs 2 "under a rule without reserves" allocate --rule optimal \
    --reserve accès=1
runs 0 "of the call" call edit --reserve accès=3000..3500
is "is used" "$(json '$p{"2026-004"}{award_cents}, map { @$_{qw(theme
    least_cents most_cents)} } @{$j->{terms}{reserves}}')" \
    "300000 Accès 300000 350000"
like "and shown" "$(cispd call show)" "Accès 3000.00..3500.00"
runs 2 "no other rule while there is one" call edit --rule optimal \
    --reserve accès=1
runs 1 "nor with it" call edit --rule optimal
runs 0 "a try of another leaves it out" allocate --rule optimal
runs 0 "taken away" call edit --reserve accès=none
is "it is gone" "$(sql 'SELECT count(*) FROM call_reserve')" 0
runs 1 "a call of tiers needs them" call edit --rule tiers
runs 2 "that can be read" call edit --rule tiers --tiers 80-100
runs 0 "and has them" call edit --rule tiers --tiers 80.5:100,75:50
is "kept as they were typed" "$(sql 'SELECT tiers FROM call')" "80.5:100,75:50"
is "used without being said" "$(json '$j->{terms}{tiers}')" "80.5:100,75:50"
runs 1 "they are not taken away" call edit --tiers none
runs 0 "back to another rule" call edit --rule strict --tiers none
runs 0 "one page of one project" allocate --explain 4
like "with who loses if it is imposed" "$(echo $out)" "If the committee"
like "and whose it is" "$(echo $out)" \
    "^2026-004, Relais du Val: Projet 4 Requested: .*Means of the marks: C1 [0-9.]+/20; C2"
sql "UPDATE project SET status = 'withdrawn', status_reason = 'Faute de salarié'
      WHERE number = 4"
runs 66 "one that was withdrawn" allocate --explain 4
like "says why it takes no part" "$err" "2026-004 .* withdrawn .Faute de"
runs 66 "nor is it imposed" allocate --force 4=300
sql "UPDATE project SET status = 'eligible', status_reason = NULL
      WHERE number = 4"
runs 66 "of one that is there" allocate --explain 99
runs 0 "in French" allocate --explain 4 --lang fr
runs 2 "a threshold is out of 100" allocate --threshold 101
sql "UPDATE mark SET value_milli = value_milli - 500
      WHERE project_id = 3 AND member_id = 1 AND criterion_id = 2"
is "a score to pass reads as it does at its place" \
    "$(json '$p{"2026-003"}{score}, map { $_->{in_place_of},
        $_->{score_needed}{score} } $p{"2026-004"}{facts}' --envelope 15000)" \
    "79.79 2026-003 79.79"
sql "UPDATE mark SET value_milli = value_milli + 500
      WHERE project_id = 3 AND member_id = 1 AND criterion_id = 2"
runs 1 "--force under the least award" allocate --force 4=299
is "--force as projects are named" \
    "$(json '$p{"2026-004"}{award_cents}' --force 4=300)" 30000
runs 0 "a table with an amount set by hand" allocate --force 4=300
like "says which" "$out" "Set by hand, not by the rule: 2026-004 .300\.00"
runs 0 "a table without" allocate
no "says nothing" grep -q "by hand" <<<"$out"
runs 1 "--force of a barred project" allocate --force 5=300

sql "UPDATE project SET requested_cents = 900000, minimum_cents = 250000
      WHERE number = 3"
sql "UPDATE mark SET value_milli = 17000 WHERE project_id = 3"
cispd call edit 2026 --seed "tirage 7" -q
like "a lot is told to those it parted" "$(json '$p{"2026-003"}{explain}')" \
    'A lot parted them, drawn from the published text "tirage 7"'
no "not to others" grep -q seed <<<"$(json '$p{"2026-001"}{explain}')"

cispd call edit 2026 --max-rate 20 -q # costs are 50 000
sql "UPDATE project SET cost_cents = NULL WHERE number = 1;
     UPDATE project SET other_public_cents = 600000 WHERE number = 2;
     UPDATE project SET other_public_cents = 1000000 WHERE number = 3"
is "no cost, no award under a rate" "$(json '$p{"2026-001"}{reason}')" \
    not-rankable
is "the rate leaves room" "$(json '$p{"2026-002"}{requested_cents}')" 400000
like "and is told in figures" "$(json '$p{"2026-002"}{explain}')" \
    "up 20 % of its cost .50,000.00.€., and it has 6,000.00.€ of that from elsewhere: 4,000.00.€ counts as its request"
is "or none" "$(json '$p{"2026-003"}{reason}')" does-not-fit
runs 0 "what can be mended is said below the table" allocate
like "the cost" "$(echo $out)" 'enter it with "cispd project edit 2026-001'
runs 0 "the rest by --explain" allocate --explain
like "the other money" "$(echo $out)" "already reaches the maximum rate"

cispd project add --association relais --title Tardif --requested 500 -q \
    >/dev/null
marks 6 20 20 20 20 20 20
is "an undecided project is ranked, not paid" \
    "$(json '$p{"2026-006"}{rank}, $p{"2026-006"}{reason}')" \
    "1 not-rankable"
done_testing
