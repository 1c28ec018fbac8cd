#!/usr/bin/env bash
# A shelter's places leave in no list, log, export or workbook, whatever was
# done to the association before or after.
. "$(dirname "$0")/lib.sh"
SECRET="12 rue du Secret"
all_output() { # everything that can be printed or written, in one text
    for f in table csv json; do
        cispd association list --format $f
        cispd association show refuge --format $f
        cispd project list --format $f
        cispd project show 1 --format $f
        cispd log --limit 0 --format $f
        cispd check --format $f
        cispd status --format $f
    done 2>&1
}
cispd init -q
cispd call add 2026 --title T --envelope 1000 --quorum 1 -q
cispd association add Refuge --address "$SECRET" --postcode 59600 \
    --commune Maubeuge --email a@example.org -q
like "an address is in the log" "$(all_output)" "$SECRET"
cispd association edit refuge --confidential yes -q
is "until it is confidential" "$(all_output | grep -c "$SECRET")" 0
printf '%s\n' "Association;Titre;Montant demandé;Lieu de l'action" \
    "Refuge;Accueil;500;Hautmont, $SECRET" >p.csv
runs 0 "a project in a secret place" import projects p.csv
is "it is kept" "$(sql 'SELECT communes_raw FROM project')" "$SECRET"
is "and told nowhere" "$(all_output | grep -c "$SECRET")" 0
is "nor its commune" "$(for f in table csv json; do
    cispd project list --format $f
    cispd project show 1 --format $f
    cispd log --project 1 --limit 0 --format $f
done | grep -c -e Hautmont -e 59291)" 0
cispd association add "Caché" --address "$SECRET" --commune Hautmont -q
sql "CREATE TEMP TRIGGER t BEFORE INSERT ON main.journal BEGIN
SELECT RAISE(IGNORE); END;
UPDATE association SET confidential = 1 WHERE name = 'Caché'"
is "nor what became one without a journal entry" "$(all_output |
    grep -c "$SECRET")" 0
cispd association edit refuge --address "9 rue du Secret" -q
like "a change of which nothing is told says so" "$(cispd log --limit 1)" \
    'nothing that is shown'
cispd association add Autre -q
runs 0 "joined into another" association merge Autre Refuge
out=$(for f in table csv json; do cispd log --limit 0 --format $f; done)
is "the log still keeps it" "$(printf '%s' "$out" | grep -c "$SECRET")" 0
is "the joined one is a shelter too" \
    "$(sql "SELECT confidential FROM association WHERE name = 'Autre'")" 1
done_testing
