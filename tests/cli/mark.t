#!/usr/bin/env bash
# Marks, typed and imported: on the scale, never of a recused member, missing
# is not zero, and a mark that is given twice is given once.
. "$(dirname "$0")/lib.sh"

cispd init -q && cispd call add 2026 -q --title AAP --envelope 20000
cispd criterion add P1 -q --label "Pertinence" --weight 60 --scale 0:20 --step 0.5
cispd criterion add P2 -q --label "Méthode et moyens" --weight 40 --scale 0:10
cispd member add "Hélène Durand" -q
cispd member add "Marc Petit" -q
for i in 1 2 3; do
    cispd association add "Association $i" -q >/dev/null 2>&1
    cispd project add -q --association "Association $i" --title "Projet $i" \
        --requested 1000 >/dev/null
done
cispd recusal add -q --project 3 --member petit --reason "trésorier"
marks() {
    sql "SELECT group_concat(project_id || member_id || criterion_id || '=' ||
        ifnull(value_milli, 'A')) FROM mark"
}

runs 0 "marks are set" mark set 1 durand P1=12,5 p2=7
is "in thousandths" "$(marks)" "111=12500,112=7000"
runs 0 "an abstention is no zero" mark set 2026-002 "helene" P1=A P2=0
is "nor is zero one" "$(marks)" "111=12500,112=7000,211=A,212=0"
before=$(sql "SELECT count(*) FROM journal")
runs 0 "the same again" mark set 1 durand P1=12.5
is "changes nothing" "$(sql "SELECT count(*) FROM journal")" "$before"
runs 0 "one again, one anew" mark set 1 durand P1=12.5 P2=8
like "is one change" "$out" ': 1 mark changed'
cispd mark set 1 durand P2=7 -q
runs 0 "a mark is taken back" mark set 2 durand P1= P2=
is "and missing again" "$(marks)" "111=12500,112=7000"
runs 0 "abstain on a whole project" mark set 2 durand --abstain
is "on each criterion" "$(marks)" "111=12500,112=7000,211=A,212=A"
runs 0 "list" mark list --member durand --project 1 --format csv
like "in French CSV" "$out" '^2026-001;Hélène Durand;P1;"12,5"'

cispd project withdraw 1 --reason "dissolved" -q
runs 1 "a withdrawn project is not marked" mark set 1 durand P1=12
like "and says why" "$err" "withdrawn or rejected \(dissolved\)"
is "its marks stay" "$(marks)" "111=12500,112=7000,211=A,212=A"
like "and are told apart" "$(cispd mark list --project 1 --format csv)" withdrawn
is "they count for no member" "$(cispd member list --format json |
    grep -c '"marks": 2')" 1
cispd project reinstate 1 --reason "a mistake" -q

runs 1 "off the scale" mark set 1 durand P1=20,5
like "says the scale" "$err" 'from 0 to 20 by steps of 0\.5'
runs 1 "off the step" mark set 1 durand P1=12,3
like "says the step" "$err" '12\.3 is no mark .* by steps of 0\.5'
runs 65 "no mark at all" mark set 1 durand P1=bon
runs 1 "a recused member" mark set 3 petit P1=12
like "is named with project and reason" "$err" \
    'Marc Petit is recused on project 2026-003 \(trésorier\)'
runs 66 "an unknown criterion" mark set 1 durand P9=12
runs 66 "an unknown member" mark set 1 dupont P1=12
runs 66 "an unknown project" mark set 9 durand P1=12
runs 2 "nothing to set" mark set 1 durand
runs 2 "a recusal is not a mark" mark set 3 petit P1=R
runs 1 "one bad mark" mark set 1 petit P1=12 P2=99
is "leaves all as it was" "$(marks)" "111=12500,112=7000,211=A,212=A"

# One abstention takes the marks beside it out: said where it is typed and in
# the list.
state() {
    cispd mark list --project 1 --member durand --format csv | sed 1d |
        grep -o ';[a-z-]*.$' | tr -d ';\r' | tr '\n' ' '
}
is "a whole sheet counts" "$(state)" "counted counted "
runs 0 "one abstention" mark set 1 durand P2=A
like "takes the sheet out, and says so" "$out" \
    'nor does the 1 mark that it holds: an abstention leaves the whole sheet out'
is "the list too" "$(state)" "not-counted abstained "
cispd call edit --missing renormalise -q
runs 0 "where the call renormalises" mark set 1 durand P2=A
no "nothing is lost" grep -q "does not count" <<<"$out"
is "and the list says so" "$(state)" "counted abstained "
cispd call edit --missing block -q
runs 0 "a whole sheet again" mark set 1 durand P2=7
no "says nothing of it" grep -q "does not count" <<<"$out"

# Files: long, wide, and this program's own list.
import() {
    local code=$1 name=$2
    shift 2
    runs "$code" "$name" import marks "$@" --format json
    printf '%s' "$out" >report
}
ask() { sqlite3 :memory: "SELECT json_extract(readfile('report'), '\$.$1')"; }
errors() {
    sqlite3 :memory: "SELECT group_concat((value ->> 'line') || ' ' ||
        (value ->> 'column') || ' ' || ifnull(value ->> 'value', ''), ', ')
        FROM json_each(readfile('report'), '\$.errors')"
}
sql "DELETE FROM mark"
printf 'Projet;Membre;Critère;Note\n2026-001;durand;P1;12,5\n1;Durand;Méthode et moyens;7\n002;petit;p1;NSP\n002;petit;P2;\n' >long.csv
import 0 "long" long.csv
is "one row a mark; an empty one says nothing" \
    "$(marks) $(ask imported) $(ask unchanged)" "111=12500,112=7000,221=A 3 1"
import 0 "again" long.csv
is "changes nothing" "$(ask imported) $(ask unchanged)" "0 4"
printf 'N°;Membre;P1 - Pertinence (sur 20);Méthode et moyens;Commentaire\n1;durand;14;7;bien\n2;durand;;nsp;\n3;petit;R;;\n' >wide.csv
import 0 "wide, by code and by label" wide.csv
is "changed, added, and a recusal that is declared" \
    "$(marks) $(ask updated) $(ask imported) $(ask unchanged)" \
    "111=14000,112=7000,212=A,221=A 1 1 1"
printf 'projet;membre;P1;P2\n1;durand;21;7\n3;petit;12;\n1;dupont;12;\n7;durand;12;\n1;petit;R;bon\n1;petit;11;5\n' >bad.csv
import 65 "bad marks" bad.csv
is "each in its place" "$(errors)" \
    "2 P1 21, 3 membre petit, 4 membre dupont, 5 projet 7, 6 P2 bon, 6 P1 R"
is "and none goes in" "$(marks)" "111=14000,112=7000,212=A,221=A"
import 0 "with --rejects" bad.csv --rejects rejected.csv
is "the good one does" "$(ask imported) $(ask rejected)" "1 5"
is "alone" "$(marks)" "111=14000,112=7000,121=11000,122=5000,212=A,221=A"
printf 'projet;membre;P1\n1;durand;14\n1;durand;15\n' >twice.csv
import 65 "a file that contradicts itself" twice.csv
like "is told so" "$out" 'line 2 has another mark'
printf 'projet;membre;avis\n1;durand;bien\n' >none.csv
import 65 "a file without marks" none.csv
like "says what it needs" "$err" 'P1, P2'
cispd mark list --format csv >own.csv
import 0 "the program's own list" own.csv
is "changes nothing" "$(ask unchanged) $(ask rows)" "6 6"
sql "DELETE FROM mark"
import 0 "and fills an empty call" own.csv
is "abstentions included" "$(marks)" \
    "111=14000,112=7000,121=11000,122=5000,212=A,221=A"

given() { cispd member list --format json | grep -A2 Durand | grep '"marks"'; }
before=$(given)
ok "a criterion beside the score" cispd criterion add AVIS --label Avis \
    --weight 0 --independent
ok "is marked" cispd mark set 1 durand AVIS=12
is "members' marks are counted as status counts them, without it" "$(given)" \
    "$before"

# After the decision marks are frozen.
cispd project check --all >/dev/null 2>&1
sql "UPDATE project SET status = 'eligible'"
sql "INSERT INTO award (project_id, decision, amount_cents, reason, decided_on)
    VALUES (1, 'awarded', 50000, 'test', '2026-03-01')"
runs 1 "after the decision" mark set 1 durand P1=3
like "marks are frozen" "$err" 'frozen'
done_testing
