#!/usr/bin/env bash
# The status of a project: carried where the file tells it, else told by line.
. "$(dirname "$0")/lib.sh"
. "$HERE/lib_import.sh"

undemanding() { # an empty call that demands no documents
    fresh && cispd call edit -q --unrequire RIB --unrequire CER --unrequire BUDGET
}
warned() { notes "group_concat(line, ' ')" warnings "msg LIKE '$1'"; }
statuses() {
    sql "SELECT group_concat(status || ifnull(':' || status_reason, ''), ', ')
        FROM (SELECT * FROM project ORDER BY number)"
}

# ---- the program's own list, in another database
undemanding
cispd association add X -q
for t in Un Deux Trois Quatre; do
    cispd project add --association X --title $t --requested 500 -q >/dev/null
done
cispd project withdraw 2 --reason "faute de local" -q
cispd project reject 3 --reason "hors territoire" -q
cispd project check 4 --eligible -q >/dev/null 2>&1
cispd award set 4 300 --reason vote -q 2>/dev/null
cispd project list --format csv >own.csv
want=$(statuses)
undemanding
import 0 "the program's own list in a new database" own.csv
is "keeps what became of each project" "$(statuses)" "$want"
like "of all four" "$want" 'received, withdrawn:faute.*, rejected:hors.*, eligible'
is "a decision is told, not taken" "$(warned '%decision is not imported%')" 5
is "there is none" "$(sql "SELECT count(*) FROM award")" 0
cispd project reinstate 2 --reason "local trouvé" -q
sed 's/"\?faute de local"\?/ferme/' own.csv >edited.csv
import 0 "the list again, after a change here" edited.csv
is "moves nothing" "$(statuses)" "received, received:local trouvé, rejected:hors territoire, eligible"
is "and says so" "$(warned '%stays so%')" 3
undemanding
cispd call edit --require RIB=RIB -q
import 0 "where a document is demanded" own.csv
is "an eligible project is received" "$(statuses)" \
    "received, withdrawn:faute de local, rejected:hors territoire, received"
is "with a warning" "$(warned '%imported as received: something%')" 5

# ---- French lists
undemanding
printf 'Association;Titre;Montant demandé;Statut;Motif du rejet\nA;T;1;Reçue;\nB;U;1;Rejetée;hors délai\nC;V;1;RETIRÉ;\nD;W;1;Éligible;\nE;X;1;Abandonné;\nF;Y;1;loi 1901;\n' >fr.csv
import 0 "French words" fr.csv
is "are the same" "$(statuses)" \
    "received, rejected:hors délai, received, eligible, received, received"
is "one without its reason is told" "$(warned '%reason is missing%')" 4
is "a word of platforms too" "$(warned '%platform has closed%')" 6

# ---- a word that nobody knows is never taken in silence
{
    echo 'Association;Titre;Montant demandé;Statut'
    echo 'Inconnue;Un;100;zorg'
    echo 'Inconnue;Deux;100;Retiré par l’association'
    echo 'Inconnue;Trois;100;En instruction'
} >unknown.csv
runs 0 "unknown words" import projects unknown.csv
is "are told, known ones are not" "$(grep -c 'is not known' "$BOX/.err")" 2

# ---- words on the command line
for word in éligible Éligibles eligible recevable; do
    is "--status $word" "$(cispd project list --status $word --format csv |
        sed "1d;s/;.*//")" "2026-004"
done
is "in French, without accents" "$(cispd project list --lang fr \
    --status REJETE --format csv | sed "1d;s/;.*//")" "2026-002"
runs 2 "a word that is none" project list --status perdu
done_testing
