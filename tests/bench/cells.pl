#!/usr/bin/env perl
# cells.pl [--drawn] FILE.xlsx: the cells of a workbook as the flat list that
# bare_workbook.c reads; --drawn: also the empty ones that have a format, and
# the merged ranges. Reads what libxlsxwriter writes, not any .xlsx.
use strict;
use warnings;

my $drawn = @ARGV && $ARGV[0] eq '--drawn' ? shift : 0;
my $file = shift or die "usage: cells.pl [--drawn] FILE.xlsx\n";
sub part { my $name = shift; local $/; open my $p, '-|', 'unzip', '-p', $file, $name or die; <$p> }
sub text {
    my $t = shift;
    $t =~ s/&lt;/</g; $t =~ s/&gt;/>/g; $t =~ s/&quot;/"/g; $t =~ s/&amp;/&/g;
    $t =~ s/\\/\\\\/g; $t =~ s/\n/\\n/g;
    die "a TAB in a cell: $t\n" if $t =~ /\t/;
    return $t;
}

sub place { # "AB12" as row TAB column, from 0
    my ($letters, $row) = shift =~ /([A-Z]+)(\d+)/;
    my $col = 0;
    $col = $col * 26 + ord($_) - 64 for split //, $letters;
    return $row - 1 . "\t" . ($col - 1);
}

my @strings;
my $shared = part('xl/sharedStrings.xml') // '';
while ($shared =~ m{<si>(.*?)</si>}gs) {
    my $si = $1;
    push @strings, text(join '', $si =~ m{<t[^>]*>(.*?)</t>}gs);
}
my $book = part('xl/workbook.xml');
my $n = 0;
while ($book =~ m{<sheet name="([^"]*)"}g) {
    $n++;
    print "sheet\t", text($1), "\n";
    my $sheet = part("xl/worksheets/sheet$n.xml");
    while ($drawn && $sheet =~ m{<mergeCell ref="([A-Z0-9]+):([A-Z0-9]+)"}g) {
        print "m\t", place($1), "\t", place($2), "\n";
    }
    while ($sheet =~ m{<c r="([A-Z]+\d+)"([^>]*?)(?:/>|>(.*?)</c>)}gs) {
        my ($at, $attr, $body) = (place($1), $2, $3);
        unless (defined $body && $body ne '') {
            print "b\t$at\n" if $drawn;
            next;
        }
        my ($value) = $body =~ m{<v>(.*?)</v>}s;
        if (my ($formula) = $body =~ m{<f[^>]*>(.*?)</f>}s) {
            my $kind = $attr =~ /t="str"/ ? 'g' : 'f';
            print "$kind\t$at\t=", text($formula), "\t", text($value // ''),
                "\n";
        } elsif ($attr =~ /t="s"/) {
            print "s\t$at\t$strings[$value]\n";
        } else {
            print "n\t$at\t$value\n";
        }
    }
}
