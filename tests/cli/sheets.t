#!/bin/bash
# The committee's sheets that explain: why, how far the panel agrees, and what
# the allocation hangs on. Their figures are those of the commands.
. "$(dirname "$0")/lib.sh"
. "$HERE/make-call.sh"
command -v ssconvert >/dev/null || skip_all "gnumeric is not installed"
command -v unzip >/dev/null || skip_all "unzip is not installed"

book() { # the workbook anew, its cells in the file `cells`
    cispd report committee -o b.xlsx --force -q && perl "$HERE/xlsx.pl" cells b.xlsx >cells
}
# sheet, heading of a column, project: the cell of that column in its first row
of() {
    awk -F'\t' -v s="$1" -v h="$2" -v p="$3" '
        $1 != s { next }
        { col = row = $2; gsub(/[0-9]/, "", col); gsub(/[A-Z]/, "", row) }
        $4 == h && !(h in at) { at[h] = col }
        $4 == "In the place of" { other = col }
        $4 == p && col != other && !found { found = row }
        found && row == found && col == at[h] { print $4; exit }' cells
}
sentences() { # sheet, pattern: how many cells
    awk -F'\t' -v s="$1" '$1 == s { print $4 }' cells | grep -cE -- "$2"
}
number() { # JSON on standard input, Perl expression on $j
    perl -MJSON::PP -e 'local $/; my $j = decode_json(<STDIN>); print eval $ARGV[0]' "$1"
}

make_call 25 7 || exit 1
ok "the workbook is written" book
is "with the sheets of the committee in their order" "$(cut -f1 cells |
    uniq | tr '\n' ' ')" \
    "Summary Ranking Marks Scenarios Explanations Agreement Robustness Projects Parameters Lists "
ssconvert --recalc b.xlsx again.xlsx >/dev/null 2>&1
ok "every formula recalculates to its stored value" \
    perl "$HERE/xlsx.pl" compare b.xlsx again.xlsx

### Explanations
is "one line for each ranked project" "$(awk -F'\t' '$1 == "Explanations" &&
    $2 ~ /^B/ && $4 ~ /^2026-/' cells | wc -l | tr -d ' ')" 23
is "the computed awards add up to what allocate gives" "$(awk -F'\t' '
    $1 == "Explanations" && $3 ~ /^=SUM\(F/ { printf "%.0f", $4 * 100 }' cells)" \
    "$(cispd allocate --format json | number '$j->{allocated_cents}')"
is "every project says why" "$(awk -F'\t' '$1 == "Explanations" &&
    $2 ~ /^L/ && length($4) > 20' cells | wc -l | tr -d ' ')" 23
# The envelope and the amount of a refused project, tried: one unit less.
refused=$(cispd allocate --format json | number \
    '(grep { $_->{reason} eq "does-not-fit" } @{$j->{projects}})[0]{id}')
envelope=$(of Explanations "Envelope needed" "$refused")
award_of() { cispd allocate "$@" --format json |
    number "(grep { \$_->{id} eq '$refused' } @{\$j->{projects}})[0]{award_cents}"; }
no "the envelope needed of $refused is above the call's" \
    test "${envelope%.*}" -le 20000
is "with it the project is funded" \
    "$(test "$(award_of --envelope "$envelope")" -gt 0 && echo yes)" yes
is "with one euro less it is not" \
    "$(award_of --envelope "$(awk -v e="$envelope" 'BEGIN { printf "%.2f", e - 1 }')")" 0

# What would have to be passed is printed as it is, or rounded up.
is "a bound is true as printed" "$(cispd rank --format json | number '
    use Math::BigRat; my (%score, $n, @bad);
    $score{$_->{id}} = Math::BigRat->new("$_->{score_num}/$_->{score_den}") * 100
        for grep { defined $_->{score_num} } @{$j->{projects}};
    local $/ = "\n"; open my $c, "<", "cells"; my (%row);
    while (<$c>) { chomp; my ($s, $at, undef, $v) = split /\t/, $_, -1;
        $row{$2}{$1} = $v if $s eq "Explanations" && $at =~ /^([A-Z]+)(\d+)$/ }
    for my $r (values %row) {
        next unless ($r->{B} // "") =~ /^2026/ && $r->{I} && $r->{H} =~ /^(> )?([\d.]+)$/;
        my ($sharp, $bound) = ($1, Math::BigRat->new($2)); my $s = $score{$r->{I}}; $n++;
        push @bad, $r->{B} unless $sharp ? $bound == $s
            : $bound >= $s && $bound - $s < Math::BigRat->new("1/10000") }
    ($n > 5 ? "some" : "none $n") . " @bad"')" "some "
said=$(awk -F'\t' '$1 == "Explanations" && $4 ~ /With 100.00.* more in the envelope/ {
    print $4 }' cells | grep -oE 'With 100[^,]*more in the envelope, [^;]*')
like "what 100 euros more bring is told" "$said" "award"
ok "as allocate --explain does" grep -qF "$said" \
    <(cispd allocate --explain 2>&1 | tr '\n' ' ' | tr -s ' ')

### Agreement
stats=$(cispd rank --stats --format json)
near() { awk -v a="$1" -v b="$2" 'BEGIN { d = a - b; exit !(a != "" && d < 0.006 && d > -0.006) }'; }
ok "ICC(1) is that of rank --stats" near \
    "$(awk -F'\t' '$1 == "Agreement" && hit { print $4; exit }
        $4 == "Reliability of one member, ICC(1)" { hit = 1 }' cells)" \
    "$(echo "$stats" | number '$j->{statistics}{panel}{icc_1}')"
for m in 'M. Bernard, sous-préfecture' 'Mme Gosselin, droits des femmes'; do
    ok "the severity of $m" near "$(of Agreement Severity "$m")" \
        "$(echo "$stats" | M=$m number 'use utf8; use Encode; my $m = decode("UTF-8", $ENV{M});
            (grep { $_->{member} eq $m } @{$j->{statistics}{members}})[0]{severity}')"
done
ok "the adjusted score of a project" near \
    "$(of Agreement "Adjusted score" 2026-007)" \
    "$(echo "$stats" | number '(grep { $_->{id} eq "2026-007" } @{$j->{statistics}{projects}})[0]{adjusted}')"
is "the projects to discuss are those of rank --stats" \
    "$(awk -F'\t' '$1 == "Agreement" && $4 == "to discuss"' cells | wc -l | tr -d ' ')" \
    "$(echo "$stats" | number 'scalar grep { $_->{discuss} } @{$j->{statistics}{projects}}')"
is "the reliability stands on the front page" \
    "$(sentences Summary 'reliability of the mean of the 7 members')" 1

### Robustness
robust=$(cispd rank --robust --format json)
is "all sentences to read aloud" "$(echo "$robust" |
    number 'scalar @{$j->{robustness}{sentences}}')" \
    "$(awk -F'\t' '$1 == "Robustness" && $4 == "To be read aloud" { on = 1; next }
        $1 == "Robustness" && $4 == "Without one member (the quorum is not applied again)" { exit }
        on' cells | wc -l | tr -d ' ')"
is "the solid projects are those of rank --robust" \
    "$(awk -F'\t' '$1 == "Robustness" && $4 == "solid"' cells | wc -l | tr -d ' ')" \
    "$(echo "$robust" | number 'scalar grep { $_->{label} eq "solid" } @{$j->{robustness}{projects}}')"
for rule in strict skip; do
    is "the rule $rule adds up to what it allocates" "$(awk -F'\t' -v r=$rule '
        $1 != "Robustness" { next }
        { col = $2; gsub(/[0-9]/, "", col) }
        $4 == r { at = col }
        at != "" && $3 ~ "^=SUM\\(" at { printf "%.0f", $4 * 100; exit }' cells)" \
        "$(cispd allocate --rule $rule --format json | number '$j->{allocated_cents}')"
done
leaving=$(of Robustness "Would not be funded" "M. Fiévet, parquet d'Avesnes")
is "who leaves without a member" "$leaving" "$(echo "$robust" | number \
    'join ", ", @{(grep { $_->{member} =~ /^M\. Fi/ } @{$j->{robustness}{members}})[0]{leave}}')"

### An adopted scenario is what is explained, also when it is decided
is "nothing is said of a scenario" "$(sentences Explanations 'adopted scenario')" 0
ok "a scenario of another rule" cispd allocate --rule strict --save Voted -q
sql "UPDATE scenario SET adopted_at = '2026-03-01 10:00'"
shared=$(cispd allocate --rule strict --format json | number '$j->{allocated_cents}')
explained() { # the total of the sheet, cents
    awk -F'\t' '$1 == "Explanations" && $3 ~ /^=SUM\(/ {
        printf "%.0f", $4 * 100; exit }' cells
}
ok "its workbook" book
is "the sheet says so" "$(sentences Explanations 'adopted scenario "Voted"')" 1
is "and explains its awards" "$(explained)" "$shared"
before=$(sentences Explanations '^Ranked ')
ok "decided as it says" cispd award set --all -q
ok "the workbook then" book
is "explains them as before" "$(explained) $(sentences Explanations '^Ranked ')" \
    "$shared $before"
is "and nothing as set by hand" "$(sentences Explanations 'by the committee')" 0
cut=$(cispd budget --format json | number '0 - $j->{available_cents} / 100')
ok "the envelope is cut to what is awarded" \
    cispd envelope add --amount "$cut" --reference DM4
ok "a project withdraws" cispd award clear 1 --reason "gave up"
ok "from the call" cispd project withdraw 1 --reason "gave up"
ok "the workbook after" book
is "the scenario is said to hold no more" \
    "$(sentences Explanations 'Voted. no longer holds')" 1
is "decided amounts are told as decided" \
    "$(test "$(sentences Explanations '(Decided:|It is decided)')" -gt 10; echo $?)" 0
is "no address of the confidential shelter" \
    "$(grep -cE 'Secret|Jeumont|59460|59324' cells)" 0

### The rule optimal
rm -f cispd.db
make_call 25 7 || exit 1
is "the second best means nothing to another rule" \
    "$(sentences Explanations 'second best')" 0
cispd call edit --rule optimal -q 2>/dev/null
ok "under optimal" book
is "the greatest total is told" "$(sentences Explanations 'greatest total is')" 1
is "every open project says in how many optima it stands" \
    "$(sentences Explanations '^in (all|some|none)$')" 21
is "and what imposing it costs" "$(awk -F'\t' '$1 == "Explanations" &&
    $2 ~ /^O/ && $4 ~ /^[0-9]/' cells | wc -l | tr -d ' ')" 21

### A report asks for what it reads, by the names of the tables
own() { echo "$1" >own.sql && cispd report own.sql -o own.xlsx --force -q &&
    perl "$HERE/xlsx.pl" cells own.xlsx | awk -F'\t' '$2 == "A2" { print $4 }'; }
is "facts" "$(own 'SELECT count(*) AS n FROM temp.fact_project')" 23
is "robustness" "$(own 'SELECT count(*) AS n FROM temp.robust_project')" 23
is "in any case" "$(own 'SELECT count(*) AS n FROM temp.AGREEMENT_PROJECT')" 23

### A large call has its workbook without robustness, and says so
rm -f cispd.db
make_call 217 3 || exit 1
ok "201 projects to rank" book
is "the sheet says why it is empty" \
    "$(sentences Robustness 'more than 200 projects')" 1
is "and has no project" "$(awk -F'\t' '$1 == "Robustness" && $4 ~ /^2026-/' cells |
    wc -l | tr -d ' ')" 0
rm -f cispd.db
make_call 216 3 || exit 1
ok "200 projects to rank" book
is "are gone through" "$(sentences Robustness 'more than 200 projects')" 0
done_testing
