#!/bin/bash
# Saved allocations remember their terms, stand side by side, are computed
# again, and say when they are no longer what they were.
. "$(dirname "$0")/lib.sh"
. "$HERE/lib_marks.sh"
small_call
cispd theme add Violences Accès -q
project 9000 4000 --theme Violences
project 8000 4000 --theme Accès
project 7000 3000 --theme Violences
marks 1 18 18 18 18 18 18
marks 2 17 17 17 17 17 17
marks 3 16 16 16 16 16 16
save() { # name, then options of allocate
    local name=$1
    shift
    cispd allocate --save "$name" -q "$@" >/dev/null
}
awards() { # scenario
    sql "SELECT group_concat(award_cents / 100, ' ') FROM (SELECT award_cents
           FROM scenario_line l JOIN scenario s ON s.id = l.scenario_id
          WHERE s.name = '$1' ORDER BY project_id)"
}
json() { # Perl expression, then scenarios
    local expression=$1
    shift
    cispd scenario compare "$@" --format json | perl_json "$expression"
}

ok "as the call says" save base
ok "tiers" save tiers --rule tiers --tiers 88:100,70:60
ok "optimal in steps" save steps --rule optimal --step 500 --curve concave \
    --objective score-euro
ok "a ceiling" save ceiling --reserve violences=..10000
ok "a forced amount" save forced --force 3=5000 --envelope 15000
ok "proportional" save shared --rule proportional --rounding divisor
is "each its awards" "$(for s in base tiers ceiling forced; do awards $s; done)" \
    "9000 8000 3000
9000 4800 4200
9000 8000 0
9000 0 5000"

for s in base tiers steps ceiling forced shared; do
    runs 0 "$s is computed again" scenario show $s --replay
    is "$s: the same awards" "$out" "$(cispd scenario show $s --replay)"
    like "$s: says so" "$out" "the same awards"
done
is "the tiers are remembered" "$(sql "SELECT tiers FROM scenario
    WHERE name = 'tiers'")" "88:100,70:60"
is "the ceiling is" "$(sql 'SELECT least_cents, most_cents
    FROM scenario_reserve')" "0|1000000"
is "the forced amount is" "$(sql 'SELECT count(*), sum(award_cents)
    FROM scenario_line WHERE forced')" "1|500000"

runs 0 "side by side" scenario compare base ceiling TIERS
like "a row a project" "$out" "2026-003 .* 3,000.00.€ +0.00.€ +4,200.00.€ +yes"
like "what changes" "$out" "ceiling +- +2026-003 +- +-"
like "more and less" "$out" "tiers +- +- +2026-003 +2026-002"
is "in JSON" "$(json '$p{"2026-003"}{award_cents}{tiers},
    map({ @{$_->{leave}} } @{$j->{changes}}),
    $j->{scenarios}[1]{rest_cents}' base ceiling tiers)" "420000 2026-003 300000"
is "what all give alike does not differ" \
    "$(json '$p{"2026-001"}{differs} ? 1 : 0' base ceiling tiers)" 0
is "as CSV, a column a scenario" \
    "$(cispd scenario compare base tiers --format csv | tail -1 | tr -d '\r')" \
    '2026-003;Relais du Val;"7000,00";"3000,00";"4200,00";yes'
runs 2 "one alone is not compared" scenario compare base
runs 2 "nor one with itself" scenario compare base BASE
runs 66 "nor with one that is not there" scenario compare base nothing

is "what is not the call's is told" "$(cispd scenario list --format json |
    perl -MJSON::PP -e 'print join " ",
        map { "$_->{name}=$_->{call_rule}" } @{ decode_json(join "", <>) }')" \
    "base=1 tiers=0 steps=0 ceiling=0 forced=0 shared=0"
runs 0 "the terms of the call changed" call edit --rule tiers \
    --tiers 88:100,70:60
like "once there are marks, with a warning" "$err" "18 marks are entered"
is "are the terms of another scenario" "$(cispd scenario list --format csv |
    grep -c '^[a-z]*;[a-z]*;1;')" 1
cispd call edit --rule partial --tiers none -q 2>/dev/null
like "it stands in the journal" "$(cispd log)" "Rule: tiers -> partial"

sql "UPDATE project SET requested_cents = 850000 WHERE number = 1"
runs 0 "compared after a request has changed" scenario compare base tiers
like "says so of each" "$(echo $err)" \
    'changed since "base" was saved .* changed since "tiers" was saved'
runs 1 "computed again it is another" scenario show base --replay
like "named" "$out" "2026-001 .* 9,000.00.€ +8,500.00.€"
runs 0 "shown, with a warning" scenario show base
like "on standard error" "$err" 'changed since "base" was saved'
runs 1 "adopted no more" scenario adopt base
sql "UPDATE project SET requested_cents = 900000 WHERE number = 1"
runs 0 "changed back" scenario show base
is "no warning" "$err" ""

sql "UPDATE project SET theme_id = 2 WHERE number = 3"
runs 1 "another theme is another input" scenario show ceiling --replay
sql "UPDATE project SET theme_id = 1 WHERE number = 3"
runs 0 "dropped with its reserves" scenario drop ceiling
is "gone" "$(sql 'SELECT count(*) FROM scenario_reserve')" 0
runs 66 "once" scenario drop ceiling
runs 0 "a try may be adopted" scenario adopt tiers
like "and says that it is one" "$out" '"tiers" is a try'
runs 1 "an adopted one is not dropped" scenario drop tiers
runs 0 "its decisions" award set --all --dry-run
like "say it again" "$out" '"tiers" is a try'
runs 0 "a comparison too" scenario compare base tiers
like "of the one alone" "$out" '"tiers" is a try'
done_testing
