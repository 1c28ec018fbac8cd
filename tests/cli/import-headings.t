#!/usr/bin/env bash
# The headings of real lists: bare ones, numbers of others, units, two lines.
. "$(dirname "$0")/lib.sh"
. "$HERE/lib_import.sh"

import() { # code, name, args
    local code=$1 name=$2
    shift 2
    fresh
    runs "$code" "$name" import projects "$@"
}
row() { sql "SELECT a.name, p.title, p.requested_cents / 100, p.beneficiaries
    FROM project p JOIN association a ON a.id = p.association_id"; }

printf 'Nom;Titre;Montant demandé\nA;T;100\n' >nom.csv
import 0 "\"Nom\" where nothing else names the association" nom.csv
is "is its name" "$(row)" "A|T|100|"
printf 'Nom;Association;Titre;Montant demandé\nDupont;A;T;100\nDurand;;T;100\n' >nom2.csv
import 65 "beside \"Association\"" nom2.csv
like "it may be a person's: it is not read" "$err" 'not known.*"Nom"'
like "not for an empty cell either" "$err" "line 3: Association: the association's name is missing"
printf 'Nom;Prénom;Titre;Montant demandé\nDupont;Zoé;T;100\n' >nom3.csv
import 65 "beside a first name" nom3.csv
like "it is none" "$err" '"association".*--map'
import 0 "but for who says so" nom3.csv --map association=Nom
printf 'Nom;Nom;Titre;Montant demandé\nA;B;T;100\n' >nom4.csv
import 65 "twice" nom4.csv
like "it is not guessed" "$err" 'columns 1 "Nom" and 2 "Nom".*--map'
printf 'Président;Projet;\nNom;Titre;Montant demandé\nDupont;T;100\n' >group.csv
import 65 "under the heading of a group" group.csv
printf 'Liste des demandes 2026;;\nNom;Titre;Montant demandé\nA;T;100\n' >title.csv
import 0 "under a title" title.csv
is "it is the association's" "$(row)" "A|T|100|"

printf 'PORTEUR DE PROJET;INTITULÉ DE L’ACTION;SUBVENTION DEMANDÉE 2026 EN EUROS;PUBLIC TOUCHÉ\nA;T;100;35\nB;U;200;femmes victimes\n' >caps.csv
import 0 "capitals, a year and a unit" caps.csv
is "are the same headings" "$(row)" "A|T|100|35
B|U|200|"
like "a public that is no number is told" "$err" 'line 3: PUBLIC TOUCHÉ: "femmes victimes"'
printf 'Association;Titre;Montant demandé 2025;Montant demandé 2026\nA;T;100;200\n' >years.csv
import 65 "two years of one amount" years.csv
like "are not chosen from" "$err" '3 "Montant demandé 2025" and 4 "Montant demandé 2026"'
printf 'Association;Titre;Montant demandé;Montant demandé 2025\nA;T;100;200\n' >years2.csv
import 0 "the amount and that of a year" years2.csv
is "is the amount" "$(row)" "A|T|100|"
for unit in '(k€)' '(en milliers)' '(en centimes)' '(N-1)' 'K€' '(%)'; do
    printf 'Association;Titre;Montant demandé %s\nA;T;3\n' "$unit" >unit.csv
    import 65 "an amount $unit is not taken for euros" unit.csv
done
printf '"Nom de\nl’association";"Titre du\r\nprojet";"Montant\ndemandé\n(en €)";"Nombre de personnes\ntouchées"\nA;T;100;35\n' >lines.csv
import 0 "line ends in headings" lines.csv
is "are spaces" "$(row)" "A|T|100|35"
printf 'Association;Titre;Montant demandé;Nombre de personnes touchées;Public touché\nA;T;100;35;femmes\n' >both.csv
import 0 "a number and a public" both.csv
is "are two things" "$(row)" "A|T|100|35"
for cell in 35 femmes; do
    printf 'Association;Titre;Montant demandé;Bénéficiaires\nA;T;100;%s\n' $cell >bare.csv
    import 0 "a bare heading over $cell" bare.csv
    is "is read where it can be" "$(row)" "A|T|100|$(tr -dc 0-9 <<<$cell)"
done
printf 'Association;Titre;Montant demandé;Public touché\nA;T;100;35 femmes\n' >some.csv
import 65 "a number with words is not cut" some.csv

# ---- a platform's own columns
{
    printf 'ID,Email,FranceConnect ?,Établissement '
    printf '%s,Établissement ' SIRET 'siège social' NAF 'libellé NAF' Adresse \
        'numero voie' 'type voie' 'nom voie' 'complément adresse' \
        'code postal' localité
    printf 'code INSEE localité,Entreprise '
    printf '%s,Entreprise ' SIREN 'capital social' \
        'numero TVA intracommunautaire' 'forme juridique' \
        'forme juridique code' 'nom commercial' 'raison sociale' \
        'SIRET siège social' 'code effectif entreprise' 'date de création' \
        'état administratif'
    printf 'nom,Association RNA,Association titre,Association objet,Association '
    printf '%s,Association ' 'date de création' 'date de déclaration'
    printf 'date de publication,À archiver,État du dossier,Dernière mise à jour le,Déposé le,Traité le,Instructeurs,Quel est votre projet ?,Combien demandez-vous ?\n'
    printf '7,a@b.fr,'
    printf '%.0s,' $(seq 25)
    printf ',A,,,,,,en instruction,,2026-01-15,,,T,100\n'
} >ds.csv
import 65 "questions for headings" ds.csv
like "are what is asked for" "$err" '"title", "requested".*"Quel est votre projet \?", "Combien demandez-vous \?"$'
no "the platform's are known" grep -Eq 'FranceConnect|NAF|objet' "$BOX/.err"
import 0 "named" ds.csv --map "title=Quel est votre projet ?" \
    --map "requested=Combien demandez-vous ?"
is "they are read" "$(row)" "A|T|100|"
is "and nothing else is unknown" "$err" ""

# ---- numbers of the source in a marking list
fresh
printf 'N° dossier;Association;Titre;Montant demandé\n2;A;T;100\n7001;B;U;200\n3;C;V;300\n' >num.csv
cispd import projects num.csv -q
cispd criterion add C1 --label Besoin --weight 1 -q
cispd member add Anne -q
marks() { sql "SELECT group_concat(p.title || (m.value_milli / 1000))
    FROM mark m JOIN project p ON p.id = m.project_id"; }
printf 'Numéro de dossier;Évaluateur;C1\n7001;Anne;12\n3;Anne;9\n' >marks.csv
runs 0 "marks by the numbers of the source" import marks marks.csv
is "find the projects" "$(marks)" "U12,V9"
printf 'N° de dossier;Nom;C1\n2;Anne;5\n' >doubt.csv
runs 65 "a number that means two projects" import marks doubt.csv
like "is not guessed" "$err" 'line 2: N° de dossier: "2" is one project.s number here.*2026-002'
printf 'Projet;Nom;C1\n2026-002;Anne;5\n' >own.csv
runs 0 "in full" import marks own.csv
is "it is ours" "$(marks)" "U5,V9"
done_testing
