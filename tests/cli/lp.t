#!/bin/bash
# The problem of `optimal` as an LP file: what is the best of all that it
# allows is what was allocated; a solver says so too, where there is one.
. "$(dirname "$0")/lib.sh"
. "$HERE/lib_marks.sh"

cat >e4.csv <<'ROWS'
id;score;requested;floor
P1;92;4800;3000
P2;88;5000;2500
P3;85;3600;2000
P4;81;4900;2500
P5;78.5;3200;1500
P6;74;1500;800
"P
7";66;900;500
P8;60;200;200
ROWS
cat >best.pl <<'PERL'
# Reads an LP file of the kind that we write; prints the best of all choices.
use strict; use warnings;
my ($times, $part, $capacity, %value, %weight, %class, %binary) = (0, "", -1);
while (<>) {
    if (/^\\ obj x (\d+): /) { $times = $1 }
    elsif (/^\\|^Maximize$|^Subject To$|^End$/) { }
    elsif (/^ (obj|capacity): 0 none$/ or /^ (one\d+):$/ or /^(Binary)$/) { $part = $1 }
    elsif (/^ \+ (\d+) (p\d+_(\d+))$/ and $part eq "obj") { $value{$2} = $1 }
    elsif (/^ \+ (\d+) (p\d+_(\d+))$/ and $part eq "capacity" and $1 == $3) { $weight{$2} = $1 }
    elsif (/^ \+ 1 (p(\d+)_\d+)$/ and $part eq "one$2") { $class{$2}{$1} = 1 }
    elsif (/^ <= (\d+)$/) { $part eq "capacity" ? $capacity = $1 : $1 == 1 || die }
    elsif (/^ (none|p\d+_\d+)$/ and $part eq "Binary") { $binary{$1} = 1 }
    else { die "line $.: $_" }
}
die "not each everywhere" if keys %value != keys %weight or
    keys %binary != 1 + keys %value or grep { !$binary{$_} } keys %value;
my %best = (0 => 0); # weight => value
for my $c (values %class) {
    my %next = %best;
    for my $o (keys %$c) {
        for my $w (keys %best) {
            my ($x, $v) = ($w + $weight{$o}, $best{$w} + $value{$o});
            $next{$x} = $v if $x <= $capacity and $v > ($next{$x} // -1);
        }
    }
    %best = %next;
}
my ($most) = sort { $b <=> $a } values %best;
print $most * $times, "\n";
PERL
confirmed() { # name, then options
    local name=$1 value theirs
    shift
    rm -f o.lp
    value=$(cispd allocate --csv e4.csv --rule optimal --lp o.lp --format json \
        "$@" | perl_json '$j->{outlook}{value}')
    is "$name" "$(perl best.pl o.lp)" "$value"
    command -v glpsol >.out || return 0
    glpsol --lp o.lp -o o.out >.out
    theirs=$(sed -n 's/^Objective: *obj = \([0-9]*\).*/\1/p' o.out)
    is "$name, for glpsol" \
        "$((theirs * $(sed -n 's/^. obj x \([0-9]*\):.*/\1/p' o.lp)))" "$value"
}
confirmed "all or nothing" --envelope 20000
confirmed "on score x amount" --envelope 20000 --objective score-euro
confirmed "in steps" --envelope 15000 --step 500
confirmed "with an amount that was set" --envelope 15000 --force P2=4000
confirmed "of nothing" --envelope 0

is "the projects are named" "$(sed -n 's/^. p[78]: //p' o.lp)" "P?7
P8"
runs 73 "never over a file" \
    allocate --csv e4.csv --envelope 1 --rule optimal --lp o.lp
rm o.lp
runs 2 "another rule has none" allocate --csv e4.csv --envelope 1 --lp o.lp
runs 0 "a dry run" \
    allocate --csv e4.csv --envelope 1 --rule optimal --lp o.lp --dry-run
no "writes nothing" test -e o.lp

# All or nothing: neither a refused scenario nor a project that is not there
# leaves a file, nor a file that is there already a scenario.
small_call --rule optimal
project 3000 1000
marks 1 12 12 12 12 12 12
runs 0 "a scenario and a file" allocate --save Un --lp o.lp
ok "both are there" test -s o.lp
rm o.lp
runs 1 "a name that is taken" allocate --save Un --lp o.lp
no "leaves no file" test -e o.lp
runs 66 "a project that is not there" allocate 7 --lp o.lp
no "leaves no file" test -e o.lp
echo mine >o.lp
runs 73 "a file that is there" allocate --save Deux --lp o.lp
is "leaves no scenario" "$(sql 'SELECT group_concat(name) FROM scenario')" Un
is "and is left alone" "$(cat o.lp)" mine
done_testing
