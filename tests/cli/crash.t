#!/bin/bash
# A command is killed, or the disk is full: nothing is half done.
. "$(dirname "$0")/lib.sh"
command -v sqlite3 >/dev/null || skip_all "no sqlite3 shell"

ok "a database" cispd init --agency Test
ok "a call" cispd call add 2026 --title Aid --envelope 20000
ok "an association" cispd association add Assoc
ok "a project" cispd project add --association Assoc --title Old \
    --requested 1000 --received "2026-02-01 10:00"
cp "$CISPD_DB" start.db
head=$(cispd verify --format json | grep -Eo '[0-9a-f]{64}')
{
    echo 'ID;Association;Intitulé;Montant demandé'
    seq 30000 | awk '{printf "%d;Association %d;Projet %d;%d\n",
                             $1, $1 % 500, $1, 1000 + $1 % 4000}'
} >long.csv
projects() { sql "SELECT count(*) FROM project"; }

# Killed at a moment of its own choosing, sooner and later in the import.
intact=0 killed=0
for pause in 0.05 0.15 0.3 0.5 0.7; do
    cp start.db "$CISPD_DB"
    rm -f "$CISPD_DB-journal"
    "$CISPD" import projects long.csv >/dev/null 2>&1 &
    sleep $pause
    kill -9 $! 2>/dev/null
    wait $! 2>/dev/null && continue # it was done already
    killed=$((killed + 1))
    cispd check >/dev/null 2>&1 &&
        cispd verify --head "$head" >/dev/null 2>&1 &&
        case $(projects) in 1 | 30001) true ;; *) false ;; esac &&
        intact=$((intact + 1))
done
[ $killed -gt 0 ]
result $? "an import was killed at work"
is "each time the file was whole, with all of it or nothing" $intact $killed

# Killed when pages of the import had certainly reached the file.
cp start.db "$CISPD_DB"
rm -f "$CISPD_DB-journal"
"$CISPD" import projects long.csv >/dev/null 2>&1 &
victim=$! size=$(stat -c %s start.db)
for _ in $(seq 200); do
    [ "$(stat -c %s "$CISPD_DB")" -gt $((size + 500000)) ] && break
    sleep 0.02
done
kill -9 $victim 2>/dev/null
wait $victim 2>/dev/null
if [ -s "$CISPD_DB-journal" ]; then
    result 0 "killed in the middle of writing"
else
    result 0 "killed in the middle of writing # SKIP the import was too fast"
fi
runs 0 "the next command takes the half-written pages back" verify --head "$head"
like "as if nothing had been" "$(projects)" '^(1|30001)$'
runs 0 "and the rules hold" check
runs 0 "and the same import goes through" import projects long.csv
is "with all its rows" "$(projects)" 30001

# Interrupted while it writes a file: nothing is left beside it.
mkdir leaves
for signal in INT TERM HUP; do
    for pause in 0.02 0.05 0.1; do
        # a shell without job control has background commands ignore INT
        perl -e '$SIG{INT} = "DEFAULT"; exec @ARGV' "$CISPD" report committee \
            -o "leaves/$signal$pause.xlsx" >/dev/null 2>&1 &
        sleep $pause
        kill -$signal $! 2>/dev/null
        wait $! 2>/dev/null
    done
done
is "an interrupted report leaves nothing behind" \
    "$(find leaves -name '.*' -type f)" ""

# A full disk: a small file system where we may make one, else a limit on the
# size of files, which SQLite sees as a failed write.
cp start.db "$CISPD_DB"
rm -f "$CISPD_DB-journal"
sum=$(sha256sum <"$CISPD_DB")
(
    trap '' XFSZ
    ulimit -f 1500
    "$CISPD" import projects long.csv >out 2>err
    echo $? >code
)
is "a file that may not grow: I/O error" "$(cat code)" 74
like "said once, in words" "$(cat err)" '^cispd: [^:]*(cispd.db|disk).*'
is "no rows are counted that nobody read to the end" "$(cat out)" ""
is "nothing was changed" "$(sha256sum <"$CISPD_DB")" "$sum"
(
    trap '' XFSZ
    ulimit -f 100
    "$CISPD" backup copy.db >out 2>err
    echo $? >code
)
is "a backup that does not fit" "$(cat code)" 74
like "is told" "$(cat err)" 'cannot write'
is "and leaves nothing" "$(ls copy.db* 2>/dev/null)" ""

# A disk that fills when everything is ready and only the commit is left.
{
    echo "Association;Titre;Montant demandé"
    for i in $(seq 400); do echo "Neuve $i;Un titre assez long $i;100"; done
    echo "Sans titre;;100"
} >last.csv
CISPD_DB=$BOX/room.db
cispd init -q && cispd call add 2026 -q --title A --envelope 20000
room=$(sha256sum <"$CISPD_DB")
(
    trap '' XFSZ
    ulimit -f $(($(stat -c %s "$CISPD_DB") / 1024))
    "$CISPD" import projects last.csv --rejects bad.csv >out 2>err
    echo $? >code
)
is "a commit that fails" "$(cat code)" 74
is "announces nothing" "$(cat out)" ""
is "leaves no rejected rows" "$(ls bad.csv* 2>/dev/null)" ""
is "and no others" "$(sha256sum <"$CISPD_DB")" "$room"
runs 0 "the same command later" import projects last.csv --rejects bad.csv
like "has all to say" "$out" '400 imported.*'
is "and the rejected row" "$(grep -c 'Sans titre' bad.csv)" 1
CISPD_DB=$BOX/cispd.db

mkdir small
if mount -t tmpfs -o size=1m tmpfs small 2>/dev/null; then
    cp start.db small/cispd.db
    CISPD_DB=$BOX/small/cispd.db runs 74 "a full disk" import projects long.csv
    like "is named" "$err" 'disk is full'
    is "nothing was lost" "$(sha256sum <small/cispd.db)" "$sum"
    CISPD_DB=$BOX/small/cispd.db runs 0 "and small work goes on" \
        project edit 1 --title New
    dd if=/dev/zero of=small/filler bs=1k count=1000 2>/dev/null
    runs 74 "no room for a backup" backup small/copy.db
    is "nothing is left of it" "$(ls small/copy.db* 2>/dev/null)" ""
    runs 73 "no room for a new database" init --db small/new.db
    no "nothing is left of that either" test -e small/new.db
    umount small
else
    result 0 "a full disk # SKIP no file system can be mounted here"
fi
runs 0 "what is printed to a full device is not lost in silence" budget
if [ -c /dev/full ]; then
    cispd budget >/dev/full 2>err
    is "output to a full device: I/O error" $? 74
    cispd project edit 1 --title Untold >/dev/full 2>err
    is "a change that cannot be told" $? 74
    is "is not made" "$(sql "SELECT count(*) FROM project
        WHERE title = 'Untold'")" 0
    printf 'Association;Titre;Montant demandé\nPlein;T;5\n' >full.csv
    cispd import projects full.csv >/dev/full 2>err
    like "one told too late is told as made" "$(cat err)" 'the change is made'
fi
done_testing
