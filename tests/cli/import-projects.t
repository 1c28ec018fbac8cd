#!/usr/bin/env bash
# import projects: what French lists look like, and what each defect gets.
. "$(dirname "$0")/lib.sh"
. "$HERE/lib_import.sh"

counts() {
    sqlite3 :memory: "SELECT (j ->> 'rows') || ' rows ' || (j ->> 'imported')
        || ' ' || (j ->> 'updated') || ' ' || (j ->> 'unchanged') || ' ' ||
        (j ->> 'skipped') || ' ' || (j ->> 'rejected')
        FROM (SELECT readfile('report') AS j)"
}
projects() { sql "SELECT count(*) || ' ' || ifnull(sum(requested_cents), 0) FROM project"; }

# ---- forms of files
HEAD='Association;Titre du projet;Montant demandé'
fresh
printf 'Association;Titre du projet;Montant demandé\r\nÉclat;Écoute;1 234,50 €\r\n' |
    iconv -f UTF-8 -t WINDOWS-1252 >cp1252.csv
import 0 "Windows-1252, CRLF, amounts as text" cp1252.csv
is "are read" "$(sql "SELECT name, title, requested_cents FROM project
    JOIN association a ON a.id = association_id")" "Éclat|Écoute|123450"
is "are no reason to warn" "$(notes 'count(*)' warnings 1)" 0
cispd import projects cp1252.csv >told
ok "and told" grep -q 'was read as Windows-1252, as Excel saves it' told
fresh
{
    printf '%s\n' "$HEAD"
    printf 'Été;Un;100\n'
    printf 'Été;Deux;200\n' | iconv -f UTF-8 -t WINDOWS-1252
} >mixed.csv
import 0 "two encodings in one file" mixed.csv
is "are one association" "$(sql "SELECT count(*) FROM association")" 1
like "the odd line is named" "$(notes msg warnings 1)" 'of the lines 3, or name'
fresh
sed '1s/$/;SIRET/; 2,3s/$/;/' mixed.csv >order.csv
printf 'Hiver;Trois;300;123\n' >>order.csv
import 0 "with another warning" order.csv
is "comes in the order of the lines" "$(notes "group_concat(line)" warnings 1)" 3,4
fresh
printf '%s;Commune\nA;T;100;Jeumont\n' "$HEAD" >commune.csv
runs 0 "a bare Commune" import projects commune.csv
like "is the seat of the association, and told" "$out" \
    '"Commune" was taken as the seat of the association.*--map communes="Commune"'
is "no commune of the project" "$(sql "SELECT commune || (SELECT count(*)
    FROM project_commune) FROM association")" Jeumont0
fresh
runs 0 "unless it is said" import projects commune.csv --map communes=Commune
no "nothing is told" grep -q "was taken" <<<"$out"
fresh
printf '%s\n' "$HEAD" | tr ';' '\t' >tab.csv
printf 'Éclat\tAtelier\t"1 000"\n' >>tab.csv
runs 65 "an empty standard input" import projects -
is "brings nothing" "$(projects)" "0 0"
cispd import projects - -q <tab.csv
is "TAB, from standard input" "$(projects)" "1 100000"
fresh
printf '\xEF\xBB\xBFsep=,\nassociation,title,requested\n"A, B",T,"1,50"\n' >sep.csv
import 0 "a BOM, sep=, and commas in quotes" sep.csv
is "give one row" "$(sql "SELECT name FROM association") $(projects)" "A, B 1 150"
fresh
printf '%s\n"Les amis\nde Jeumont";T;100\n\n;;\nB;U;200' "$HEAD" >lines.csv
import 0 "line ends in cells, blank lines, empty rows, no last line end" lines.csv
is "an empty row is skipped" "$(counts)" "3 rows 2 0 0 1 0"
fresh
printf 'Demandes 2026;;\n;;\n%s\nA;T;100\n' "$HEAD" >title.csv
import 0 "a title above the headings" title.csv
is "is passed over" "$(projects)" "1 10000"
fresh
printf 'Association;;Montants;\nNom;Intitulé;Demandé;Accordé\nA;T;100;50\n' >two.csv
import 0 "two rows of headings" two.csv
is "are read as one" "$(projects)" "1 10000"
iconv -f UTF-8 -t UTF-16 cp1252.csv >utf16.csv 2>/dev/null
printf '\xFF\xFEa\0' >utf16.csv
runs 65 "UTF-16" import projects utf16.csv
like "is refused by name" "$err" UTF-16
runs 66 "a file that is not there" import projects nowhere.csv
: >empty.csv
runs 65 "an empty file" import projects empty.csv
runs 2 "an unknown encoding" import projects tab.csv --encoding klingon
runs 2 "a separator of two characters" import projects tab.csv --delimiter ';;'

# ---- defects, each on its line; nothing goes in
fresh
cat >bad.csv <<'X'
Association;SIRET;Titre du projet;Montant demandé;Coût total;Date de début;Date de fin;Thème
Un;2,43E+13;T1;1000;;;;
Deux;;T2;12 k€;;;;
Trois;;T3;1,234;;;;
Quatre;;T4;100;50;;;
Cinq;;T5;100;;30/02/2026;;
Six;;T6;100;;2026-12-01;2026-01-01;
Sept;;;100;;;;
;;T8;100;;;;
"Neuf"x;;T9;100;;;;
Dix;;T10;100;;;;;un de trop
Onze;;T11;100
Douze;;T12;-5;;;;
Treize;73282932000075;T13;0;;;;
Quatorze;123456789;T14;100;;;;
Quinze;03533840270003;T15;100;;;;
X
import 65 "a file full of defects" bad.csv
is "says all of them" "$(notes "group_concat(line || ' ' || ifnull(col, '-'), ', ')" \
    errors "1 ORDER BY line")" "3 Montant demandé, 4 Montant demandé, 5 Coût total, 6 Date de début, 7 Date de fin, 8 Titre du projet, 9 Association, 10 -, 11 -, 12 -, 13 Montant demandé, 14 Montant demandé"
is "a rule of two cells names one of them" "$(notes val errors "line IN (5, 7, 13)")" \
    "50
2026-01-01
-5"
is "identifiers are warnings" "$(notes "group_concat(line, ' ')" warnings \
    "col = 'SIRET'")" "2 14 15 16"
is "the counts add up" "$(counts)" "15 rows 0 0 0 0 15"
is "nothing goes in" "$(projects) $(sql "SELECT count(*) FROM association")" "0 0 0"
runs 65 "on a terminal" import projects bad.csv
like "with line, column and value" "$err" \
    'line 3: Montant demandé: "12 k€" is not an amount'
like "and what to do" "$err" '--rejects FILE'
like "good rows are not called bad" "$out" \
    '^Nothing was changed. Rows: 15; with errors: 12; good, .*: 3; .*: 0; .*: 0$'

# ---- rejected rows: out, corrected, in
import 0 "with --rejects" bad.csv --rejects out.csv
is "the good rows go in" "$(counts)" "15 rows 3 0 0 0 12"
is "with the raw SIRET" "$(sql "SELECT siret_raw FROM association ORDER BY id
    LIMIT 1")" "2,43E+13"
is "no association without its project" "$(sql "SELECT count(*)
    FROM association")" 3
is "the others come out as they were" "$(grep -c '^[0-9]*;"' out.csv)" 12
like "with line and reason" "$(sed -n 2p out.csv)" \
    '^3;"Montant demandé: .*";Deux;;T2;12 k€;;;;'
is "under the same headings" "$(head -1 out.csv | tr -d '\r')" \
    "$(printf '\xEF\xBB\xBF')cispd_line;cispd_reason;$(head -1 bad.csv)"
is "for their owner alone" "$(stat -c %a out.csv)" 600
runs 73 "an older file of rejected rows is not lost" \
    import projects bad.csv --rejects out.csv
cp lines.csv bad-lines.csv
echo 'C;;' >>bad-lines.csv
runs 73 "nor are good rows let in beside it" \
    import projects bad-lines.csv --rejects out.csv
is "all wait" "$(sql "SELECT count(*) FROM project")" 3
sed -e 's/12 k€/12000/g' -e 's/;1,234;/;1234;/' -e 's/;100;50;/;50;100;/' \
    -e 's,30/02,28/02,g' -e 's/2026-12-01;2026-01-01/2026-01-01;2026-12-01/' \
    -e 's/Sept;;;/Sept;;T7;/' -e 's/;;;T8/;Huit;;T8/' -e 's/"Neuf"x/Neuf/' \
    -e 's/;un de trop//' -e 's/T11;100/T11;100;;;;/' -e 's/T12;-5/T12;5/' \
    -e 's/T13;0/T13;10/' out.csv >fixed.csv
import 0 "corrected" fixed.csv
is "they go in" "$(counts)" "12 rows 12 0 0 0 0"
import 0 "and again" fixed.csv
is "change nothing" "$(counts)" "12 rows 0 0 12 0 0"
import 65 "a dry run says the same" bad.csv --dry-run
fresh
import 0 "a dry run of good rows" lines.csv --dry-run
is "counts them" "$(ask imported) $(projects)" "2 0 0"
import 0 "a dry run with --rejects" bad.csv --rejects dry.csv --dry-run
no "writes no file" test -e dry.csv

fresh
printf 'Association;;Montants;\nNom;Intitulé;Demandé;Accordé\nA;T;100;50\nB;;7;\n' >two.csv
import 0 "rejected below two rows of headings" two.csv --rejects two-out.csv
sed 's/;B;;7/;B;U;7/' two-out.csv >two-fixed.csv
import 0 "the row comes back under both" two-fixed.csv
is "and goes in" "$(counts) $(projects)" "1 rows 1 0 0 0 0 2 10700"

# ---- known again
fresh
printf 'N° dossier;%s\n17;A;T;100\n18;B;U;200\n' "$HEAD" >num.csv
import 0 "rows with numbers" num.csv
import 0 "again" num.csv
is "unchanged" "$(counts)" "2 rows 0 0 2 0 0"
cispd project edit 2026-002 --title "Corrigé ici" -q
import 0 "after a correction here" num.csv
is "the correction stays" "$(sql "SELECT title FROM project WHERE number = 2")" \
    "Corrigé ici"
sed 's/;T;100/;T;150/' num.csv >num2.csv
import 0 "a row that changed at its source" num2.csv
is "is updated" "$(counts) $(projects)" "2 rows 0 1 1 0 0 2 35000"
printf 'N° dossier;%s\n17;A;T;100\n17;A;T;300\n' "$HEAD" >twice.csv
import 65 "a number twice with different values" twice.csv
is "is an error on its line" "$(notes "line || ' ' || col" errors 1)" "3 N° dossier"
fresh
import 65 "also in an empty call" twice.csv
fresh
printf '%s\nA;T;100\nA;T;100\nB;U;5\n' "$HEAD" >rep.csv
import 0 "an honest repetition" rep.csv
is "is a project of its own, with a warning" "$(projects) $(notes line warnings \
    "msg LIKE '%repeats%'")" "3 20500 3"
awk 'NR == 1 || NR == 4; NR == 2; NR == 3' rep.csv >order.csv
import 0 "in another order" order.csv
is "unchanged" "$(counts)" "3 rows 0 0 3 0 0"
printf 'Montant demandé;Titre du projet;Association\n100;T;A\n100;T;A\n5;U;B\n' >cols.csv
import 0 "with the columns in another order" cols.csv
is "unchanged" "$(counts)" "3 rows 0 0 3 0 0"
cispd project list --format csv >own.csv
import 0 "the program's own list" own.csv
is "unchanged" "$(counts)" "3 rows 0 0 3 0 0"
sed 's/100,00/150,00/' own.csv >edited.csv
import 0 "edited" edited.csv
is "updates" "$(ask updated) $(projects)" "2 3 30500"
sed 's/150,00/15000/; s/"15000"/15000/; s/_eur/_cents/g' edited.csv >cents.csv
import 65 "a column of cents" cents.csv
like "are not believed" "$(notes msg errors 1)" 'euros or cents'

# ---- totals
fresh
printf '%s\nA;T;100\nB;U;200\nTOTAL;;300\n' "$HEAD" >total.csv
import 0 "a total row" total.csv
is "is skipped" "$(counts) $(projects)" "3 rows 2 0 0 1 0 2 30000"
fresh
printf '%s\nA;T;100\nSous-total;;100\nB;U;200\nTOTAL;;301\n' "$HEAD" >totals.csv
import 0 "a subtotal and a wrong total" totals.csv
is "are skipped, the wrong one with a warning" \
    "$(counts) $(notes line warnings 1)" "4 rows 2 0 0 2 0 5"
fresh
printf '%s\nA;T;100\n;;250\nB;U;200\n' "$HEAD" >lost.csv
import 65 "an amount without a name in the middle" lost.csv
is "is no total but a lost row" "$(notes "group_concat(line)" errors 1)" "3,3"

# ---- fields
fresh --closes "2026-02-15 12:00"
cispd theme add "Accès au droit" -q
cispd theme add "Violences" -q
cat >full.csv <<'X'
Association;Sigle;N° RNA;SIRET;Adresse;CP;Ville;Courriel;Téléphone;Titre;Thème;Demandé;Minimum;Coût total;Autres subventions;Début;Fin;Communes concernées;Bénéficiaires attendus;Déposé le;Motif du retard;État du dossier
Éclat;ECL;w595000123;732 829 320 00074;1 rue X;1000;Maubeuge (59600);a@b.fr;327000000;T;acces au DROIT;3000;2000;8000;500;46082;31/12/2026;Maubeuge (59600), Jeumont; 1 200 ;14/02/2026 11:59;;En construction
X
import 0 "all fields" full.csv
is "as they should be" "$(sql "SELECT name, acronym, rna, siret, postcode,
    commune, title, requested_cents, minimum_cents, cost_cents,
    other_public_cents, starts_on, ends_on, beneficiaries, received_at,
    (SELECT label FROM theme WHERE id = theme_id),
    (SELECT count(*) FROM project_commune), (SELECT email || phone FROM contact)
    FROM project JOIN association a ON a.id = association_id")" \
    "Éclat|ECL|W595000123|73282932000074|01000|Maubeuge|T|300000|200000|800000|50000|2026-03-01|2026-12-31|1200|2026-02-14 11:59|Accès au droit|2|a@b.fr0327000000"
like "a file under construction is told" "$(notes msg warnings \
    "col = 'État du dossier'")" 'may still change'
printf '%s;Thème\nA;T;100;Accueil\n' "$HEAD" >theme.csv
import 65 "an unknown theme" theme.csv --set received=2026-02-01
like "lists those of the call" "$(notes msg errors 1)" \
    '"Accès au droit", "Violences"'
printf '%s\nA;T;100\n' "$HEAD" >late.csv
import 65 "after the deadline" late.csv
like "needs a reason" "$(notes msg errors 1)" 'deadline.*--set late_reason'
import 0 "given with --set" late.csv --set "late_reason=panne du site"
is "is kept" "$(sql "SELECT late_reason FROM project WHERE title = 'T'
    AND late_reason IS NOT NULL")" "panne du site"
import 0 "and known again without it" late.csv
is "unchanged" "$(counts)" "1 rows 0 0 1 0 0"
fresh
printf '%s;Communes concernées;Thème\nA;T;100;Maubeuge, Paris;X\n' "$HEAD" >place.csv
import 0 "a place elsewhere, and a theme where the call has none" place.csv
is "is kept as text" "$(sql "SELECT communes_raw FROM project")" Paris
is "both are told" "$(notes "group_concat(col)" warnings 1)" \
    "Thème,Communes concernées"
fresh
printf '%s;Adresse confidentielle;Adresse\nA;T;100;oui;1 rue Secrète\n' "$HEAD" >shelter.csv
import 0 "a shelter" shelter.csv
is "is one" "$(sql "SELECT confidential, (SELECT address FROM association_public)
    IS NULL FROM association")" "1|1"
sed 's/;oui;/;peut-être;/' shelter.csv >perhaps.csv
import 65 "an unclear answer" perhaps.csv
sed 's/;oui;/;non;/; s/;T;/;T2;/; s/$/;SIG/; 1s/SIG/Sigle/' shelter.csv >uncover.csv
import 0 "a later file that says no" uncover.csv
is "uncovers nothing" "$(sql "SELECT acronym, confidential
    FROM association")" "SIG|1"

# ---- headings
fresh
printf 'Porteur;Date de naissance;Intitulé de l’action;Subvention sollicitée (€);Colonne1;Prénom\nA;01/01/1980;T;100;x;Zoé\n' >heads.csv
import 0 "other words, personal columns" heads.csv
like "are named" "$(notes msg warnings "msg LIKE '%never read%'")" \
    '"Date de naissance", "Prénom"'
like "unknown ones too" "$(notes msg warnings "msg LIKE '%not known%'")" '"Colonne1"'
is "and kept nowhere" "$(sqlite3 "$CISPD_DB" .dump | grep -c '1980\|Zoé')" 0
printf 'Structure;Quoi;Montant demandé;Montant demandé\nA;T;100;200\n' >dup.csv
runs 65 "two columns for one field" import projects dup.csv --map title=Quoi
like "are both named" "$err" '3 "Montant demandé" and 4 "Montant demandé"'
printf 'Structure;Quoi;HT;TTC\nA;T;100;200\n' >map.csv
runs 65 "no known column" import projects map.csv
like "what is missing, and what is there" "$err" \
    '"title", "requested".*"Structure", "Quoi", "HT", "TTC"'
import 0 "named with --map" map.csv --map title=quoi --map requested=TTC
is "are read" "$(projects)" "2 30000"
runs 65 "a column that is not there" import projects map.csv --map title=Nom \
    --map requested=TTC
runs 2 "a field that is none" import projects map.csv --map colour=HT
runs 2 "a --set without =" import projects map.csv --set title
fresh
printf 'Nom attributaire;Nom du bénéficiaire;N° SIRET attributaire;Objet;Montant\nMairie;A;41816609600051;T;10\n' >attr.csv
import 0 "attributaire beside bénéficiaire" attr.csv
is "is the funder" "$(sql "SELECT name, siret FROM association")" "A|"
fresh
printf 'Nom attributaire;N° SIRET attributaire;Objet;Montant\nA;41816609600051;T;10\n' >attr2.csv
import 0 "attributaire alone" attr2.csv
is "is the applicant" "$(sql "SELECT name, siret FROM association")" \
    "A|41816609600051"
fresh
printf 'ID,Email,Établissement SIRET,Entreprise raison sociale,Association RNA,Association titre,Association objet,État du dossier,Déposé le,Titre du projet,Montant demandé,Commune,Commune (Code INSEE)\n77,x@y.fr,,MAIRIE,,,,En instruction,2026-01-15 10:00:00 +0100,T,1500.5,Maubeuge (59600),59392\n78,z@y.fr,,FEMMES,W595000001,Femmes solidaires,droits,En instruction,2026-01-15,U,100.0,,\n' >ds.csv
import 0 "the State's platform" ds.csv
is "association title, else company name" "$(sql "SELECT group_concat(name)
    FROM association") $(projects)" "MAIRIE,Femmes solidaires 2 160050"

# ---- duplicates pointed out, joined by identifiers
fresh
printf 'Association;SIRET;Titre;Montant demandé\nFemmes solidaires;41816609600051;T;1\nFEMMES SOLIDAIRES;;U;1\nFemme solidaire;;V;1\nFemmes Solidaires 59;41816609600051;W;1\n' >assoc.csv
import 0 "spellings of one name" assoc.csv
is "same name or SIRET is one" "$(sql "SELECT count(*) FROM association")" 2
is "a likely duplicate is pointed out" "$(notes val warnings \
    "msg LIKE '%merge%'")" "Femme solidaire"

# ---- associations
cat >reg.csv <<'X'
Nom de l'association;SIRET;Adresse;Code postal;Ville;Courriel
Femmes solidaires;41816609600051;2 rue Y;59600;Maubeuge;f@s.fr
Nouvelle;;3 rue Z;5960;Jeumont;pas un courriel
Femmes solidaires;41816609600051;9 rue Q;;;
X
runs 0 "a register" import associations reg.csv --format json
printf '%s' "$out" >report
is "new, updated, the same again" "$(counts)" "3 rows 1 1 1 0 0"
is "first word wins within a file" "$(sql "SELECT address FROM association
    WHERE siret IS NOT NULL")" "2 rue Y"
is "what cannot be is left out, with a warning" "$(notes \
    "group_concat(line || ' ' || col)" warnings 1)" \
    "3 Courriel,4 Nom de l'association"
runs 0 "again" import associations reg.csv --format json
printf '%s' "$out" >report
is "changes nothing" "$(ask unchanged)" 3

# ---- a kill in the middle
fresh
awk 'BEGIN { print "Association;Titre;Montant demandé"
    for (i = 1; i <= 60000; i++) print "A" i % 500 ";T" i ";" i }' >long.csv
"$CISPD" import projects long.csv -q &
pid=$!
sleep 0.7
kill -9 $pid 2>/dev/null
wait $pid 2>/dev/null
is "kill -9 leaves nothing" "$(projects) $(sql "SELECT count(*) FROM association")" \
    "0 0 0"
is "and a sound database" "$(sql "PRAGMA integrity_check")" ok
done_testing
