#!/usr/bin/perl
# Reads workbooks for the tests.
#   xlsx.pl cells FILE            sheet, cell, formula and value, tab separated
#   xlsx.pl compare FILE OTHER    formulas of FILE whose stored value is not
#                                 OTHER's value of the cell (1e-6 apart)
use strict;
use warnings;
use utf8;
binmode STDOUT, ':encoding(UTF-8)';

sub part {
    my ($file, $name) = @_;
    open my $in, '-|:encoding(UTF-8)', 'unzip', '-p', $file, $name or die;
    local $/;
    my $text = <$in>;
    close $in;
    return $text // '';
}

sub plain {
    my $s = shift;
    my %entity = (lt => '<', gt => '>', amp => '&', quot => '"', apos => "'");
    $s =~ s/&#x([0-9a-fA-F]+);/chr hex $1/ge;
    $s =~ s/&#([0-9]+);/chr $1/ge;
    $s =~ s/&(lt|gt|amp|quot|apos);/$entity{$1}/g;
    return $s;
}

# The sheets' names and parts, in their order.
sub sheets {
    my $file = shift;
    my %part = ();
    my $rels = part($file, 'xl/_rels/workbook.xml.rels');
    while ($rels =~ /<Relationship\b([^>]*)>/g) {
        my $r = $1;
        my ($id) = $r =~ /\bId="([^"]*)"/;
        my ($target) = $r =~ /\bTarget="([^"]*)"/;
        $target =~ s{^/?(xl/)?}{xl/};
        $part{$id} = $target;
    }
    my @sheets;
    my $book = part($file, 'xl/workbook.xml');
    while ($book =~ /<sheet\b([^>]*)>/g) {
        my $s = $1;
        my ($name) = $s =~ /\bname="([^"]*)"/;
        my ($id) = $s =~ /\br:id="([^"]*)"/;
        push @sheets, [plain($name), $part{$id}];
    }
    return @sheets;
}

sub strings {
    my $file = shift;
    my $xml = part($file, 'xl/sharedStrings.xml');
    my @all;
    while ($xml =~ m{<si>(.*?)</si>}gs) {
        my $si = $1;
        push @all, plain(join '', $si =~ m{<t[^>]*>([^<]*)</t>}g);
    }
    return @all;
}

# All cells: "sheet!A1" => [formula or undef, value].
sub cells {
    my $file = shift;
    my @strings = strings($file);
    my (%cells, @order);
    for my $sheet (sheets($file)) {
        my ($name, $path) = @$sheet;
        my $xml = part($file, $path);
        while ($xml =~ m{<c\b([^>]*?)(/>|>(.*?)</c>)}gs) {
            my ($attr, $body) = ($1, $3 // '');
            my ($at) = $attr =~ /\br="([^"]*)"/;
            my ($type) = $attr =~ /\bt="([^"]*)"/;
            my ($f) = $body =~ m{<f[^>]*>([^<]*)</f>}s;
            my ($v) = $body =~ m{<v>([^<]*)</v>}s;
            ($v) = $body =~ m{<t[^>]*>([^<]*)</t>}s unless defined $v;
            next unless defined $v || defined $f;
            $v = plain($v // '');
            $v = $strings[$v] if ($type // '') eq 's';
            my $key = "$name!$at";
            push @order, $key;
            $cells{$key} = [defined $f ? plain($f) : undef, $v];
        }
    }
    return (\%cells, \@order);
}

my ($what, $file, $other) = @ARGV;
my ($cells, $order) = cells($file);
if ($what eq 'cells') {
    for my $key (@$order) {
        my ($f, $v) = @{$cells->{$key}};
        $v =~ s/[\t\n]/ /g;
        my ($sheet, $at) = $key =~ /^(.*)!([A-Z]+[0-9]+)$/;
        print join("\t", $sheet, $at, defined $f ? "=$f" : '', $v), "\n";
    }
    exit 0;
}
my ($theirs) = cells($other);
my ($formulas, $wrong) = (0, 0);
for my $key (@$order) {
    my ($f, $v) = @{$cells->{$key}};
    next unless defined $f;
    $formulas++;
    my $w = $theirs->{$key} ? $theirs->{$key}[1] : 'nothing';
    my $number = qr/^-?[0-9.]+(?:[eE][-+]?[0-9]+)?$/;
    my $same = $v =~ $number && $w =~ $number ? abs($v - $w) < 1e-6 : $v eq $w;
    next if $same;
    $wrong++;
    print "$key =$f: stored $v, recalculated $w\n";
}
print "$formulas formulas\n" unless $wrong;
exit($wrong || !$formulas ? 1 : 0);
