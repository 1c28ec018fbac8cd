#!/usr/bin/env bash
# Files as cities published them, and the examples of the open-data schema:
# each row, each euro, each defect (see the README of the data).
. "$(dirname "$0")/lib.sh"
. "$HERE/lib_import.sh"
DATA=$TOP/../shared/data
[ -d "$DATA" ] || skip_all "no ../shared/data"
MTP=$DATA/real/montpellier_2013_attribsub.csv
TLS=$DATA/real/toulouse_metropole_2023.csv

adds_up() { # code, name, args: imports, and counts every row once
    import "$@"
    is "$2: the counts add up" "$(ask rows)" "$(sqlite3 :memory: "
        SELECT sum(json_extract(readfile('report'), '\$.' || value))
        FROM json_each('[\"imported\",\"updated\",\"unchanged\",\"skipped\",
                         \"rejected\"]')")"
}
totals() { sql "SELECT count(*), sum(requested_cents) FROM project"; }

# Montpellier: Windows-1252, amounts as text, a total row, repetitions.
fresh
runs 65 "a missing title is asked for" import projects "$MTP"
like "with what to type" "$err" '--map title=HEADING.*--set title=VALUE'
like "and the headings of the file" "$err" '"STRUCTURE", "Nature", "Montant"'
adds_up 0 "Montpellier" "$MTP" --set title=Subvention
is "937 projects, 19 256 523,00 EUR" "$(totals)" "937|1925652300"
is "the total row is skipped" "$(ask skipped)" 1
is "and agrees: no word about it" "$(notes 'count(*)' warnings \
    "msg LIKE '%total row%'")" 0
is "repetitions are told" "$(notes 'count(*) >= 6' warnings \
    "msg LIKE '%repeats%'")" 1
is "the euro sign and the ligature are read" "$(sql "SELECT count(*)
    FROM association WHERE name = 'CŒUR DE LIVRES'")" 1
before=$(sql "SELECT count(*) FROM journal")
adds_up 0 "Montpellier again" "$MTP" --set title=Subvention
is "changes nothing" "$(ask unchanged) $(ask imported) $(totals)" \
    "937 0 937|1925652300"
is "not even the journal" "$(sql "SELECT count(*) FROM journal")" "$before"
runs 0 "the total row is shown to a person" import projects "$MTP" \
    --set title=Subvention
like "as the sum" "$out" "line 939, 19,256,523.00.*€"
sed '939s/523/524/' "$MTP" >wrong.csv
fresh
adds_up 65 "a total that differs" wrong.csv --set title=S
like "is an error with both figures" "$(notes msg errors "line = 939")" \
    '19,256,524.00.*€.*19,256,523.00.*€'

# Toulouse: destroyed SIRETs, decimal points in a file with semicolons.
fresh
adds_up 0 "Toulouse" "$TLS"
is "551 projects, 117 719 667,87 EUR" "$(totals)" "551|11771966787"
is "each destroyed SIRET is reported" "$(notes 'count(*)' warnings \
    "col = 'idBeneficiaire' AND val LIKE '%E+13'")" 541
is "each SIREN is called one" "$(notes "group_concat(line)" warnings \
    "col = 'idBeneficiaire' AND msg LIKE '%SIREN%'")" "46,169"
is "the funder's too" "$(notes 'count(*)' warnings \
    "col = 'idAttribuant'")" 551
is "no SIRET was invented" "$(sql "SELECT count(siret) FROM association")" 0
is "the raw text is kept" "$(sql "SELECT count(*) > 400 FROM association
    WHERE siret_raw LIKE '%E+13'")" 1
is "doubled quotes" "$(sql "SELECT count(*) FROM association
    WHERE name = 'J''OUVRE L''OEIL \" J.O.E \"'")" 1
adds_up 0 "Toulouse again" "$TLS"
is "changes nothing" "$(ask unchanged) $(ask updated)" "551 0"

# The schema's own examples.
fresh
adds_up 0 "the valid example" "$DATA/scdl/datasubvention-exemple_valide.csv"
is "29 grants, 2 821 393,50 EUR" "$(totals)" "29|282139350"
is "impossible periods are warnings" "$(notes "group_concat(line || ' ' || col)" \
    warnings 1)" "24 datesPeriodeVersement,25 datesPeriodeVersement,27 datesPeriodeVersement,29 datesPeriodeVersement"

fresh
adds_up 65 "a heading twice" "$DATA/scdl/datasubvention-exemple-duplicate-column.csv"
like "is named" "$err" 'notificationUE'
is "nothing goes in" "$(totals)" "0|"

for file in cellules colonnes; do
    fresh
    bad=$DATA/scdl/datasubvention-exemple_invalide_erreurs_$file.csv
    adds_up 65 "$file" "$bad"
    is "$file: all errors, each in its place" \
        "$(notes "line || ' ' || col" errors "1 ORDER BY line, col")" \
        "2 pourcentageSubvention
3 pourcentageSubvention
4 pourcentageSubvention
5 dateConvention
6 montant
6 notificationUE
8 notificationUE
9 idBeneficiaire
9 pourcentageSubvention
10 montant
16 nature"
    is "$file: the funder's SIRET on each line" "$(notes 'count(*)' warnings \
        "col = 'idAttribuant'")" 29
    is "$file: RNA numbers" "$(notes "group_concat(val)" warnings \
        "col = 'rnaBeneficiaire'")" "W3222,W12455,W1234567"
    is "$file: the SIRETs that fail" "$(notes "group_concat(line)" warnings \
        "col = 'idBeneficiaire'")" \
        "5,6,8,10,11,13,14,15,16,17,18,20,21,22,24,25,26,27,28,30"
    is "$file: the period with _" "$(notes line warnings \
        "col = 'datesPeriodeVersement'")" 8
    is "$file: nothing goes in" "$(totals)" "0|"
    adds_up 0 "$file with --rejects" "$bad" --rejects rejected.csv
    is "$file: nine rows stay out" "$(ask imported) $(ask rejected)" "20 9"
    is "$file: nine rows come out" "$(wc -l <rejected.csv)" 10
    rm rejected.csv
done

fresh
adds_up 0 "the State's example" "$DATA/scdl/etalab-exemple.csv"
is "two shares, 27 501,00 EUR" "$(totals)" "2|2750100"
done_testing
