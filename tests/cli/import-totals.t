#!/usr/bin/env bash
# Total rows: compared and skipped under any of their names, while projects
# that look like them stay.
. "$(dirname "$0")/lib.sh"
. "$HERE/lib_import.sh"

ROWS='Association;Titre;Montant demandé\nA;T;1000\nB;U;2000\n'
# What came of the two rows of ROWS and LINE: projects, their sum, and words.
after() { # code, name, last line, wanted projects and euros, words, args
    local code=$1 name=$2 line=$3 wanted=$4 words=$5
    shift 5
    fresh
    printf "$ROWS%s\n" "$line" >f.csv
    runs "$code" "$name" import projects f.csv "$@"
    is "$name: projects and euros" "$(sql "SELECT count(*) || ' ' ||
        ifnull(sum(requested_cents) / 100, 0) FROM project")" "$wanted"
    like "$name: what is said" "$out $err" "$words"
}
AGREES='total row on line 4, 3,000.00.*is the sum of the rows'

for name in TOTAL 'TOTAL 2013' 'Total des subventions' 'TOTAL (937)' \
    'Montant global' Ensemble S/TOTAL Sous-total 'TOTAUX GENERAUX' Somme \
    'Total :' 'Total général' 'Total subventions 2013' 'Total de Maubeuge'; do
    after 0 "\"$name\"" "$name;;3000" "2 3000" "$AGREES"
done
after 0 "a count of projects beside it" "TOTAL;2 projets;3000" "2 3000" "$AGREES"
after 0 "the word in the title" ";Total;3000" "2 3000" "$AGREES"
after 0 "no word at all, but the sum" ";;3000" "2 3000" "$AGREES"
after 0 "a dash for a name" "-;;3000" "2 3000" "$AGREES"
after 0 "a total that is wrong" "TOTAL;;3001" "2 3000" \
    'total row says 3,001.00.*add up to 3,000.00'
after 0 "a total without a figure" "TOTAL;;" "2 3000" 'without a readable'
after 0 "another word, the sum, no title" "Récapitulatif;;3000" "2 3000" \
    'Montant demandé.*taken for a total row'
after 65 "the same and not the sum" "Récapitulatif;;2999" "0 0" 'title is missing'
after 65 "a last row that lost its names" ' ;;500' "0 0" \
    'line 4: Montant demandé.*500.00.*3,000.00'
after 0 "a project called Total" "Total Danse;Bal;500" "3 3500" \
    'line 4: this row begins like a total row'
after 0 "one called Ensemble, like so many choirs" "Ensemble vocal;Bal;500" \
    "3 3500" '^3 rows: 3 imported'
after 0 "a project of the sum" "C;Bal;3000" "3 6000" \
    'line 4: the amount is exactly what the rows above add up to'
fresh
printf 'N° dossier;SIRET;Association;Titre;Montant demandé\n1;;A;T;1000\n2;;B;U;2000\n3;;Total;;3000\n;41816609600051;Total;V;3000\n' >f.csv
runs 65 "a numbered row lacks its title, total or not" import projects f.csv
sed -i 's/Total;;/Total;Le titre;/' f.csv
runs 0 "a number, a SIRET" import projects f.csv
is "are projects" "$(sql "SELECT count(*) FROM project")" 4
fresh
printf 'Association;Montant demandé\nA;1000\nB;2000\nTotal subventions;3000\n' >f.csv
runs 0 "in a file without titles" import projects f.csv --set title=S
is "too" "$(sql "SELECT sum(requested_cents) FROM project")" 300000
fresh
printf 'Association;Titre;Montant demandé\nA;T;1000\nB;U;2000\nSous-total;;3000\nC;V;500\nD;W;700\nSous-total;;1200\nTOTAL;;4200\n' >f.csv
runs 0 "subtotals" import projects f.csv
is "each is told" "$(printf '%s' "$out" | grep -c 'total row on line [478]')" 3
like "of what it is the sum" "$out" 'line 7.*since the total above it'
fresh
printf 'Association;Titre;Montant demandé\nA;T;1000\n;;1000\n' >f.csv
runs 65 "one row makes no sum" import projects f.csv

# ---- a register of associations
fresh
printf 'Nom;Commune\nA;Jeumont\nTotal;\n' >reg.csv
runs 0 "a register with a total" import associations reg.csv
like "is told" "$err" 'line 3: Nom: "Total": .*taken for a total row'
printf 'Nom;Commune\nSomme;Maubeuge\nTotal;Jeumont\n' >reg.csv
runs 0 "associations called so" import associations reg.csv
is "are kept" "$(sql "SELECT group_concat(name) FROM association")" A,Somme,Total
done_testing
