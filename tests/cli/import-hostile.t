#!/usr/bin/env bash
# What must not be misread: encodings, numbers, dates, phones, pages.
. "$(dirname "$0")/lib.sh"
. "$HERE/lib_import.sh"
HEAD='Association;Titre;Montant demandé'

import() { # code, name, file, args; in an empty call
    local code=$1 name=$2
    shift 2
    fresh
    runs "$code" "$name" import projects "$@"
}
one() { # code, column, cell, SELECT-list wanted of the project
    printf "$HEAD;%s\n"'A;T;100;%s\n' "$2" "$3" >one.csv
    import "$1" "$2 \"$3\"" one.csv
    [ "$1" -ne 0 ] || is "is $4" "$(sql "SELECT $5 FROM project p
        JOIN association a ON a.id = p.association_id
        LEFT JOIN contact c ON c.association_id = a.id")" "$4"
}
names() { sql "SELECT group_concat(name || '/' || title, ' ')
    FROM project p JOIN association a ON a.id = p.association_id"; }

# ---- encodings: a wrong letter is no letter
printf '%s\nCafé œuvre;Écoute à 5 €;100\n' "$HEAD" >utf8.csv
for code in MACINTOSH CP850 ISO-8859-15; do
    iconv -f UTF-8 -t $code//TRANSLIT utf8.csv >other.csv
    import 65 "$code is not taken for Windows-1252" other.csv
    like "what to do is said" "$err" 'line [12].*--encoding'
    import 0 "named" other.csv --encoding $code
done
is "it is read" "$(names)" "Café œuvre/Écoute à 5 €"
iconv -f UTF-8 -t WINDOWS-1252 utf8.csv >cp1252.csv
import 0 "Windows-1252 with its own signs" cp1252.csv
is "is read unasked" "$(names)" "Café œuvre/Écoute à 5 €"
printf 'Association;Titre;Montant\240demand\351\n\312tre;\253 Oui \273\205 l\222\351t\351;1\240000 \244\n' >latin.csv
import 0 "the euro of ISO-8859-15" latin.csv
is "is one" "$(names) $(sql "SELECT requested_cents FROM project")" \
    "Être/« Oui »… l’été 100000"
for code in UTF-16LE UTF-16BE; do
    iconv -f UTF-8 -t $code utf8.csv >wide.csv
    import 65 "$code without a mark" wide.csv
    like "is named" "$err" UTF-16
done
printf '%s\nCafÃ©;T;1\nÉtÃ;U;2\n' "$HEAD" >twice.csv
import 0 "UTF-8 encoded twice" twice.csv
like "is pointed out" "$err" 'line 2: accents of this row were lost'
is "and nothing else is" "$(echo "$err" | grep -c accents)" 1
printf '%s\nA;T\0;1\n' "$HEAD" >nul.csv
import 65 "a NUL byte" nul.csv
like "is told by line" "$err" 'line 2.*NUL'
where() { # what the JSON says of the first error: line, column, value
    fresh
    cispd import projects "$1" --format json >report 2>/dev/null
    sqlite3 :memory: "SELECT json_extract(readfile('report'), '\$.rows',
        '\$.errors[0].line', '\$.errors[0].column', '\$.errors[0].value')"
}
is "and by cell" "$(where nul.csv)" "[1,2,\"Titre\",\"T�\"]"
printf 'Association;Titre\n' >wide.csv
is "headings that lack a column have their line" "$(where wide.csv)" \
    '[0,1,null,null]'
printf 'Liste;;\n;;\nAssociation;Titre;Coût\n' >low.csv
is "also lower down" "$(where low.csv)" '[0,3,null,null]'
printf '%s\nA;T;1\nCaf\216;T;1\n' "$HEAD" >mac.csv
is "a byte that is no letter has its cell" "$(where mac.csv)" \
    "[2,3,\"Association\",\"Caf�\"]"
cispd import projects mac.csv --rejects mac-out.csv -q 2>/dev/null
sed -i 's/;"[^"]*";/;;/' mac-out.csv
runs 0 "rejected" import projects mac-out.csv
like "and brought back as it is, it is no other letter" "$err" 'accents of this row were lost'

# ---- amounts: in one way or not at all
while IFS='|' read -r text cents; do
    printf '%s\nA;T;%s\n' "$HEAD" "$text" >money.csv
    import 0 "\"$text\"" money.csv
    is "is $cents cents" "$(sql "SELECT requested_cents FROM project")" "$cents"
done <<'F'
1.234,56|123456
1 234,56 €|123456
1 500 000|150000000
1  500|150000
10 000,5|1000050
258555.0|25855500
F
for text in 12,345 3.000 '12 34' '1 50' '1234 567' '1 234,5 6' 1e3 '(150,00)' \
    '1 500 k€' 1500.00.00 '~100' '#REF!'; do
    printf '%s\nA;T;%s\n' "$HEAD" "$text" >money.csv
    import 65 "\"$text\" is refused" money.csv
done

# ---- days, phones, identifiers, nothing
one 0 "Date de début" 1/3/26 2026-03-01 starts_on
one 0 "Date de début" 1/3/99 1999-03-01 starts_on
one 0 "Date de début" 46023 2026-01-01 starts_on
one 65 "Date de début" 31/02/2026
one 65 "Date de début" 12/13/2026
one 0 Téléphone 327000000 0327000000 phone
one 0 Téléphone 327000000.0 0327000000 phone
one 0 Téléphone 33327000000 0327000000 phone
one 0 Téléphone "+33 (0)3 27 00 00 00" 0327000000 phone
one 0 "Code postal" 1000 01000 postcode
one 0 "Code postal" "59 600" 59600 postcode
one 0 "Code postal" "59600 MAUBEUGE" "" postcode
like "which is told" "$err" 'Code postal: "59600 MAUBEUGE": this is no postcode'
one 0 Ville "59600 Maubeuge" "Maubeuge|59600" commune,postcode
one 0 Ville "Maubeuge (59600)" "Maubeuge|59600" commune,postcode
one 0 Ville "5960 Maubeuge" "5960 Maubeuge|" commune,postcode
one 0 Courriel mailto:a@b.fr "" email
one 0 SIRET 7,32829E+13 "|7,32829E+13" siret,siret_raw
like "and why is told" "$err" 'line 2: SIRET: .*was rounded by the spreadsheet'
one 0 SIRET "732 829 320 00074" "73282932000074|" siret,siret_raw
one 0 "Coût total" - "" cost_cents
one 0 "Coût total" – "" cost_cents

printf 'Association|Titre|Montant demandé\nA|T|100\n' >pipe.csv
import 65 "another separator" pipe.csv
like "is asked for" "$err" 'line 1 is one column.*--delimiter'
import 0 "and taken" pipe.csv --delimiter "|"

# ---- pages
printf "$HEAD\n$HEAD\nA;T;100\nB;U;200\nTotal page 1;;300\nASSOCIATION;TITRE;MONTANT DEMANDÉ\nReport;;300\nC;V;50\nTOTAL;;350\n" >pages.csv
import 0 "headings, totals and carried sums on each page" pages.csv
is "are no projects" "$(names) $(sql "SELECT sum(requested_cents) FROM project")" \
    "A/T B/U C/V 35000"
printf "$HEAD;;;\nA;T;100\nB;U;200;;;\n;;;;;\n" >blank.csv
import 0 "blank columns that some rows lack" blank.csv
is "are nothing" "$(names)" "A/T B/U"
printf "$HEAD;Note;;\nA;T;100\n" >short.csv
import 65 "a row that lacks more" short.csv
{
    printf '%s' "$HEAD"
    for i in $(seq 1000); do printf ';c%d' "$i"; done
    printf '\nA;T;100'
    for i in $(seq 1000); do printf ';v%d' "$i"; done
    echo
} >columns.csv
import 0 "a thousand columns" columns.csv
like "are not all named" "$err" '"c30", … \(1000\)'
{
    printf '%s\nA;' "$HEAD"
    head -c 1000000 /dev/zero | tr '\0' x
    printf ';100\nB;U;7\n'
} >cell.csv
import 65 "a cell of a million letters" cell.csv
like "is refused by line" "$err" 'line 2: Titre: a cell is longer'
import 0 "which costs no other row" cell.csv --rejects cell-out.csv
is "the other row is in" "$(names)" "B/U"
done_testing
