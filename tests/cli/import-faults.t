#!/usr/bin/env bash
# All faults of a file are told in one run, in the order of its lines.
. "$(dirname "$0")/lib.sh"

import() { # what, file, args; fails, and the faults are in `faults`
    local what=$1 file=$2
    shift 2
    runs 65 "$what $file" import "$what" "$file" "$@" --format json
    printf '%s' "$out" >report
    faults=$(sqlite3 :memory: "SELECT group_concat(line || ' ' || col, ', ')
        FROM (SELECT value ->> 'line' AS line,
                     ifnull(value ->> 'column', '-') AS col
                FROM json_each(readfile('report'), '\$.errors'))")
}

cispd init -q && cispd call add 2026 -q --title AAP --envelope 20000 \
    --closes "2026-02-15 12:00"
cispd association add Relais -q
cispd project add --association Relais --title T --requested 100 -q \
    --received 2026-02-01 >/dev/null
for c in C1 C2 C3; do
    cispd criterion add $c --label "Critère $c" --weight 1 -q
done
cispd member add Anne -q
cispd member add Bruno -q

# ---- projects: what cannot be read, what contradicts, what came too late
cat >projects.csv <<'F'
Titre;Montant demandé;Association;Minimum;Coût total;Autres subventions;Date de début;Date de fin;Reçu le
;-5;X;3;2;;01/01/2026;01/01/2025;01/02/2026
;12 k€;X;;;;31/02/2026;;16/02/2026
T;5;--;10;2;-1;01/01/2026;01/01/2025;01/02/2026
;;;;;;;;01/02/2026
F
import projects projects.csv
is "every faulty cell is told" "$faults" "2 Titre, 2 Montant demandé, 2 Date de fin, 3 Titre, 3 Montant demandé, 3 Date de début, 3 Reçu le, 4 Association, 4 Minimum, 4 Coût total, 4 Autres subventions, 4 Date de fin, 5 Titre, 5 Association, 5 Montant demandé"
printf 'N° dossier;Titre;Montant demandé;Association;Reçu le\n' >head.csv
{
    cat head.csv
    printf '1;;5;X;01/02/2026\n1;T;5;X;01/02/2026\n2;A;5;X;01/02/2026\n'
    printf '2;;5;X;01/02/2026\n3;;5;X;01/02/2026\n3;;5;X;01/02/2026\n'
} >numbers.csv
import projects numbers.csv
is "a number twice is told when one of its rows is bad" "$faults" \
    "2 Titre, 3 N° dossier, 5 Titre, 5 N° dossier, 6 Titre, 7 Titre"

# ---- marks
printf 'Projet;Membre;C1;C2;C3\n1;Anne;abc;25;3\n1;Zoé;99;3;3\n7;Anne;;30;x\n1;Bruno;1;2;3\n' >marks.csv
import marks marks.csv
is "every faulty mark is told" "$faults" \
    "2 C1, 2 C2, 3 Membre, 3 C1, 4 Projet, 4 C3, 4 C2"
is "no good row goes in alone" "$(sql "SELECT count(*) FROM mark")" 0
printf 'Projet;Membre;Critère;Note\n1;Anne;C9;abc\n1;Anne;C1;99\n' >long.csv
import marks long.csv
is "in the long shape too" "$faults" "2 Critère, 2 Note, 3 Note"
cispd recusal add --member Bruno --project 1 --reason famille -q
cispd import marks marks.csv --rejects out.csv -q 2>/dev/null
is "a recusal is told once a row" "$(grep -o 'is recused' out.csv | wc -l)" 1
import marks marks.csv
is "at the member" "$(echo "$faults" | grep -o '5 .*')" "5 Membre"
cispd project add --association Relais --title U --requested 100 -q \
    --received 2026-02-01 >/dev/null
cispd project withdraw 2 --reason abandon -q
printf 'Projet;Membre;C1\n2;Anne;3\n2;Anne;99\n' >out.csv
import marks out.csv
is "a project that is out is told at the project" "$faults" "2 Projet, 3 Projet"
cispd --lang fr import marks marks.csv --rejects fr.csv -q 2>/dev/null
is "reasons in French have French signs" \
    "$(grep -c 'Membre : .* ; C1 : ' fr.csv)" 1

# ---- associations
cispd association add Autre --siret 73282932000074 -q
printf 'Association;SIRET;RNA;Adresse confidentielle\nNul;;;peut-être\n--;;;non\n--;;;?\n' >associations.csv
import associations associations.csv
is "of associations too" "$faults" "2 Adresse confidentielle, 3 Association, 4 Adresse confidentielle, 4 Association"

# ---- a screen of many faults
{
    cat head.csv
    for i in 1 2 3 4 5 6 7 8 9; do printf '%s;;%s;X;01/02/2026\n' $i x; done
} >many.csv
runs 65 "many faults" import projects many.csv
is "come in the order of their lines" "$(echo "$err" |
    sed -n 's/.*error: line \([0-9]*\): \([^:]*\):.*/\1 \2/p' | tr '\n' ,)" \
    "2 Titre,2 Montant demandé,3 Titre,3 Montant demandé,4 Titre,4 Montant demandé,5 Titre,5 Montant demandé,6 Titre,6 Montant demandé,"
like "what is not shown is counted, with how to see it" "$err" \
    'and 8 more: --format json.*--rejects FILE'
like "by column" "$err" '^  Titre: 9$'
done_testing
