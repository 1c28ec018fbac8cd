#!/bin/bash
# Associations as a clerk types them.
. "$(dirname "$0")/lib.sh"
A=73282932000074 # two SIRET with a valid key
B=55208131766522

ok "init" cispd init
runs 0 "add with everything" association add "L'Éclat de Maubeuge" \
    --acronym ECLAT --siret "732 829 320 00074" --rna W595000001 \
    --address "3 rue des Écoles" --postcode 59600 --commune Maubeuge \
    --role présidente --email presidente@eclat.fr --phone "03 27 00 00 00"
is "identifiers are cleaned" "$(sql "SELECT siret, rna FROM association")" \
    "$A|W595000001"
is "the phone is cleaned" "$(sql "SELECT phone FROM contact")" 0327000000

runs 65 "a SIRET with a wrong key is refused" association add X \
    --siret 73282932000075
like "and named" "$err" "73282932000075"
runs 65 "a short SIRET is refused" association add X --siret 123
runs 65 "a wrong RNA is refused" association add X --rna 595000001
runs 65 "a wrong e-mail is refused" association add X --email nobody
runs 65 "a wrong phone is refused" association add X --phone 12
runs 65 "a wrong postcode is refused" association add X --postcode 5960
runs 65 "a name without letters is refused" association add " -- "
runs 2 "no name is a usage error" association add
is "nothing of this was kept" "$(sql "SELECT count(*) FROM association")" 1

runs 1 "the same name is not added twice" association add "L ECLAT DE MAUBEUGE"
runs 1 "nor the same SIRET" association add "Autre" --siret $A
like "the owner is named" "$err" "Éclat"
runs 0 "the same name with another SIRET is another body" \
    association add "L'éclat de Maubeuge" --siret $B
like "but pointed out" "$err" "looks much like .* SIREN is another"
no "without a merge, which would be refused" grep -q merge "$BOX/.err"
runs 0 "another name passes without a word" association add "Secours du Val"
is "quietly" "$err" ""

runs 0 "initials with points are the acronym" association add "E.C.L.A.T."
like "pointed out" "$err" "merge"
runs 0 "duplicates are listed in pairs" association list --duplicates \
    --format json
is "the acronym; no namesake of another SIREN" \
    "$(printf '%s' "$out" | grep -c '"other":')" 1
runs 0 "the list has all" association list --format csv
is "one line each" "$(printf '%s\n' "$out" | wc -l)" 5

runs 66 "several that fit are listed, none is guessed" association show maubeuge
like "both" "$err" "$A.*$B"
runs 66 "one that does not exist" association show Nemo
runs 0 "shown by SIRET" association show $A
like "with the contact" "$out" "presidente@eclat.fr"
runs 0 "or by SIRET as on a letterhead" association show "732 829 320 00074"
runs 0 "shown by acronym without case" association show eclat --format json
like "with the address" "$out" '"address": "3 rue des Écoles"'

# namesakes, and communes spelt wrong
ok "a body of a common name" cispd association add "Comité des fêtes" \
    --commune Maubeuge
runs 1 "nothing tells another from it" association add "Comité des fêtes"
like "what would is said" "$err" "--siret.*--commune"
runs 1 "in the same commune neither" association add "Comité des Fêtes" \
    --commune maubeuge
runs 0 "in another commune it is another" association add "Comité des fêtes" \
    --commune Hautmont
runs 66 "and the name alone is not guessed" association show "Comité des fêtes"
runs 0 "each answers to its commune" association show \
    "Comité des fêtes (Hautmont)" --format csv
runs 1 "one that may not tell its commune" association add "Comité des fêtes" \
    --commune Jeumont --confidential
runs 0 "a commune spelt wrong" association edit "Comité des fêtes (Hautmont)" \
    --commune Hautmon
like "is pointed out with the right one" "$err" '"Hautmon" .* "Hautmont"'
for commune in Lille "MAUBEUGE CEDEX" ecuelin none; do
    runs 0 "the commune '$commune'" association edit "Secours du Val" \
        --commune "$commune"
    is "... passes without a word" "$err" ""
done
is "none forgets it" "$(sql "SELECT count(*) FROM association
    WHERE name = 'Secours du Val' AND commune IS NULL")" 1

# a shelter's address
ok "a shelter" cispd association add "Maison Ouverte" --confidential \
    --address "SECRET street" --postcode 59600 --commune Hautmont \
    --email secret@refuge.fr
for f in table csv json; do
    cispd association show "Maison Ouverte" --format $f >>all.txt
    cispd association list --format $f >>all.txt
done
no "its address is in no list or export" grep -Eiq "SECRET|Hautmont" all.txt
if script -qec true /dev/null >/dev/null 2>&1 </dev/null; then
    script -qec "$CISPD association show 'Maison Ouverte'" /dev/null \
        >screen.txt </dev/null
    ok "but on the screen" grep -q "SECRET street" screen.txt
fi
ok "an edit that says nothing of it keeps it hidden" \
    cispd association edit "Maison Ouverte" --acronym MO
no "still hidden" sh -c "'$CISPD' association show MO | grep -q SECRET"
runs 2 "yes or no, nothing else" association edit MO --confidential perhaps
ok "it can be uncovered" cispd association edit MO --confidential no
like "and is then shown" "$(cispd association show MO)" "SECRET street"

runs 2 "an edit must say something" association edit MO
runs 0 "a text is changed" association edit MO --name "Maison ouverte du Val"
runs 2 "an empty text is refused" association edit MO --acronym ""
like "with the word that forgets" "$err" '"none"'
runs 0 "none forgets" association edit MO --acronym none
is "forgotten" "$(sql "SELECT acronym IS NULL FROM association
                        WHERE name LIKE 'Maison%'")" 1
runs 0 "the same edit again changes nothing" association edit "Maison ouverte" \
    --name "Maison ouverte du Val"
like "and says so" "$out" "so already"
runs 65 "a wrong SIRET is refused on edit" association edit "Maison ouverte" \
    --siret 1
runs 1 "the SIRET of another is refused" association edit "Maison ouverte" \
    --siret $A

# two of one name, of which one has no number and none a commune
runs 0 "one with a SIRET" association add "Le Guichet" --siret 35238334300014
ok "a namesake without" sql "INSERT INTO association (name, name_key)
    VALUES ('Le Guichet', 'le guichet')"
id=$(sql "SELECT max(id) FROM association")
runs 66 "its name does not tell" association show "Le Guichet"
like "the number that does is shown" "$err" "Le Guichet #$id[.,] .*\"#12\""
like "also in the list" "$(cispd association list)" "#$id +Le Guichet"
runs 0 "it answers to it" association show "#$id" --format json
like "and to it alone" "$out" '"siret": null'
ok "a name with a number" cispd association add "Collectif 999"
runs 66 "no such number, and no part of a name" association show "#999"
runs 66 "a number is whole" association show "#${id}x"
runs 0 "and can be joined" association merge 35238334300014 "#$id"
is "one is left" "$(sql "SELECT count(*) FROM association
    WHERE name = 'Le Guichet'")" 1

# joining two
ok "call" cispd call add 2026 --title AAP --envelope 20000
ok "project of the other" cispd project add --association "E.C.L.A.T." \
    --title Permanences --requested 1000
runs 1 "two firms are not joined" association merge $A $B
like "their SIREN differ" "$err" "SIREN"
runs 1 "one is not joined to itself" association merge $A eclat
runs 0 "merge" association merge $A "E.C.L.A.T."
is "the project moved" "$(sql "SELECT a.siret FROM project p
    JOIN association a ON a.id = p.association_id")" $A
like "the log names who had it" "$(cispd log)" "Association: E\.C\.L\.A\.T\. -> "
cispd association add Gamma -q
is "and not who came after" "$(cispd log | grep -c 'Association: Gamma')" 0
runs 66 "the other is gone" association show "E.C.L.A.T."
runs 0 "a dry run" association edit $A --name "Autre nom" --dry-run
runs 66 "changes nothing" association show "Autre nom"
cispd association list --format csv >own.csv
runs 0 "the list comes back" import associations own.csv --dry-run
is "without a word on its numbers" "$err" ""
ok "one with a commune" cispd association add "Un lieu" --commune Hautmont
ok "one with an address" cispd association add "Deux rues" --acronym DR \
    --address "5 rue Haute" --postcode 59600 --rna W595009999
runs 0 "joined" association merge "Un lieu" "Deux rues"
is "an address is taken over whole or not at all, the rest where it lacks" \
    "$(sql "SELECT commune, address, postcode, acronym, rna FROM association
    WHERE name = 'Un lieu'")" "Hautmont|||DR|W595009999"
ok "one with another address" cispd association add "Trois rues" --address "1 quai"
runs 0 "joined to that" association merge "Trois rues" "Un lieu"
is "has no commune from elsewhere" "$(sql "SELECT commune, address, rna
    FROM association WHERE name = 'Trois rues'")" "|1 quai|W595009999"
### A role alone makes a contact where there is none, once
rm -f "$CISPD_DB"*
cispd init -q
cispd call add 2026 --title AAP --envelope 20000 -q
printf 'Association;Fonction\nCC;Présidente\nCC;Présidente\n' >role.csv
runs 0 "a list that repeats a row" import associations role.csv
like "makes one" "$out" "1 imported, 0 updated, 1 unchanged"
is "contact" "$(sql "SELECT group_concat(role) FROM contact")" Présidente
printf 'Association;Courriel;Téléphone\nCC;cc@example.org;0327000000\n' >mail.csv
runs 0 "what comes later" import associations mail.csv
is "is that contact's" "$(sql "SELECT role, email, phone FROM contact")" \
    "Présidente|cc@example.org|0327000000"
printf 'Association;Titre;Montant demandé;Fonction;Courriel;Téléphone\nAl;T1;100;Présidente;;\nAl;T2;200;;a@b.fr;0327000000\nAl;T3;300;Trésorier;c@d.fr;\n' >p.csv
runs 0 "a role first, then an address" import projects p.csv
is "are one contact, that nothing is taken from" "$(sql "SELECT group_concat(role || ' ' || email)
    FROM contact c JOIN association a ON a.id = association_id WHERE name = 'Al'")" \
    "Présidente a@b.fr"
done_testing
