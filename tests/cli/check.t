#!/bin/bash
# check, backup, and the files that are refused.
. "$(dirname "$0")/lib.sh"
command -v sqlite3 >/dev/null || skip_all "no sqlite3 shell"

ok "a database" cispd init --agency Test
is "that others cannot read" "$(($(stat -c %a "$CISPD_DB") % 10))" 0
ok "a call" cispd call add 2026 --title Aid --envelope 20000
ok "an association" cispd association add "L'Éclat"
ok "a project" cispd project add --association "L'Éclat" --title Abri \
    --requested 3000 --received "2026-02-01 10:00"
runs 0 "an honest file passes" check
no "with no check that fails" grep -qw ko "$BOX/.out"
no "and every check in words" grep -q _ "$BOX/.out"
invariants=$(sql "SELECT count(*) FROM sqlite_schema
WHERE type = 'view' AND name GLOB 'invariant_*'")
is "one line a check" "$(cispd check --format json | grep -c '"check"')" \
    $((invariants + 5))
cp "$CISPD_DB" honest.db

# Does harm to a fresh copy and wants the check of that name to say so.
harmed() { # name check sql pattern
    cp honest.db "$CISPD_DB"
    sql "$3"
    runs 1 "$1" check --format csv
    like "... is named" "$(grep "^.\?.\?.\?$2;ko;" "$BOX/.out")" "$4"
}
harmed "a trigger dropped" schema "DROP TRIGGER after_award_insert" \
    'trigger after_award_insert is missing'
harmed "a trigger made harmless" schema "DROP TRIGGER after_award_insert;
CREATE TRIGGER after_award_insert AFTER INSERT ON award BEGIN SELECT 1; END" \
    'trigger after_award_insert was altered'
harmed "a view altered" schema "DROP VIEW invariant_envelope;
CREATE VIEW invariant_envelope AS SELECT 1 AS fault WHERE 0" \
    'view invariant_envelope was altered'
harmed "a trigger added" schema "CREATE TRIGGER zz AFTER INSERT ON award BEGIN
UPDATE award SET amount_cents = 1; END" 'trigger zz is not part of cispd'
harmed "a table added" schema "CREATE TABLE notes (t)" \
    'table notes is not part of cispd'
harmed "a column added" schema "ALTER TABLE project ADD COLUMN names TEXT" \
    'table project was altered'
harmed "a key that hides a name" name_keys \
    "UPDATE association SET name_key = 'x'" "L'Éclat.* has the key"
harmed "a value that no CHECK saw" integrity \
    "PRAGMA ignore_check_constraints = ON; UPDATE call SET quorum = 0" \
    'CHECK constraint failed in call'
harmed "a change behind the program's back" journal \
    "UPDATE call SET title = 'x'" 'entry [0-9]+ .*has no seal'
harmed "a link to nothing" links "DROP TRIGGER before_project_update;
UPDATE project SET association_id = 77" 'project 1 points at nothing in "+association'
harmed "an award without an envelope" envelope "DROP TRIGGER after_award_insert;
UPDATE project SET status = 'eligible'; DELETE FROM envelope_line;
INSERT INTO award VALUES (1, 'awarded', 5, NULL, '2026-05-01')" \
    '2026: Awarded 0\.05.*, Envelope 0\.00'
harmed "a table dropped" schema "DROP TABLE mark" 'table mark is missing'
harmed "... with its marks" mark "DROP TABLE mark" 'no such table'
harmed "the journal dropped" journal "DROP TABLE journal" 'missing'
harmed "the totals dropped" envelope "DROP VIEW budget" 'no such table'
harmed "a page lost" integrity "PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET rootpage = 3 WHERE name = 'association_by_name'" \
    '[a-z]'

# backup
runs 1 "a fault for people" check
like "says which promise is broken" "$out" '^ko  the file itself is sound'
cp honest.db "$CISPD_DB"
head=$(cispd verify --format json | grep -Eo '[0-9a-f]{64}')
runs 0 "a backup" backup copy.db
runs 0 "is a whole database" check --db copy.db
runs 0 "with the same head" verify --db copy.db --head "$head"
is "that others cannot read" "$(stat -c %a copy.db)" 600
sum=$(sha256sum copy.db)
runs 73 "it does not replace a file" backup copy.db
is "which stays as it was" "$(sha256sum copy.db)" "$sum"
cispd project edit 1 --requested 2500
runs 0 "unless told to" backup copy.db --force
no "and then does" test "$(sha256sum copy.db)" = "$sum"
ln -s "$CISPD_DB" link.db
for itself in "$CISPD_DB" link.db; do
    runs 73 "never over the database itself" backup "$itself" --force
done
runs 73 "nor over a folder" backup "$BOX" --force
runs 73 "nor into a folder that is not there" backup nowhere/copy.db
runs 2 "a backup to nothing" backup
is "nothing is left beside" "$(ls copy.db.* 2>/dev/null)" ""
(
    for i in $(seq 40); do
        cispd project edit 1 --requested $((1000 + i)) >/dev/null || exit 1
    done
) &
writer=$!
sound=0
for i in 1 2 3 4 5; do
    cispd backup "while$i.db" >/dev/null && cispd check --db "while$i.db" \
        >/dev/null && sound=$((sound + 1))
done
is "five backups while another process writes are sound" $sound 5
ok "and the writer was not disturbed" wait $writer

# Files that are refused, each in its own words.
refuses() { # code name file pattern
    runs "$1" "$2" check --db "$3"
    like "... in its own words" "$err" "$4"
}
cp honest.db newer.db
sqlite3 newer.db 'PRAGMA user_version = 99'
sum=$(sha256sum newer.db)
refuses 65 "a newer file" newer.db 'newer cispd \(format 99'
is "is left alone" "$(sha256sum newer.db)" "$sum"
for version in -1 0; do
    sqlite3 newer.db "PRAGMA user_version = $version"
    refuses 65 "a file of the format $version" newer.db \
        "has the format $version, which no cispd writes.*restore a backup"
done
cp honest.db other.db
sqlite3 other.db 'PRAGMA application_id = 1'
refuses 65 "another program's file" other.db 'is not a cispd database'
echo "not a database, but long enough to be taken for one by a hasty eye: \
$(seq 200)" >text.db
refuses 65 "a text" text.db 'is not a cispd database'
: >empty.db
refuses 65 "an empty file" empty.db 'is not a cispd database'
is "which stays empty" "$(stat -c %s empty.db)" 0
refuses 66 "a folder" "$BOX" 'is not a file'
refuses 66 "no file" nowhere.db 'there is no database at'
head -c 20000 honest.db >cut.db
runs 65 "a file cut short" check --db cut.db
if [ "$(id -u)" -ne 0 ]; then
    cp honest.db secret.db && chmod 0 secret.db
    refuses 74 "a file that may not be read" secret.db 'may not be read'
fi
done_testing
