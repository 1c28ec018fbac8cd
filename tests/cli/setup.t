#!/usr/bin/env bash
# Setting up: init, agency, call, envelope, theme, criterion, member, recusal.
. "$(dirname "$0")/lib.sh"

runs 66 "a command before init names the way out" call list
like "it names init" "$err" 'cispd init'
runs 2 "init refuses another language" init --doc-lang de
runs 0 "init creates the database" init --agency "Communauté d'agglomération"
is "the agency is kept" "$(sql 'SELECT name FROM agency')" \
    "Communauté d'agglomération"
runs 73 "init does not write over a database" init
runs 65 "a SIRET with a wrong key is refused" agency edit --siret 73282932000075
runs 0 "a SIRET with spaces is cleaned" agency edit --siret "732 829 320 00074"
is "cleaned" "$(sql 'SELECT siret FROM agency')" 73282932000074
runs 0 "and taken away" agency edit --siret none
is "it is not there" "$(sql 'SELECT siret IS NULL FROM agency')" 1

runs 2 "a call needs an envelope" call add 2026 --title T
runs 2 "the envelope is above zero" call add 2026 --title T --envelope 0
runs 2 "1,234 can be read in two ways" call add 2026 --title T --envelope 1,234
runs 2 "30 February is no deadline" call add 2026 --title T --envelope 100 \
    --closes 2026-02-30
runs 2 "an unknown rule is refused" call add 2026 --title T --envelope 100 \
    --rule lottery
runs 1 "a maximum award above the envelope is refused" call add 2026 \
    --title T --envelope 100 --max-award 200
runs 1 "a minimum above the maximum is refused" call add 2026 --title T \
    --envelope 100 --min-award 50 --max-award 40
runs 0 "dry run" call add 2026 --title T --envelope "20 000" --dry-run
is "nothing was changed" "$(sql 'SELECT count(*) FROM call')" 0
runs 0 "the call is created" call add 2026 --title T --envelope "20 000,00 €" \
    --reference "Délib. 12" --date 15/12/2025 --closes 31/03/2026 --max-rate "80 %" --threshold 50
like "the deadline is told in words" "$out" '2026-03-31 23:59 included'
is "amounts are cents, the vote has its day" "$(sql "SELECT reference,
    voted_on, amount_cents FROM envelope_line")" "Délib. 12|2025-12-15|2000000"
is "rates are basis points" "$(sql 'SELECT max_rate_bp FROM call')" 8000
runs 1 "a second call of the year is refused" call add 2026 --title U \
    --envelope 5
cispd call edit --seed "a text" -q
runs 0 "the seed can be taken away before the marks" call edit --seed none
is "none is no seed" "$(sql "SELECT seed IS NULL FROM call")" 1
runs 0 "a limit can be taken away" call edit --max-rate none
is "it is gone" "$(sql 'SELECT max_rate_bp IS NULL FROM call')" 1

runs 0 "an envelope line is added" envelope add --amount 500 --reference DM1
runs 1 "the same reference is refused" envelope add --amount 500 --reference DM1
runs 1 "a cut below zero is refused" envelope add --amount -30000 --reference X
runs 0 "a cut is a negative line" envelope add --amount -500,50 --reference DM2
runs 0 "the lines as JSON" envelope list --format json
like "in cents" "$out" '"amount_cents": -50050'
runs 0 "a vote in days to come" envelope add --amount 5 --reference F \
    --date 2040-01-01
like "is warned of" "$err" "2040-01-01 is still to come"
runs 0 "a line takes the day and the reference of its vote" envelope edit DM1 \
    --date 15/02/2026 --reference "Délib. 14"
is "and nothing warns" "$err" ""
is "its amount stays" "$(sql "SELECT voted_on, amount_cents FROM envelope_line
    WHERE reference = 'Délib. 14'")" "2026-02-15|50000"
like "the journal has both" "$(cispd log --limit 1)" \
    "DM1.*Délib. 14|Délib. 14.*DM1"
runs 0 "the day may be forgotten" envelope edit F --date none
is "it is" "$(sql "SELECT voted_on FROM envelope_line
    WHERE reference = 'F'")" ""
runs 66 "a line that is not there" envelope edit DM9 --date 2026-01-01
like "the lines are named" "$err" "DM9.*DM2; Délib. 12; Délib. 14"
runs 1 "a reference that another line has" envelope edit F --reference DM2
runs 2 "nothing to change" envelope edit F
runs 2 "never the amount" envelope edit F --amount 3
sql "DELETE FROM envelope_line WHERE reference = 'F'"

runs 2 "a criterion needs a weight" criterion add A --label L
runs 2 "steps must reach the end of the scale" criterion add A --label L \
    --weight 1 --scale 0:5 --step 0.3
runs 2 "a minimum off the scale is refused" criterion add A --label L \
    --weight 1 --scale 0:5 --min 6
runs 0 "a criterion" criterion add A --label L --weight 50 --step 0.5
runs 1 "its code is there already" criterion add a --label M --weight 50
runs 1 "the default grid is for an empty call" criterion add --default-grid
runs 0 "an unmarked criterion can go" criterion drop A
runs 0 "the default grid" criterion add --default-grid
is "its words are kept in the language of the documents, as are the call's" \
    "$(sql "SELECT (SELECT label FROM criterion WHERE code = 'PART'),
                   (SELECT label FROM required_document WHERE code = 'BUDGET')")" \
    "Partenariat|Budget du projet"
is "it adds up to 100" "$(sql 'SELECT sum(weight) FROM criterion')" 100

sql "DELETE FROM criterion"
printf 'Code;Intitul\351;Pond\351ration;Bar\350me;Pas\r\nA;Coh\351rence;x;0:20;0,5\r\nB;;10;/5;1\r\nC;Qualit\351;30;/5;2\r\n' >bad.csv
runs 65 "a grid with faults changes nothing" criterion import bad.csv
like "all are told: the weight" "$err" 'line 2: Pondération: "x"'
like "the label" "$err" 'line 3: Intitulé: '
like "the steps" "$err" 'line 4: Pas: '
is "nothing was changed" "$(sql 'SELECT count(*) FROM criterion')" 0
runs 66 "a grid that is not there" criterion import nowhere.csv
printf 'Code;Intitul\351;Pond\351ration;Bar\350me;Pas\r\nA;Coh\351rence;70;0:20;0,5\r\nC;Qualit\351;30;/5;1\r\n' >good.csv
runs 0 "a grid saved by French Excel" criterion import good.csv
printf 'Code;Intitul\351;Poids;Hors note\r\nD;Avis;0;peut-\352tre\r\n' >aside.csv
runs 65 "an answer that is none" criterion import aside.csv
like "is told" "$err" 'line 2: Hors note: "peut-être"'
LC_ALL=C sed 's/peut-.tre/oui/' aside.csv >aside2.csv
runs 0 "a criterion beside the score" criterion import aside2.csv
is "is independent" "$(sql "SELECT independent FROM criterion WHERE code = 'D'")" 1
runs 0 "the same grid again" criterion import good.csv
like "changes nothing" "$out" '2 rows: 0 imported, 0 updated, 2 unchanged'
runs 0 "the list that the program writes" criterion list --format csv
printf '%s\n' "$out" >list.csv
runs 0 "comes back" criterion import list.csv
like "and changes nothing" "$out" '3 rows: 0 imported, 0 updated, 3 unchanged'
is "no change is in the journal" "$(sql "SELECT count(*) FROM journal
    WHERE tab = 'criterion' AND action = 'update'")" 0
LC_ALL=C sed 's/;70;/;60;/' good.csv >other.csv
runs 0 "another weight" criterion import other.csv
like "is an update" "$out" '1 updated, 1 unchanged'
runs 0 "the first grid" criterion import good.csv -q
printf 'Code;Intitulé;Poids;Pas\nE;Un;;x\nE;Deux;5;\nF;;;\ne;Trois;5;\nTOTAL;;10;\n' >holes.csv
runs 65 "a grid with holes" criterion import holes.csv
is "says each" "$(echo "$err" | sed -n 's/.*error: line \([0-9]\): \([^:]*\):.*/\1 \2/p' |
    tr '\n' ,)" "2 Poids,2 Pas,4 Intitulé,4 Poids,5 Code,"
runs 0 "with --rejects" criterion import holes.csv --rejects grid-out.csv
like "the others go in" "$out" '5 rows: 1 imported.*1 skipped, 3 rejected'
printf 'A;B;C\nG;Neuf;5\n' >strange.csv
runs 0 "with --map, tried" criterion import strange.csv --dry-run \
    --map code=A --map label=B --map weight=C
is "adds nothing" "$(sql "SELECT count(*) FROM criterion WHERE code = 'G'")" 0
sql "DELETE FROM criterion WHERE code IN ('D', 'E')"
is "accents, scale and step" "$(sql "SELECT group_concat(label || scale_hi || ' ' || step_milli) FROM criterion")" "Cohérence20 500,Qualité5 1000"
runs 2 "a code that could not be typed CODE=MARK" criterion add "P 1" --label L \
    --weight 10
is "no project, no line without a theme" \
    "$(cispd theme list --format csv | grep -c 'no theme')" 0
runs 0 "a theme" theme add "Accès au droit"
runs 1 "a theme twice, without its accent" theme add "acces au DROIT"
runs 0 "a member" member add "Élodie Martin"
runs 1 "a member twice" member add "elodie martin"
runs 65 "a wrong e-mail" member add "Paul Petit" --email "paul at home"
runs 0 "a second member" member add "Élodie Durand"
sql "INSERT INTO association (name, name_key) VALUES ('a', 'a');
     INSERT INTO project (call_year, number, association_id, title,
         requested_cents, received_at)
     VALUES (2026, 1, 1, 't', 100, '2026-01-01 10:00')"
runs 66 "a name that fits two members is not guessed" recusal add \
    --member elodie --project 1 --reason "spouse"
like "the candidates are listed" "$err" 'Élodie Durand, Élodie Martin'
runs 66 "a part of a word is no name" recusal add --member dur --project 1 \
    --reason r
runs 66 "nor is a word too many" recusal add --member "paul durand" \
    --project 1 --reason r
runs 0 "no accent, any case, any order" recusal add --member "DURAND elodie" \
    --project 2026-001 --reason "board member"
runs 1 "twice is refused" recusal add --member durand --project 1 --reason r
runs 0 "a recusal is lifted with a reason" recusal lift --member durand \
    --project 1 --reason "left the board"
runs 66 "only once" recusal lift --member durand --project 1 --reason r

runs 0 "a name is corrected" member edit durand --name "Élodie Durant"
runs 66 "the old one is gone" member edit "Durand" --email d@example.org
runs 0 "an address is given" member edit durant --email d@example.org
runs 2 "nothing to change" member edit durant
runs 1 "nor the name of another" member edit durant --name "élodie MARTIN"
like "and says why" "$err" '"élodie MARTIN" is in the call'
runs 1 "who was recused stays" member drop durant
runs 0 "who did nothing may go" member drop martin
runs 0 "a theme is corrected" theme edit droit "Accès aux droits"
runs 0 "another theme" theme add Prévention
runs 1 "it does not take the name of the first" theme edit prevention \
    "ACCES aux DROITS"
like "and says why" "$err" '"ACCES aux DROITS" is in the call'
runs 0 "it may go" theme drop prevention
runs 0 "an unused one may go" theme drop droits
is "it is gone" "$(sql 'SELECT count(*) FROM theme')" 0
runs 0 "a criterion is corrected" criterion edit A --label Sens --weight 30 --min 5
is "as said" "$(sql "SELECT label || weight || ' ' || min_milli || ' ' || scale_hi
    FROM criterion WHERE code = 'A'")" "Sens30 5000 20"
runs 0 "its minimum goes" criterion edit A --min none
runs 2 "its steps must lead to the end" criterion edit A --step 0.3
runs 2 "a weight of nothing" criterion edit A --weight 0
runs 2 "say what" criterion edit A
is "the usual documents are in the documents' language" \
    "$(sql "SELECT label FROM required_document WHERE code = 'BUDGET'")" \
    "Budget du projet"

runs 0 "a call closes" call close
runs 1 "once" call close
runs 0 "and reopens" call reopen --closes "2026-04-15 17:00"
like "until" "$out" '2026-04-15 17:00'
sql "UPDATE project SET received_at = '2026-04-10 10:00'"
runs 1 "a deadline does not go back over a project" call reopen \
    --closes 2026-04-01
like "which is named, with what to do" "$err" '2026-001.*--late'
runs 0 "a reason may be given before" project edit 1 --late "mistyped deadline"
runs 0 "then it goes back" call reopen --closes 2026-04-01
runs 0 "another year" call add 2027 --title N --envelope 1
runs 2 "two open calls: the year must be said" member list
like "they are listed" "$err" '2026, 2027'
runs 0 "--call says it" member list --call 2026
runs 0 "an archived call is out of the way" call edit 2027 --archived yes
runs 0 "and comes back, in French too" call edit 2027 --archived non
runs 2 "yes or no" call edit 2027 --archived peut-être
like "is asked for" "$err" '"peut-être"'
ok "out of the way again" cispd call edit 2027 --archived oui
runs 0 "then the other is meant" member list

runs 2 "an unknown command suggests one" member ad
like "the nearest" "$err" 'did you mean "member add"'
runs 2 "an unknown option" call list --al
runs 2 "a noun alone lists its words" call
like "they are there" "$out" 'call reopen'
printf 'Critère;Libellé;Pondération\nE;Équipe;10\n' >pair.csv
runs 0 "a criterion's code and its label" criterion import pair.csv
is "are told apart" "$(sql "SELECT label FROM criterion WHERE code = 'E'")" Équipe
printf 'Code;Critère;Pondération\nE;Équipes;10\n' >pair.csv
runs 0 "beside a code the criterion is the label" criterion import pair.csv
is "as before" "$(sql "SELECT label FROM criterion WHERE code = 'E'")" Équipes
sql "DELETE FROM criterion WHERE code = 'E'"
runs 2 "a word too many" member add Paul Petit
for last in "member list --format" "--call 2026 budget --db" "member list --as"
do
    # shellcheck disable=SC2086
    runs 2 "$last: its value is missing" $last
    like "which is said" "$err" 'option --[a-z]* needs a value'
done
runs 1 "days of a refusal" call edit 2026 --opens 2030-01-05 --lang fr
like "are those of the language" "$err" '05/01/2030'
runs 0 "options may stand among the words" -q --lang en member -q --as X list
like "they are not taken for them" "$out" 'Paul|Member'
runs 2 "but none whose value is not known" member --name X edit
runs 0 "-- ends the options" member add -- --Paul
runs 0 "also before the command" -- call list
like "which is found" "$out" 'Deadline|2026'
runs 2 "an unknown format" call list --format xml
runs 0 "help in French" --help --lang fr

is "a long field is wrapped at the screen's width" "$(COLUMNS=60 cispd call \
    show | awk 'length($0) > 65' | wc -l)" 0

# A folder that cannot be written to is not the file that cannot.
nobody() {
    if [ "$(id -u)" -eq 0 ]; then
        setpriv --reuid 65534 --regid 65534 --clear-groups "$@"
    else
        "$@"
    fi
}
mkdir shut && cp "$CISPD_DB" shut/call.db && chmod 711 "$BOX" &&
    chmod 666 shut/call.db && chmod 555 shut
nobody "$CISPD" --db shut/call.db member add Zoe 2>.shut
like "the folder is named" "$(cat .shut)" '^cispd: the folder of shut/call.db'
chmod 755 shut
done_testing
