#!/usr/bin/env bash
# Who and what a row is: numbers, namesakes, shared identifiers, shelters; and
# where an error says it is.
. "$(dirname "$0")/lib.sh"
. "$HERE/lib_import.sh"

titles() { sql "SELECT group_concat(title || ' ' || (requested_cents / 100), ', ')
    FROM (SELECT * FROM project ORDER BY number)"; }

# ---- numbers like ours in a file that is not ours
fresh
printf 'N° dossier;Association;Titre;Montant demandé\n2026-002;X;Deux;200\n2026-001;X;Un;100\n' >num.csv
import 0 "a source that numbers as we do, in another order" num.csv
is "brings both projects" "$(titles)" "Deux 200, Un 100"
import 0 "again" num.csv
is "changes nothing" "$(sqlite3 :memory: "SELECT readfile('report') ->> 'unchanged'") $(titles)" \
    "2 Deux 200, Un 100"
fresh
cispd association add X -q
cispd project add --association X --title Papier --requested 500 -q >/dev/null
import 0 "beside a project on paper of the same number" num.csv
is "loses nothing" "$(titles)" "Papier 500, Deux 200, Un 100"
is "and is told" "$(notes "line || ' ' || col" warnings \
    "msg LIKE '%not as the project%'")" "3 N° dossier"

# ---- our own list
cispd project list --format csv >own.csv
import 0 "our own list" own.csv
is "is what is there" "$(titles)" "Papier 500, Deux 200, Un 100"
sed 's/Papier/Papier corrigé/; s/200,00/250,00/' own.csv >edited.csv
import 0 "edited" edited.csv
is "changes the projects that it names" "$(titles)" \
    "Papier corrigé 500, Deux 250, Un 100"
fresh
cispd association add X -q && cispd association add Y -q
cispd project add --association Y --title Autre --requested 900 -q >/dev/null
import 65 "a list of another database" own.csv
is "overwrites no project of another association" "$(titles) $(notes \
    "line || ' ' || val" errors "msg LIKE '%\"Autre\" of \"Y\"%'")" \
    "Autre 900 2 2026-001"
fresh
cispd association add X -q
cispd project add --association X --title Ailleurs --requested 900 -q >/dev/null
import 65 "nor another project" own.csv
is "of the same one" "$(titles) $(notes "line || ' ' || val" errors \
    "msg LIKE '%neither its title%'")" "Ailleurs 900 2 2026-001"
fresh
sed '2{h;d};$G' own.csv >moved.csv
import 0 "in an empty call, in another order" moved.csv
is "it is read row by row" "$(titles)" "Deux 200, Un 100, Papier 500"
import 0 "and again" moved.csv
is "it is known" "$(titles)" "Deux 200, Un 100, Papier 500"

# ---- a project with a decision
fresh
printf 'N° dossier;Association;Titre;Montant demandé\n7;A;T;700\n' >dec.csv
cispd import projects dec.csv -q
cispd project check 1 --document CER --document BUDGET --document RIB --eligible -q

cispd award set 1 600 -q
sed 's/;A;/;Zorro;/' dec.csv >who.csv
import 65 "another association after the decision" who.csv
is "is an error of its cell" "$(notes "line || ' ' || col || ' ' || val" errors 1)" \
    "2 Association Zorro"
sed 's/;700/;900/' dec.csv >much.csv
import 65 "another amount" much.csv
is "too" "$(notes "line || ' ' || col || ' ' || val" errors 1)" \
    "2 Montant demandé 900"
is "neither is taken" "$(sql "SELECT name, requested_cents FROM project
    JOIN association a ON a.id = association_id")" "A|70000"
sed 's/;T;/;Titre complet;/' dec.csv >title.csv
import 0 "another title" title.csv
is "is" "$(titles)" "Titre complet 700"

# ---- one SIRET, two names
fresh
cispd association add "Alpha Secours" --siret 73282932000074 -q
HEAD='Association;SIRET;Commune;Titre;Montant demandé'
printf '%s\nBéta Droits;73282932000074;;Un;100\nAlpha-Secours (asso);73282932000074;;Deux;100\n' "$HEAD" >siret.csv
import 0 "a SIRET under quite another name" siret.csv
is "is told with both, a spelling is not" "$(notes "line || ' ' || col" warnings \
    "msg LIKE '%\"Béta Droits\" is that of \"Alpha Secours\"%'") $(notes 'count(*)' warnings 1)" \
    "2 Association 1"
printf 'Nom;SIRET\nBéta Droits;73282932000074\n' >reg.csv
runs 0 "in a register" import associations reg.csv
like "too" "$err" '"Béta Droits" is that of "Alpha Secours"'

# ---- one name, two communes
fresh
printf '%s\nComité des fêtes;;Maubeuge;Un;100\nComité des fêtes;;Hautmont;Deux;100\nComité des Fêtes;;Maubeuge Cedex;Trois;100\nComité des fêtes;41816609600051;Hautmont;Quatre;100\n' "$HEAD" >names.csv
import 0 "namesakes in two communes" names.csv
is "are two" "$(sql "SELECT group_concat(commune || ' ' || n || ' ' || siret, ', ')
    FROM (SELECT commune, count(*) AS n, ifnull(siret, '-') AS siret FROM project
    JOIN association a ON a.id = association_id GROUP BY a.id)")" \
    "Maubeuge 2 -, Hautmont 2 41816609600051"
is "which is told" "$(notes 'count(*)' warnings "msg LIKE '%in another commune%'")" 1
runs 0 "each has a name" association show "Comité des fêtes (Maubeuge)"
import 0 "again" names.csv
is "no third" "$(sql "SELECT count(*) FROM association")" 2
printf '%s\nComité des fêtes;;;Cinq;100\n' "$HEAD" >which.csv
import 65 "a row without a commune" which.csv
like "is not guessed" "$(notes msg errors 1)" \
    'Comité des fêtes \(Maubeuge\).*\(41816609600051\)'

# ---- shelters
fresh
S='Association;Adresse confidentielle;Adresse;CP;Courriel;Titre;Montant demandé;Communes concernées'
printf '%s\nRefuge;oui;12 rue du Secret;59 Secret;Secret@;Nuits;10;12 rue du Secret\n' "$S" >shelter.csv
import 0 "a shelter whose cells need a look" shelter.csv
is "they are named" "$(notes "group_concat(col)" warnings 1)" \
    "CP,Courriel,Communes concernées"
no "and not shown" grep -qi secret report
printf '%s\nRefuge;;;;;Jours;10;7 impasse Secret\n' "$S" >again.csv
import 0 "a shelter that is known as one" again.csv
no "is none less" grep -qi secret report
sed 's/oui/peut-être/' shelter.csv >perhaps.csv
fresh
import 65 "where the answer is unclear" perhaps.csv
no "nothing is shown" grep -qi 'rue du secret\|59 secret' report
printf '%s\nAtelier;non;;;;Jours;10;Paris\n' "$S" >open.csv
import 0 "elsewhere" open.csv
is "the text helps" "$(notes val warnings 1)" Paris

# ---- where a rule finds fault
fresh
printf '%s;Coût total;Bénéficiaires attendus\nA;;;T;100;50;\nB;;;T;100;;-5\nC;;;T;-1;;\n' "$HEAD" >rules.csv
import 65 "what the rules refuse" rules.csv
is "has its cell" "$(notes "group_concat(line || ' ' || col || ' ' || val)" errors 1)" \
    "2 Coût total 50,3 Bénéficiaires attendus -5,4 Montant demandé -1"
like "and a word" "$(notes msg errors "line = 3")" 'whole number'
# ------------------------------------ a row that was corrected at its source
printf 'Association;Titre;Montant demandé\nLes Voisins du Pont;Fête du pont;400\n' >one.csv
sed 's/;400/;450/' one.csv >corrected.csv
runs 0 "a row without a number" import projects one.csv
runs 0 "corrected, it is another row" import projects corrected.csv
like "which is pointed out" "$err" 'same title, and an association of the same name'
runs 0 "the same again" import projects corrected.csv
is "is no news" "$err" ""
fresh
printf 'Association;SIRET;Titre;Montant demandé\nVoisins;73282932000074;Fête;400\n' >one.csv
cispd import projects one.csv -q
sed 's/73282932000074/24300000700019/' one.csv >corrected.csv
runs 0 "a SIRET that was corrected in a list without numbers" \
    import projects corrected.csv
like "makes a second project, which is pointed out" "$err" \
    'line 2: 2026-001 has the same title, and an association of the same name'

# ---- what a column may be called, and what is too much for the call
fresh --max-award 500
printf 'Association;Titre;Montant demandé;Minimum nécessaire;Budget prévisionnel total\nA;T;900;300;1000\nB;U;500;;\n' >columns.csv
import 0 "columns of a platform, a request above the largest award" columns.csv
is "are read" "$(sql "SELECT minimum_cents || ' ' || cost_cents FROM project
    WHERE number = 1")" "30000 100000"
is "the request is pointed out" "$(notes "line || col || val || ': ' || msg" \
    warnings 1)" "2Montant demandé900: more than the call's maximum award, 500.00 €"
import 0 "again" columns.csv
is "once" "$(notes 'count(*)' warnings 1)" 0
done_testing
