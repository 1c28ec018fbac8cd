#!/bin/bash
# rank --stats and rank --robust as typed, on the specification's example:
# four projects, three members, the severe one recused on the second.
. "$(dirname "$0")/lib.sh"

ask() { # expression on $j, the JSON of rank with both options
    cispd rank --stats --robust --format json 2>/dev/null |
        perl -MJSON::PP -we '
            my $j = decode_json(join "", <STDIN>);
            my ($s, $r) = @$j{qw(statistics robustness)};
            my %p = map { $_->{id} => $_ } @{ $s->{projects} };
            my %m = map { $_->{member} => $_ } @{ $s->{members} };
            my %w = map { $_->{criterion} => $_ } @{ $r->{weights} };
            my %o = map { $_->{member} => $_ } @{ $r->{members} };
            my %l = map { $_->{id} => $_ } @{ $r->{projects} };
            sub r6 { sprintf "%.6f", $_[0] }
            sub ids { join ",", @{ $_[0] } }
            print join(" ", map { defined ? $_ : "null" } eval shift), "\n";
            die $@ if $@' "$1"
}

no "without a call there is nothing to compute" cispd rank --stats
cispd init -q
cispd call add 2026 --title AAP --envelope 5000 --quorum 2 --rule skip -q
runs 0 "an empty call has no figures" rank --stats --robust
like "and says so" "$out" "cannot be computed"
is "null in the JSON" "$(ask '$s->{panel}{icc_1}, $s->{panel}{alpha}')" \
    "null null"

cispd association add "Relais du Val" -q
cispd criterion add C1 --label Besoin --weight 50 --step 0.5 -q
cispd criterion add C2 --label Moyens --weight 30 --step 0.5 -q
cispd criterion add C3 --label Suivi --weight 20 --scale 0:10 --step 0.5 -q
for name in Alice Bruno Chloé; do cispd member add $name -q; done
for n in 1 2 3 4; do
    cispd project add --association "Relais du Val" -q --title "Projet $n" \
        --requested 5000 --cost 9000 >/dev/null
done
sql "UPDATE project SET status = 'eligible'"
cispd recusal add --member alice --project 2 --reason conjoint -q
put() { # PROJECT MEMBER C1 C2 C3
    cispd mark set "$1" "$2" "C1=$3" "C2=$4" "C3=$5" -q || exit 1
}
put 1 alice 14 12 7
put 1 bruno 13 15 6
put 1 chloé 16 11.5 8
put 2 bruno 12 16 9
put 2 chloé 15 13 5
put 3 alice 10 14 6
put 3 bruno 12 10 8
put 3 chloé 11 15 7
put 4 alice 11 12 6.5
put 4 bruno 12 11 7
put 4 chloé 12 12 8

is "the sheets of a project" \
    "$(ask '$p{"2026-001"}{n}, map { r6($p{"2026-001"}{$_}) }
            qw(mean median min max range sd)')" \
    "3 69.083333 67.000000 67.000000 73.250000 6.250000 3.608439"
is "their histogram" "$(ask 'ids($p{"2026-001"}{histogram})')" \
    0,0,0,0,0,0,2,1,0,0
is "the severity of a member" "$(ask 'r6($m{Alice}{severity})')" -2.527778
is "the score without it" "$(ask 'r6($p{"2026-001"}{adjusted})')" 69.083333
is "and what that moves" "$(ask 'r6($p{"2026-002"}{shift})')" -1.263889
is "the panel's block" "$(ask '@{$s->{panel}}{qw(projects members)}')" "3 3"
is "all sheets count for alpha" \
    "$(ask '@{$s->{panel}}{qw(alpha_projects alpha_sheets)}')" "4 11"
is "a reversal across the funding line" \
    "$(ask 'map { @$_{qw(above below at_the_line)} } @{$s->{bias}{reversals}}')" \
    "2026-002 2026-001 1"
is "the same ranking is printed beside" "$(ask '$j->{projects}[0]{id}')" \
    2026-002

runs 0 "for people" rank --stats
like "the reversal is said aloud" "$(echo "$out" | tr -s ' \n' ' ')" \
    "Attention: 2026-002 is before 2026-001 by its score"
like "with the project's figures" "$out" "2026-001 .*69\.08 .*67.* 3\.61 "
runs 0 "in French" rank --stats --robust --lang fr
no "the ranking alone has none of it" sh -c "\"$CISPD\" rank | grep Attention"
is "nor its JSON" "$(cispd rank --format json | grep -c statistics)" 0
runs 2 "one CSV file cannot hold it" rank --stats --format csv
like "and the message says what to do" "$err" "format json"
runs 2 "nor for the other option" rank --robust --format csv

is "without the severe member, another is funded" \
    "$(ask 'ids($o{Alice}{enter}), ids($o{Alice}{leave}), r6($o{Alice}{tau})')" \
    "2026-001 2026-002 0.333333"
is "without Bruno one is under the quorum" "$(ask '$o{Bruno}{below_quorum}')" 1
is "without Chloé nothing changes" "$(ask '$r->{members}[2]{awards_change} ? 1 : 0')" 0
# P1 and P2 are one step of C1 apart on a mean of three
is "a step of a mark that decides" \
    "$(ask 'map { $_->{to_milli} } grep { $_->{project} eq "2026-001"
            && $_->{member} eq "Alice" && $_->{criterion} eq "C1" }
            @{$r->{marks}{moves}}')" 14500
is "as many as are listed" \
    "$(ask '$r->{marks}{change_awards} - @{$r->{marks}{moves}}')" 0
is "the critical weights" \
    "$(ask 'map { my $w = $w{$_}; map { $w->{$_}{kind},
        $w->{$_}{weight_num} } qw(less more) } qw(C1 C2)')" \
    "never null at 60 at 25 never null"
is "in percent" "$(ask 'r6($w{C1}{more}{percent})')" 20.000000
is "the next larger envelope" "$(ask '$r->{envelopes}{above}{envelope_cents}')" \
    1000000
is "the next smaller one" "$(ask '$r->{envelopes}{below}{envelope_cents}')" \
    499999
is "each rule beside the others" \
    "$(ask '$r->{rules}[0]{rule}, $r->{rules}[0]{award_cents}{"2026-002"}')" \
    "strict 500000"
is "the labels" "$(ask 'map { $l{$_}{label} } sort keys %l')" \
    "one-mark one-mark solid solid"
is "no project is funded in every case" "$(ask 'scalar grep { $_->{core} }
    values %l')" 0
is "the tie and its step" "$(ask 'map { @$_{qw(before after step)} }
    @{$r->{ties}}')" "2026-004 2026-003 criterion"

# nudged over the line: the change that was announced happens
sql "UPDATE criterion SET weight = 59 WHERE code = 'C1'"
is "just inside a critical weight" "$(ask '$j->{projects}[0]{id}')" 2026-002
sql "UPDATE criterion SET weight = 60 WHERE code = 'C1'"
is "and at it" "$(ask '$j->{projects}[0]{id}')" 2026-001
sql "UPDATE criterion SET weight = 50 WHERE code = 'C1'"
put 1 alice 14.5 12 7
is "the mark that was announced too" "$(ask '$j->{projects}[0]{id}')" 2026-001
put 1 alice 14 12 7

runs 0 "aloud" rank --robust
like "a rule without its terms is left out, and why" "$(echo $out)" \
    'The rule "tiers" is left out: the rule "tiers" needs its tiers'
sql "UPDATE project SET requested_cents = requested_cents + 1 WHERE id = 1"
runs 0 "with a request in cents" rank --robust
like "no option is advised that rank does not have" "$(echo $out)" \
    'choose a smaller unit with "cispd call edit --unit"'
sql "UPDATE project SET requested_cents = requested_cents - 1 WHERE id = 1"
runs 0 "aloud again" rank --robust
like "naming itself" "$(echo $out)" \
    'The rule "tiers, cut to fit" is left out: the rule "tiers, cut to fit" needs'
said=$(echo "$out" | tr -s ' \n' ' ')
like "what the rule funds" "$said" \
    "Under the rule \"skip\", 1 of 4 projects is funded"
like "whose absence matters" "$said" \
    "Without the marks of Alice, 2026-001 would be funded and 2026-002 would not"
like "the weight that decides" "$said" \
    "in proportion, is that of the criterion \"Moyens\": an award changes when it goes from 30 to about 25|in proportion, is that of the criterion \"Besoin\""
is "no progress line where nobody watches" "$err" ""

cispd call edit 2026 --missing renormalise -q
sql "DELETE FROM mark WHERE project_id = 1 AND member_id = 1 AND criterion_id = 3"
is "no critical weight beside renormalised sheets" \
    "$(ask '$w{C1}{defined} ? 1 : 0, exists $w{C1}{more} ? 1 : 0')" "0 0"
done_testing
