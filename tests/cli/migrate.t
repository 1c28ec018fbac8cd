#!/bin/bash
# A file of an older program: backed up, brought to the newest form, whole or
# not at all. The newer programs are linked here from this one's objects and
# one more file of schema/.
. "$(dirname "$0")/lib.sh"
command -v sqlite3 >/dev/null || skip_all "no sqlite3 shell"
OBJECTS=$(dirname "$CISPD")
[ -n "${LINK:-}" ] || skip_all "only in make check, which says how to link"

# newer NAME SQL: the program $BOX/NAME whose schema/0002-test.sql is SQL.
newer() {
    mkdir -p tree && ln -sfn "$TOP/reports" tree/reports &&
        mkdir -p tree/schema && cp "$TOP"/schema/*.sql tree/schema &&
        echo "$2" >tree/schema/0002-test.sql &&
        (cd tree && sh "$TOP/tools/embed.sh" schema/*.sql reports/*/*.sql) \
            >embedded.c &&
        $LINK -I"$TOP/src" -Wno-overlength-strings -o "$1" embedded.c \
            $(cd "$TOP/src" && printf '%s\n' *.c */*.c */*/*.c |
                sed "s|\(.*\)\.c$|$OBJECTS/\1.o|") $LDLIBS
}
newer good "
ALTER TABLE project ADD COLUMN stars INTEGER NOT NULL DEFAULT 3;
CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
INSERT INTO note (text) VALUES ('first');"
newer bad "ALTER TABLE project ADD COLUMN stars INTEGER NOT NULL DEFAULT 3;
INSERT INTO envelope_line (call_year, amount_cents, reference)
VALUES (2026, -99, 'x'); SELECT no_such_function();"

ok "a database" cispd init --agency Test
ok "a call" cispd call add 2026 --title Aid --envelope 20000
ok "an association" cispd association add Assoc
ok "a project" cispd project add --association Assoc --title Old \
    --requested 1000 --received "2026-02-01 10:00"
cp "$CISPD_DB" old.db
head=$(cispd verify --format json | grep -Eo '[0-9a-f]{64}')
backup=$CISPD_DB.version-1.backup
version() { sqlite3 "$1" 'PRAGMA user_version'; }

sum=$(sha256sum <"$CISPD_DB")
no "a migration that fails" ./bad budget
is "changes nothing" "$(sha256sum <"$CISPD_DB")" "$sum"
runs 0 "the file works with its program as before" verify --head "$head"
ok "... and the copy made before too" cispd verify --db "$backup"
rm -f "$backup"

chmod 0555 "$BOX" 2>/dev/null
if [ "$(id -u)" -ne 0 ]; then
    no "no copy, no migration" ./good budget
    is "the file is as it was" "$(sha256sum <"$CISPD_DB")" "$sum"
fi
chmod 0755 "$BOX"

ok "the newer program reads the older file" ./good budget
is "having brought it to its form" "$(version "$CISPD_DB")" 2
is "with a copy of the older one beside it" "$(version "$backup")" 1
ok "which is whole" cispd verify --db "$backup" --head "$head"
ok "the file is sound" ./good check
ok "its journal goes on from the older head" ./good verify --head "$head"
is "the new column and the new row are in it" "$(sql "SELECT group_concat(
    tab || ' ' || action || coalesce(' ' || (new ->> 'stars'), ''), ', ')
    FROM (SELECT * FROM journal WHERE id > (SELECT last_entry FROM seal
    WHERE command = 'project add') ORDER BY tab)")" \
    "note insert, project update 3"
is "sealed as the migration's" \
    "$(sql "SELECT command FROM seal ORDER BY id DESC LIMIT 1")" migration
ok "the shell adds a note" sql "INSERT INTO note (text) VALUES ('second')"
is "the new table is guarded and journalled" "$(sql "
    SELECT count(*) FROM journal WHERE new ->> 'text' = 'second'")" 1
runs 65 "the older program refuses the newer file" budget
like "and says why" "$err" 'newer cispd \(format 2'

# What was changed behind the journal must not pass as the migration's work.
cp old.db "$CISPD_DB"
sql "CREATE TEMP TRIGGER t BEFORE INSERT ON main.journal BEGIN
SELECT RAISE(IGNORE); END; UPDATE project SET requested_cents = 5"
ok "a tampered file is migrated" ./good budget
./good verify >out 2>&1
like "and still says so" "$(cat out)" 'project 2026-001 changed\) has no seal'

cp old.db "$CISPD_DB"
./good budget >/dev/null 2>err1 & one=$!
./good budget >/dev/null 2>err2 & two=$!
ok "two processes find the older file" wait $one
ok "at the same moment" wait $two
ok "it is migrated once" ./good verify --head "$head"
is "with one seal" "$(sql "SELECT count(*) FROM seal
    WHERE command = 'migration'")" 2
done_testing
