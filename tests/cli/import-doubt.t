#!/usr/bin/env bash
# What a file says doubtfully is taken in one way, and told.
. "$(dirname "$0")/lib.sh"
. "$HERE/lib_import.sh"

HEAD='N° dossier;Association;Titre;Montant demandé;Montant minimum;Coût;Autres financements publics;Reçu le'
rows() { # each filled up to all columns
    printf '%s\n' "$HEAD" >a.csv
    local row rest
    for row in "$@"; do
        rest=$(tr -dc ';' <<<"$row")
        printf '%s%s\n' "$row" "$(head -c $((7 - ${#rest})) <<<";;;;;;;")" >>a.csv
    done
}
projects() { sql "SELECT group_concat(number || ' ' || title || ' ' ||
    (requested_cents / 100) || ' ' || ifnull(minimum_cents, '-'), ', ')
    FROM (SELECT * FROM project ORDER BY number)"; }

### A number that Excel has rounded is nobody's
fresh
rows "2,14804E+07;A;T;3500"
runs 0 "a rounded number goes in" import projects a.csv
like "and is told" "$err" 'line 2: N° dossier: "2,14804E\+07": Excel has rounded'
rows "2,14804E+07;A;Autre;100"
runs 0 "another with the same" import projects a.csv
is "takes nobody's place" "$(projects)" "1 T 3500 -, 2 Autre 100 -"
runs 0 "again" import projects a.csv
like "the row is known" "$out" "1 unchanged"
rows "2E5;A;B;100"
runs 0 "a number of letters and digits" import projects a.csv
is "is one, without a word" "$err" ""

### No minimum, and days that cannot be
fresh
rows "1;A;T;9000;0;10000;12000;$(date -d '+20 days' +%d/%m/%Y)" \
    "2;B;U;900;;1000;;12/01/1926" "3;C;V;800;1;1000;1000;"
runs 0 "odd values go in" import projects a.csv
is "with 0 as none" "$(projects)" "1 T 9000 -, 2 U 900 -, 3 V 800 100"
is "each is told in its place" \
    "$(grep -oE 'line [0-9]+: [^:]+: ' <<<"$err" | tr -d '\n')" \
    "line 2: Montant minimum: line 2: Autres financements publics: line 2: Reçu le: line 3: Reçu le: "

### A cell that the spreadsheet could not work out is no value
fresh
rows "1;A;#REF!;3000" "2;#N/A;U;3000" "3;C;#NOM?;3000" "4;D;V;######" \
    "5;E;#MeToo!;500"
runs 0 "errors of the spreadsheet" import projects a.csv --rejects r.csv
is "are errors here" "$(grep -c "the spreadsheet shows an error" <<<"$err")" 4
is "a title may begin with the same sign" "$(projects)" "1 #MeToo! 500 -"

fresh
rows "1;A;T;3000" ";TOTAL;;#REF!"
runs 0 "one in a total row" import projects a.csv
is "spoils the total only" "$(projects)" "1 T 3000 -"
like "which is skipped" "$out" "1 imported, .* 1 skipped, 0 rejected"

printf 'Association;Sigle;SIRET;Téléphone;Code postal;Titre;Montant demandé\nA;#;#N/A;#N/A;59\u00a0600;T;100\n' >b.csv
runs 0 "one in what may be missing" import projects b.csv
is "leaves that out" "$(grep -c "it was left out" <<<"$err") $(sql "SELECT
    name || ' ' || acronym || ' ' || ifnull(siret_raw, '-') || ' ' || postcode
    FROM association WHERE postcode NOTNULL")" "2 A # - 59600"

### A correction by hand is not undone without a word
fresh
rows "A1;A;T1;6 900,00 €" "A2;B;T2;3000"
cispd import projects a.csv -q
cispd project edit 1 --requested "6 950,25" -q
rows "A1;A;T1 bis;6 900,00 €" "A2;B;T2 bis;3100"
runs 0 "the file has its way" import projects a.csv
is "in all that it says" "$(projects)" "1 T1 bis 6900 -, 2 T2 bis 3100 -"
is "what was corrected is told, in its line" \
    "$(grep -oE 'line .*6,900.00.€ now' <<<"$err" | tr '\302\240' ' ' | tr -s ' ')" \
    'line 2: Montant demandé: project 2026-001: "Requested" had been corrected by hand to 6,950.25 €, and is 6,900.00 € now'
is "and nothing else" "$(grep -c . <<<"$err")" 1
rows "A1;A;T1;6 800,00 €" "A2;B;T2 bis;3100"
runs 0 "what came from the file last" import projects a.csv
is "is the file's" "$err" ""
done_testing
