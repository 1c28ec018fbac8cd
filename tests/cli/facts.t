#!/bin/bash
# Every figure of an explanation is tried: with it the project is funded, with
# one millionth of a point, one cent or one envelope less it is not. Under
# optimal, funded means: in one of the allocations of greatest value.
. "$(dirname "$0")/lib.sh"

cat >tried.pl <<'END'
use strict; use warnings; use JSON::PP;
my ($rule, @options) = @ARGV;
my $envelope = $ENV{ENVELOPE} // 2000000;
my @head = qw(id score requested floor);
my @row = (["P1", 92, 480000, 300000], ["P2", 88, 500000, 250000],
           ["P3", 85, 360000, 200000], ["P4", 81, 490000, 250000],
           ["P5", 78.5, 320000, 150000], ["P6", 74, 150000, 80000],
           ["P7", 66.25, 90000, 50000], ["P8", 66.25, 90000, 50000],
           ["P9", 60, 20000, 20000]);
my $wrong = 0;
my $tries = 0;
sub solve { # rows, envelope, options
    my ($rows, $cents, @more) = @_;
    open my $f, ">", "tried.csv" or die;
    print $f join(";", @head), "\n";
    printf $f "%s;%.6f;%.2f;%.2f\n", $$_[0], $$_[1], $$_[2] / 100, $$_[3] / 100
        for @$rows;
    close $f;
    open my $p, "-|", $ENV{CISPD}, qw(allocate --format json --csv tried.csv),
        "--rule", $rule, "--envelope", sprintf("%.2f", $cents / 100), @options,
        @more or die;
    local $/;
    my $j = decode_json(<$p>);
    $$j{award} = { map { $$_{id} => $$_{award_cents} } @{ $$j{projects} } };
    return $j;
}
sub with { # id, field => value ...: the rows with one project changed
    my ($id, %set) = @_;
    return [map { my @r = @$_;
                  if ($r[0] eq $id) { $r[$_] = $set{$_} for keys %set }
                  \@r } @row];
}
sub expect { # what, wanted, got
    my ($what, $wanted, $got) = @_;
    $tries++;
    return if !$wanted == !$got;
    $wrong++;
    print "# $rule @options: $what: ", $got ? "funded" : "not funded", "\n";
}
my $base = solve(\@row, $envelope, "--verify");
for my $p (@{ $$base{projects} }) {
    my ($id, $funded, $f) = ($$p{id}, $$p{award_cents} > 0, $$p{facts});
    my ($own) = grep { $$_[0] eq $id } @row;
    my $in = sub {
        my ($now) = grep { $$_{id} eq $id } @{ solve(@_)->{projects} };
        my $optima = $$now{facts}{in_optima};
        return $optima ? $optima ne "none" : $$now{award_cents} > 0 };
    my $s = $$f{score_needed};
    if ($$s{answer} eq "value") {
        my $least = $$s{num} * 100 / $$s{den} + ($$s{above} ? 1e-6 : 0);
        expect("$id at $least", 1, $in->(with($id, 1, $least), $envelope));
        expect("$id under $least", 0,
               $in->(with($id, 1, $least - 1e-6), $envelope)) if $least > 0;
    }
    expect("$id at next to nothing", 1, $in->(with($id, 1, 1e-6), $envelope))
        if $$s{answer} eq "any";
    my $a = $$f{amount};
    if ($$a{answer} eq "value") {
        my $by_floor = $rule eq "partial" || $rule eq "proportional" ||
            ($rule =~ /^tiers/ && $$a{cents} < $$own[3]);
        my $change = sub {
            my $v = shift;
            my $floor = $v < $$own[3] || $by_floor ? $v : $$own[3];
            return $by_floor ? with($id, 3, $floor)
                             : with($id, 2, $v, 3, $floor) };
        my $cents = $$a{cents};
        expect("$id for $cents", 1, $in->($change->($cents), $envelope));
        expect("$id for more than $cents", 0,
               $in->($change->($cents + 100), $envelope))
            if !$funded;
    }
    my $e = $$f{envelope};
    if ($$e{answer} eq "value") {
        expect("$id out of $$e{cents}", 1, $in->(\@row, $$e{cents}));
        expect("$id out of less", 0, $in->(\@row, $$e{cents} - 1));
    }
    my $c = $$f{price} or next;
    if ($$c{answer} eq "value" and !grep { $_ eq "--step" } @options) {
        my $forced = solve(\@row, $envelope, "--force",
                           sprintf "%s=%.2f", $id, $$c{award_cents} / 100);
        my %score = map { $$_[0] => sprintf "%.0f", $$_[1] * 1e6 } @row;
        my $euro = grep { $_ eq "score-euro" } @options;
        my $value = 0;
        $value += $score{$_} * ($euro ? $$forced{award}{$_} : 1)
            for grep { $$forced{award}{$_} > 0 } keys %score;
        expect("$id imposed: $$c{value}", 1,
               $$base{outlook}{value} - $$c{value} == $value);
        expect("$id in every optimum", $$f{in_optima} eq "all",
               solve(\@row, $envelope, "--force", "$id=0")->{outlook}{value}
                   < $$base{outlook}{value});
    }
}
if (my $more = $$base{outlook}{more_cents}) {
    my $value = sub { solve(\@row, $envelope + shift)->{outlook}{value} };
    expect("the next euros", 1, $value->($more) == $$base{outlook}{more_value});
    expect("a cent less", 1, $value->($more - 1) == $$base{outlook}{value});
}
my $hundred = $$base{outlook}{hundred_euros_more};
my $after = solve(\@row, $envelope + 10000);
my %change = map { $$_{id} => $$_{change_cents} } @{ $$hundred{changes} };
for my $id (map { $$_[0] } @row) {
    my $more = $$after{award}{$id} - $$base{award}{$id};
    expect("$id with 100 euros more", 1, $more == ($change{$id} // 0));
    expect("$id is named", $more != 0, exists $change{$id});
}
expect("the sum with 100 euros more", 1,
       $$after{allocated_cents} == $$hundred{total_cents});
expect("the total with 100 euros more", 1,
       $$after{outlook}{value} == $$hundred{value}) if exists $$hundred{value};
if (my $k = $$base{outlook}{coefficient}) {
    for my $r (@row) { # an award is within a unit of what the score pays
        my ($id, $score, $request, $floor) = @$r;
        my $pays = $$k{num} * $score / 100 * $request / $$k{den};
        $pays = $floor if $pays < $floor;
        $pays = $request if $pays > $request;
        expect("$id is paid by its score", 1,
               abs($$base{award}{$id} - $pays) < $$base{terms}{unit_cents})
            if $$base{award}{$id} > 0;
    }
    my $percent = $$k{percent_of_a_point};
    expect("a point pays $percent %", 1, $percent * $$k{den} <= $$k{num} &&
           ($percent + 0.0001) * $$k{den} > $$k{num});
}
expect("a coefficient", $rule eq "proportional",
       $$base{outlook}{coefficient});
print "# $tries figures tried\n";
exit($wrong > 0 || $tries < 8);
END
export CISPD
tried() {
    local name=$1
    shift
    perl tried.pl "$@" >tried.out
    result $? "$name: every figure holds"
    cat tried.out
}
tried "strict" strict
tried "skip" skip
tried "partial" partial
tried "proportional" proportional
tried "proportional by divisors" proportional --rounding divisor --unit 0.5
tried "tiers" tiers --tiers 85:100,66:70
tried "optimal" optimal
tried "optimal on score x amount" optimal --objective score-euro
tried "optimal in steps" optimal --step 100 --objective score-euro
tried "with a forced amount" skip --force P3=2000
ENVELOPE=1140000 tried "proportional, where the minima do not fit" proportional
ENVELOPE=1140000 tried "tiers, cut" tiers:cut --tiers 85:100,66:70
ENVELOPE=1140000 tried "optimal in concave steps" optimal --step 500 \
    --curve concave

# One mark: each that is named changes the decision, the step before does not.
. "$HERE/lib_marks.sh"
small_call
project 9000 4000
project 8000 4000
project 7000 3500
project 4000 4000
marks 1 18 18 18 18 18 18
marks 2 17 17 17 17 17 16
marks 3 16 16.5 16 17 15 18
marks 4 15.5 16 16 16 15 18
award() { # project: its award now
    cispd allocate --format json | perl_json "\$p{'2026-00$1'}{award_cents} > 0 ? 1 : 0"
}
try_marks() { # project
    local before after member criterion from to near
    before=$(award "$1")
    while read -r member criterion from to; do
        near=$((to > from ? to - 500 : to + 500))
        mark="project_id = $1 AND member_id = (SELECT id FROM member WHERE
            name = '$member') AND criterion_id = (SELECT id FROM criterion
            WHERE code = '$criterion')"
        sql "UPDATE mark SET value_milli = $to WHERE $mark"
        after=$(award "$1")
        sql "UPDATE mark SET value_milli = $near WHERE $mark"
        [ "$after" != "$before" ] && [ "$(award "$1")" = "$before" ]
        result $? "$1: $member on $criterion decides at $to, not before"
        sql "UPDATE mark SET value_milli = $from WHERE $mark"
    done < <(cispd allocate "$1" --format json | perl -MJSON::PP -CO -e '
        print map { "$_->{member} $_->{criterion} $_->{from_milli} " .
            "$_->{to_milli}\n" } @{ decode_json(join "", <STDIN>)->{marks} }')
}
is "marks that decide" "$(cispd allocate 3 --format json |
    perl -MJSON::PP -e 'print @{ decode_json(join "", <>)->{marks} } > 0')" 1
try_marks 3
try_marks 2
done_testing
