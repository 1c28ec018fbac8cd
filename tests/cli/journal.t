#!/bin/bash
# log and verify: every change is told, and every tampering is named.
. "$(dirname "$0")/lib.sh"
command -v sqlite3 >/dev/null || skip_all "no sqlite3 shell"

ok "a database" cispd init --agency Test
ok "a call" cispd call add 2026 --title Aid --envelope 20000
ok "an association" cispd association add "Le Refuge" --as "Hélène Blanc" \
    --address "3 rue du Secret" --postcode 59600 --commune Maubeuge \
    --confidential --role accueil --email refuge@example.org
ok "another" cispd association add "Les Voisins" --address "1 place Verte"
ok "a project" cispd project add --association "Le Refuge" --title Abri \
    --requested 3000 --received "2026-02-01 10:00" --now "2026-02-01 10:00"
ok "changed later" cispd project edit 1 --requested 2500 --now "2026-02-20 9:00"
runs 0 "an honest journal verifies" verify
like "it says how many entries" "$out" '[0-9]+ entries under [0-9]+ seals'
head=$(cispd verify --format json | grep -Eo '[0-9a-f]{64}')
like "and the head digest" "$out" "$head"
runs 0 "a digest noted is found again" verify --head "$head"
runs 0 "in capitals too" verify --head "${head^^}"
runs 0 "its first digits are enough" verify --head "${head:0:16}"
runs 2 "a few are not" verify --head "${head:0:11}"
runs 2 "nor what is no digest" verify --head "${head:0:20}-"
runs 1 "another is not" verify --head "${head//[0-4]/5}"
# The newest seal made again by other means, from the description at the top
# of src/store/journal.c.
netstrings() { # expression..: the SQL of a text of netstrings
    local text="''" value
    for value; do
        text="$text || coalesce(length(CAST($value AS BLOB)) || ':' || $value
              || ',', '-,')"
    done
    echo "$text"
}
sha() { tr -d '\n' | sha256sum | cut -c 1-64; }
digests=$(sql "SELECT id FROM journal WHERE id >= (SELECT max(first_entry)
               FROM seal)" | while read -r id; do
    sql "SELECT $(netstrings id tab action old new) FROM journal
          WHERE id = $id" | sha
done)
entry_checks=$(echo "$digests" | cut -c 1-8 | tr -d '\n')
is "the newest seal's checks, by other means" "$entry_checks" \
    "$(sql "SELECT entry_checks FROM seal ORDER BY id DESC LIMIT 1")"
is "its digest, by other means" "$(
    {
        sql "SELECT '64:' || digest || ',' FROM seal
              ORDER BY id DESC LIMIT 1 OFFSET 1"
        printf '64:%s,' $digests
        sql "SELECT $(netstrings id first_entry last_entry sealed_at actor \
            acting_as command entry_checks) FROM seal ORDER BY id DESC LIMIT 1"
    } | sha
)" "$head"
cp "$CISPD_DB" honest.db
last=$(sql "SELECT max(id) FROM journal")
seals=$(sql "SELECT max(id) FROM seal")
entry=$(sql "SELECT max(id) FROM journal WHERE tab = 'project'
                                            AND action = 'insert'")

# Tampers with a fresh copy while the triggers are away, puts them back, and
# wants verify to name what was done.
tampered() { # name sql pattern
    cp honest.db "$CISPD_DB"
    sql "SELECT sql || ';' FROM sqlite_schema WHERE type = 'trigger'" >triggers
    sql "SELECT 'DROP TRIGGER ' || name || ';' FROM sqlite_schema
          WHERE type = 'trigger'" >drops
    printf '%s\n' "$2" >tamper
    ok "$1" sqlite3 -bail "$CISPD_DB" \
        'BEGIN' '.read drops' '.read tamper' '.read triggers' 'COMMIT'
    runs 1 "... is seen" verify
    like "... and named" "$out" "$3"
}
tampered "an entry changed" "UPDATE journal
SET new = replace(new, 'Abri', 'Aubr') WHERE id = $entry" \
    "^entry $entry \(project 2026-001 added\) was changed after it was sealed"
tampered "an entry's action changed" "UPDATE journal
SET action = 'update' WHERE id = $entry" "^entry $entry .*was changed after"
tampered "an entry of a large seal changed" "UPDATE journal
SET new = replace(new, '1068', '1069') WHERE tab = 'commune'" \
    "^entry [0-9]+ \(commune Saint-Remy-du-Nord added\) was changed after it was sealed"
tampered "an entry deleted" "DELETE FROM journal WHERE id = $entry" \
    "^entry $entry of the journal is missing"
tampered "several deleted" "DELETE FROM journal WHERE id IN (5, 6, 7)" \
    "^entries 5 to 7 of the journal are missing"
tampered "the end of the journal cut" "
DELETE FROM journal WHERE id = $last; DELETE FROM seal WHERE id = $seals" \
    "^entry $last of the journal is missing"
tampered "the end cut, its traces too" "
DELETE FROM journal WHERE id = $last; DELETE FROM seal WHERE id = $seals;
UPDATE sqlite_sequence SET seq = seq - 1" \
    "^project 2026-001 was changed without a journal entry: Requested"
tampered "a whole state rolled back, for those who noted nothing" "
DELETE FROM journal WHERE id = $last; DELETE FROM seal WHERE id = $seals;
UPDATE project SET requested_cents = 300000;
UPDATE sqlite_sequence SET seq = seq - 1 WHERE name = 'seal'" \
    "^entry $last of the journal is missing"
sql "UPDATE sqlite_sequence SET seq = $last - 1 WHERE name = 'journal'"
runs 0 "... nothing shows once the counter is set back" verify
runs 1 "... but the digest noted earlier is gone" verify --head "$head"
tampered "a seal's actor changed" "UPDATE seal
SET actor = 'nobody' WHERE id = $seals" \
    "^seal $seals \(2026-02-20 09:00, nobody, \"project edit\"\) was changed"
tampered "a seal's digest changed" "UPDATE seal
SET digest = replace(digest, substr(digest, 1, 1), 'g') WHERE id = 2" \
    "^seal 2 .* was changed"
like "... seal 3 is not accused" "$out" '^seal 3 rests on the seal before it'
tampered "a seal's checks changed" "UPDATE seal
SET entry_checks = 'x' || substr(entry_checks, 2) WHERE id = 2" "^seal 2 "
tampered "seals deleted" "DELETE FROM seal WHERE id IN (2, 3)" \
    "^seals 2 to 3 are missing"
tampered "a seal deleted" "DELETE FROM seal WHERE id = 2" \
    "^entry [0-9]+ .* has no seal"
like "... the seal is named" "$out" '^seal 2 is missing$'
tampered "a seal stretched over an entry of one's own" "
INSERT INTO journal (tab, action) VALUES ('project', 'delete');
UPDATE seal SET last_entry = last_entry + 1 WHERE id = $seals" \
    "^entry $((last + 1)) .* was changed after it was sealed"
tampered "a row changed" "UPDATE project SET requested_cents = 900000" \
    "^project 2026-001 was changed .*: Requested 2,500.00.* -> 9,000.00"
tampered "a row added" "INSERT INTO member (call_year, name, name_key)
VALUES (2026, 'Ghost', 'ghost')" "^member Ghost was added without a journal entry"
tampered "a row deleted" "DELETE FROM required_document WHERE code = 'CER'" \
    "^required document CER was deleted without a journal entry"
tampered "a place of the territory changed" "UPDATE commune
SET population = 1 WHERE code = '59392'" "^commune Maubeuge was changed"
tampered "a confidential address changed" "UPDATE association
SET address = '5 rue du Secret' WHERE id = 1" \
    "^association Le Refuge was changed without a journal entry: Address$"
no "... without telling it" grep -q Secret "$BOX/.out"

tampered "an entry made unreadable" "UPDATE journal
SET new = '{' WHERE id = $entry" "^entry $entry \(project . added\) was changed"
runs 0 "... the log still reads" log --limit 0
tampered "its old row" "UPDATE journal SET old = ''
 WHERE id = $last" "^entry $last .* was changed"
runs 0 "... the log still reads" log --limit 0
tampered "a seal's digest lengthened behind a NUL" "UPDATE seal
SET digest = CAST(digest || x'00' || 'x' AS TEXT) WHERE id = 2" "^seal 2 "
tampered "a seal's checks lengthened behind a NUL" "UPDATE seal
SET entry_checks = CAST(entry_checks || x'00' || 'x' AS TEXT) WHERE id = 2" \
    "^seal 2 "
tampered "the counters set back" "DELETE FROM sqlite_sequence" \
    "^the last number given in the table journal was set back from $last to 0"
ok "... cispd still works" cispd project edit 1 --title Shed
tampered "the newest entry alone deleted" "
DELETE FROM journal WHERE id = $last" "^entry $last of the journal is missing"
ok "... cispd still works" cispd project edit 1 --title Shed
runs 1 "... and the gap stays" verify
like "... as it was" "$out" "^entry $last of the journal is missing"
runs 0 "a backup of it" backup gap.db
like "says what it copies" "$err" "finds 2 faults .*first is: entry $last of the journal"
tampered "a table dropped" "DROP TABLE contact;
CREATE TABLE contact (id INTEGER PRIMARY KEY)" \
    "^contact accueil was deleted without a journal entry"

# A change whose traces a later honest change would cover.
tampered "a row changed" "UPDATE project SET requested_cents = 900000" \
    "2,500.00.* -> 9,000.00"
ok "... and changed again by cispd" cispd project edit 1 --requested 2600
runs 1 "... is still seen" verify
like "... and named" "$out" \
    "^project 2026-001 was changed .* before entry $((last + 1)): Requested"

# Behind the program's back, with all triggers in place.
cp honest.db "$CISPD_DB"
ok "a change by the shell" sql "UPDATE project SET title = 'Hut'"
runs 1 "it has no seal" verify
like "it is named" "$out" "^entry $((last + 1)) \(project 2026-001 changed\) has no seal"
like "and counted" "$err" "1 fault$"
ok "cispd still works" cispd project edit 1 --title Shed
runs 1 "the later seal does not cover it" verify
like "it is still named, alone" "$out$err" \
    "entry $((last + 1)) .*has no seal.*|1 fault$"
runs 0 "the log shows it" log
like "as what it is" "$out" 'WITHOUT A SEAL'
cp honest.db "$CISPD_DB"
sql "CREATE TEMP TRIGGER t BEFORE INSERT ON main.journal BEGIN
SELECT RAISE(IGNORE); END; UPDATE project SET title = 'Hut'"
runs 1 "a journal held off by a trigger of one's own" verify
like "... is named" "$out" "^project 2026-001 was changed .*: Title Abri -> Hut"
cp honest.db "$CISPD_DB"
sql "UPDATE project SET title = 'Hut';
INSERT INTO seal SELECT id + 1, last_entry + 1, last_entry + 1, sealed_at,
actor, acting_as, command, entry_checks, digest FROM seal ORDER BY id DESC
LIMIT 1"
runs 1 "a seal made by the shell does not fit" verify
like "... and is named" "$out" "^(entry $((last + 1))|seal $((seals + 1))) .*changed"

# The log.
cp honest.db "$CISPD_DB"
runs 0 "log of a project" log --project 1
like "the change in words" "$out" 'Requested: 3,000.00.* -> 2,500.00'
like "who, when, with what" "$out" '^2026-02-20 09:00 .*: project edit$'
like "names in place of keys" "$out" 'Association: Le Refuge'
no "nothing of other things" grep -q Voisins "$BOX/.out"
runs 0 "log in French" log --project 1 --lang fr
like "days and money as people read them" "$out" '20/02/2026 09:00'
like "what was done, without a gender" "$out" '^  modification.: projet 2026-001$'
runs 0 "log in French, for a spreadsheet" log --project 1 --lang fr --format csv
like "in words" "$out" ';projet;2026-001;modification;[^;]*;"?3.000,00.*;"?2.500,00'
runs 0 "log by actor" log --actor helene
like "the one who decided" "$out" '\(as Hélène Blanc\): association add'
no "and nobody else" grep -q Voisins "$BOX/.out"
runs 0 "log by nobody" log --actor zzz
is "is empty" "$out" "(none)"
runs 0 "log since" log --since 2026-02-10 --until 2026-02-25
like "holds that day" "$out" 'project edit'
no "and no earlier one" grep -q 'project add' "$BOX/.out"
runs 2 "a day that does not exist" log --since 2026-02-30
runs 66 "a project that does not exist" log --project 99
runs 2 "a limit that is none" log --limit many
runs 0 "log with a limit" log --limit 1
is "one entry" "$(grep -c '^  [a-z]' "$BOX/.out")" 1
for format in table csv json; do
    cispd log --limit 0 --format "$format" >log.$format
    no "no confidential address in $format" grep -q Secret log.$format
    no "nor its e-mail" grep -q refuge@ log.$format
    ok "but others' addresses" grep -q 'place Verte' log.$format
done

# ---- a long import takes several seals, so that none fills the memory
rm -f "$CISPD_DB"*
cispd init -q && cispd call add 2026 -q --title AAP --envelope 20000
awk 'BEGIN { print "Association;Titre;Montant demandé;Communes concernées"
    for (i = 1; i <= 9000; i++) print "A;T" i ";" i ";Maubeuge" }' >long.csv
seals=$(sql "SELECT count(*) FROM seal")
runs 0 "a long import" import projects long.csv
is "takes a seal for each 16 384 entries" \
    "$(sql "SELECT count(*) - $seals, max(last_entry - first_entry) + 1
    FROM seal")" "2|16384"
runs 0 "and verifies" verify
sql "DROP TRIGGER before_journal_update; UPDATE journal SET new = replace(new, 'T8999',
    'T') WHERE tab = 'project'" 2>/dev/null
runs 1 "a change under the second seal" verify
done_testing
