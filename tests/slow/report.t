#!/bin/bash
# Workbooks in LibreOffice: recalculated on loading, and printed.
. "$(dirname "$0")/../cli/lib.sh"
HERE=$TOP/tests/cli
. "$HERE/make-call.sh"
command -v soffice >/dev/null || skip_all "LibreOffice is not installed"

# A profile of its own, in which files are recalculated when they are loaded.
mkdir -p profile/user
cat >profile/user/registrymodifications.xcu <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop
 oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
XML
convert_to() { # format folder file
    soffice "-env:UserInstallation=file://$BOX/profile" --headless \
        --convert-to "$1" --outdir "$2" "$3"
}

make_call 25 7 || exit 1
runs 0 "the committee workbook is written" report committee -o c.xlsx
ok "LibreOffice opens it" convert_to xlsx again c.xlsx
ok "and recalculates every formula to its stored value" \
    perl "$HERE/xlsx.pl" compare c.xlsx again/c.xlsx
ok "it can be printed" convert_to pdf . c.xlsx
ok "on paper" test -s c.pdf
if command -v pdfinfo >/dev/null; then
    like "that is A4" "$(pdfinfo c.pdf)" 'Page size: .*\(A4\)'
fi

# A committee that overspends: the first proposal becomes 99 999 euros.
mkdir x && (cd x && unzip -q ../c.xlsx)
sheet=x/xl/worksheets/sheet2.xml
cell=$(perl "$HERE/xlsx.pl" cells c.xlsx | awk -F'\t' '
    $1 == "Ranking" && $4 == "Proposal" { sub(/[0-9]+/, "", $2); c = $2 }
    $1 == "Ranking" && $4 == "Rank" { sub(/[A-Z]+/, "", $2); r = $2 + 1 }
    END { print c r }')
perl -0pi -e "s{(<c r=\"$cell\"[^>]*><v>)[^<]*}{\${1}99999}" "$sheet"
(cd x && zip -qr ../over.xlsx .)
ok "LibreOffice opens the changed file" convert_to xlsx again over.xlsx
left=$(perl "$HERE/xlsx.pl" cells again/over.xlsx | awk -F'\t' '
    $1 == "Summary" && $4 ~ /^-/ && $3 != "" { print "below zero"; exit }')
is "what is left on the summary follows, below zero" "$left" "below zero"

rm -f cispd.db
make_call 300 15 || exit 1
runs 0 "300 projects and 15 members" report committee -o large.xlsx
ok "recalculate in LibreOffice" convert_to xlsx again large.xlsx
ok "to their stored values" \
    perl "$HERE/xlsx.pl" compare large.xlsx again/large.xlsx
done_testing
