#!/bin/bash
# Workbooks: what is in them, what they refuse, and what they leave behind.
. "$(dirname "$0")/lib.sh"
. "$HERE/make-call.sh"
command -v ssconvert >/dev/null || skip_all "gnumeric is not installed"
command -v unzip >/dev/null || skip_all "unzip is not installed"

cells() { perl "$HERE/xlsx.pl" cells "$1"; }
# file sheet cell
value() { cells "$1" | awk -F'\t' -v s="$2" -v c="$3" '$1 == s && $2 == c { print $4 }'; }
# file sheet heading: the sum below a column of that heading, in cents
total() {
    cells "$1" | awk -F'\t' -v s="$2" -v h="$3" '$1 == s {
        c = $2
        sub(/[0-9]+/, "", c)
        if ($4 == h) under[c] = 1
        if ($3 ~ /^=SUM\([A-Z]+[0-9]/ && under[c] && !n++) printf "%.0f", $4 * 100 }'
}
well_formed() {
    rm -rf parts
    unzip -q "$1" -d parts
    find parts -type f -exec xmllint --noout {} +
}
recalculates() {
    ssconvert --recalc "$1" "$1.again.xlsx" >/dev/null 2>&1 &&
        perl "$HERE/xlsx.pl" compare "$1" "$1.again.xlsx"
}
left_behind() { find "$BOX" -name '.*.xlsx' | wc -l | tr -d ' '; }
says() { # name, pattern: what the last refusal said
    like "$1" "$err" "$2"
}

### The committee's workbook
make_call 25 7 || exit 1
runs 0 "the committee workbook is written" report committee -o c.xlsx
ok "every part is well-formed XML" well_formed c.xlsx
ok "every formula recalculates to its stored value" recalculates c.xlsx
sleep 1
runs 0 "it can be written elsewhere" report committee -o "autre part.xlsx"
ok "the same data gives the same bytes" cmp c.xlsx "autre part.xlsx"
is "the workbook is of the minute of the last change" \
    "$(unzip -p c.xlsx docProps/core.xml | grep -o 'W3CDTF">[^<]*' | sort -u)" \
    'W3CDTF">2026-03-01T10:00:00Z'
is "requested on the ranking sheet is the database's" \
    "$(total c.xlsx Ranking Requested)" \
    "$(sql 'SELECT requested_cents FROM budget')"
is "requested by theme is the database's" \
    "$(total c.xlsx Summary Requested)" \
    "$(sql 'SELECT requested_cents FROM budget')"
is "the proposals are what allocate gives" \
    "$(total c.xlsx Ranking "Amount counted")" \
    "$(cispd allocate --format json | sed -n 's/.*"allocated_cents": *\([0-9]*\).*/\1/p')"
is "a title that begins with = is a text" \
    "$(cells c.xlsx | grep -c "	=	*=1+1")$(cells c.xlsx |
        awk -F'\t' '$1 == "Ranking" && $4 ~ /^=1\+1/ { print $3 "text" }')" "0text"
is "all control sums are ok" \
    "$(cells c.xlsx | awk -F'\t' '$1 == "Parameters" && $3 ~ /"ok"/ { print $4 }' |
        sort -u)" ok
is "a recusal is a word, not a number" \
    "$(cells c.xlsx | awk -F'\t' '$1 == "Marks" && $4 == "recused"' | wc -l |
        tr -d ' ')" "$(sql 'SELECT 8 * count(*) FROM recusal')"
is "each project has a page with its title" "$(cells c.xlsx |
    awk -F'\t' '$1 == "Projects" && $4 ~ /^2026-0[0-9][0-9] – /' | wc -l |
    tr -d ' ')" 23
is "the late file says its reason" "$(cells c.xlsx |
    grep -c 'Late file.*Panne du courriel')" 2
is "no address of the confidential shelter" \
    "$(cells c.xlsx | grep -cE 'Secret|Jeumont|59460|59324')" 0
is "no e-mail and no phone" "$(cells c.xlsx | grep -cE '@|0327000000')" 0
is "rejected and withdrawn projects are listed apart" "$(cells c.xlsx |
    awk -F'\t' '$1 == "Ranking" && ($4 == "rejected" || $4 == "withdrawn")' |
    wc -l | tr -d ' ')" 2

### Where the file goes
cp c.xlsx before.xlsx
runs 73 "an existing file is not replaced" report committee -o c.xlsx
says "and --force is offered" "--force"
ok "it is as it was" cmp c.xlsx before.xlsx
runs 0 "unless --force is given" report committee -o c.xlsx --force
runs 73 "a device is not replaced" report committee -o /dev/full --force
runs 73 "the database is not replaced" report committee -o cispd.db --force
runs 73 "a folder that is not there" report committee -o no/where.xlsx
says "is named" "no/where.xlsx"
runs 2 "without -o" report committee
runs 66 "a workbook that is not known" report comitee -o x.xlsx
says "those that are known are listed" "committee"
with_room() { # kilobytes that a file may have: stands in for a full disk
    (trap '' XFSZ; ulimit -f "$1"; "$CISPD" report committee -o full.xlsx)
}
size=$(($(wc -c <c.xlsx) / 1024))
for room in 0 1 7 20 $((size / 2)) $((size - 1)) "$size"; do
    no "a disk with room for $room KB of $size is a failure" with_room "$room"
    ok "that leaves nothing" test ! -e full.xlsx
    is "and is told in one line, ours" \
        "$(with_room "$room" 2>&1 | sed 's/^cispd: .*full.xlsx.*/ours/')" ours
done
# the parts of the workbook are much larger than its file
ok "where the file fits the parts do too" with_room $((size + 1))
ok "and are whole" cmp c.xlsx full.xlsx
is "no temporary file is left" "$(left_behind)" 0

### The language of the documents, whatever the screen's
if cispd --lang fr report --help | grep -q classeur; then
    sql "UPDATE agency SET doc_lang = 'fr'"
    runs 0 "a scenario is saved on an English screen" allocate --save Un
    sql "UPDATE scenario SET adopted_at = '2026-03-01 10:00'"
    runs 0 "a French workbook is written there" report committee -o fr.xlsx
    is "all in French" "$(cells fr.xlsx | grep -cE 'Ranked|Funded|Ranking')" 0
    ok "whose formulas agree" recalculates fr.xlsx
    sql "UPDATE agency SET doc_lang = 'en'"
fi

### A user's own report
echo "SELECT ref, title, requested_cents FROM project" >own.sql
runs 0 "a query alone is a report" report own.sql -o own.xlsx
is "its amounts are in euros" "$(value own.xlsx own C2)" "$(sql \
    "SELECT format('%g', requested_cents / 100.0) FROM project LIMIT 1")"
sed -n '/^\.Bd -unfilled/,/^\.Ed/p' "$TOP/man/cispd.1" | grep -v '^\.' |
    sed "s/\\\\('e/é/g" >manual.sql
runs 0 "the manual's example" report manual.sql -o manual.xlsx
ok "recalculates" recalculates manual.xlsx
is "has its title and its bars" "$(value manual.xlsx manual A1)" \
    "Demandes par association"
own() { # exit code, name, sql
    printf '%s\n' "$3" >try.sql
    runs "$1" "$2" report try.sql -o try.xlsx --force
}
for change in "DELETE FROM mark" "UPDATE award SET amount_cents = 1" \
    "INSERT INTO theme (call_year, label, label_key) VALUES (2026, 'x', 'x')" \
    "PRAGMA user_version" "ATTACH 'x.db' AS x" "DROP TABLE mark" \
    "VACUUM INTO 'copy.db'" "COMMIT" "CREATE TEMP TABLE t AS SELECT 1" \
    "DELETE FROM mark RETURNING 1" "SELECT * FROM sqlite_schema" \
    "SELECT name FROM pragma_table_info('mark')"; do
    own 1 "refused: $change" "$change"
done
says "a report can only read" "can only read"
is "nothing was changed" "$(sql 'SELECT count(*) > 0 FROM mark')" 1
ok "no file was made" test ! -e copy.db -a ! -e x.db
secret() { # name, sql
    own 0 "$1" "$2"
    is "... gives nothing" "$(cells try.xlsx |
        grep -cE 'Secret|Jeumont|59460|59324|contact3@|0327000000')" 0
}
secret "an address" "SELECT name, address, postcode, commune FROM association"
secret "an address, by the database's name" \
    "SELECT a.address FROM main.association a"
secret "an address, by the view" "SELECT address FROM main.association_public"
secret "an address, under the view's name" "WITH association_public AS
    (SELECT address FROM association) SELECT * FROM association_public"
secret "an address, by a condition" "SELECT name FROM association
    WHERE address LIKE '%Secret%' AND name LIKE 'zzz%'"
secret "a contact" "SELECT email, phone FROM contact"
secret "the journal" "SELECT old, new FROM journal"
secret "where a shelter's projects are" "SELECT commune_code FROM
    main.project_commune q JOIN project p ON p.id = q.project_id"
secret "where they are, by the shown table" "SELECT * FROM project_commune"
own 0 "what may be shown of an association" \
    "SELECT name, address FROM association_public"
is "is shown" "$(cells try.xlsx | grep -c 'rue des')" 9

### Mistakes in a report
own 65 "a word that is not known" "--@ tabel x
SELECT 1"
says "is named with its line" "try.sql:1: \"tabel\""
own 65 "a column that the query has not" "--@ table x
--@ column nowhere | Heading | text
SELECT ref FROM project"
says "names those that it has" "try.sql:2: .*nowhere.*ref"
own 65 "a mistake in the SQL" "--@ table x
SELECT ref,
       wrong FROM project"
says "names its line" "try.sql:3: .*wrong"
own 65 "a formula on nothing" "--@ table x
--@ column number | N | integer | formula: [other]+1
SELECT number FROM project"
says "names its line" "try.sql:2: \[other\]"
own 1 "a query without end" "WITH RECURSIVE n(i) AS
    (SELECT 1 UNION ALL SELECT 1 FROM n) SELECT i FROM n"
own 65 "two queries in a block" "SELECT 1; SELECT 2"
own 65 "a block without query" "--@ table x"
own 65 "a parameter without value" "SELECT :nothing"
own 65 "a format that is not known" "--@ table x
--@ column ref | N | euros
SELECT ref FROM project"
own 65 "a number in a text block" "--@ text x
--@ column n | | text
SELECT count(*) AS n FROM project"
says "is named with its line" 'try.sql:2: "n" gives a number'
own 65 "a total of texts" "--@ table x
--@ column ref | N | text | total
SELECT ref FROM project"
says "is named with its line" 'try.sql:2: "ref" has the text "2026-001"'
own 65 "a total of days" "--@ table x
--@ column declared_on | D | date | total
SELECT declared_on FROM recusal"
own 0 "a word among numbers, nothing in a text block" "--@ text x
SELECT NULL
--@ table y
--@ column n | N | integer | total
SELECT 3 AS n UNION ALL SELECT 'recused'"
is "leave a total" "$(cells try.xlsx | awk -F'\t' '$3 ~ /SUM/ { print $4 }')" 3
runs 66 "a report that is not there" report nowhere.sql -o try.xlsx --force

own 65 "a rule on a column that is not shown, without rows" "--@ table x
--@ column ref | N | text
--@ rule alert | title | 1=1
SELECT ref, title FROM project WHERE 0"
says "names its line" "try.sql:3: .*\"title\""
for line in "freeze title" "group title" "group ref | title" \
    "column number | N | mark | of: mean title"; do
    own 65 "$line, which is not shown" "--@ table x
--@ column ref | N | text
--@ $line
SELECT ref, number FROM project"
    says "names its line" "try.sql:3: .*\"title\""
done
own 65 "a name that is a cell's" "--@ table x
--@ column number | N | integer | name: A1
SELECT number FROM project"
says "names its line" "try.sql:2: \"A1\""
own 65 "a number that is none" "--@ table x
SELECT 1e999 AS a"
says "names its line and its cell" "try.sql:1: .*cell A2"
own 65 "a number of 16 digits" "SELECT 1000000000000000 AS a"
says "names it" "try.sql:1: 1000000000000000 .*CAST\(a AS TEXT\)"
own 0 "one of 15 digits" "SELECT -999999999999999 AS a"
is "is written whole" "$(value try.xlsx try A2)" -999999999999999
own 0 "days that Excel has not" "SELECT '1899-12-31' AS a_on,
    '2026-02-30' AS b_on, '2026-01-01 24:30' AS c_at"
is "stay as they are" "$(value try.xlsx try A2) $(value try.xlsx try B2) $(
    value try.xlsx try C2)" "1899-12-31 2026-02-30 2026-01-01 24:30"

### A refusal is in the language of the screen, the workbook in its own
if cispd --lang fr report --help | grep -q classeur; then
    sql "UPDATE agency SET doc_lang = 'fr'"
    own 65 "a mistake found while a French workbook is made" "--@ table x
--@ column number | N | integer | formula: [other]+1
SELECT number FROM project"
    says "is told in English" "other\] is no column of this block"
    own 65 "and one found in a cell" "SELECT 1e999 AS a"
    says "too" "not a finite number"
    runs 0 "the workbook of an English screen" report committee -o en.xlsx
    runs 0 "and of a French one" --lang fr report committee -o fr2.xlsx
    ok "are the same" cmp en.xlsx fr2.xlsx
    sql "UPDATE agency SET doc_lang = 'en'"
    runs 65 "an English workbook, a French screen" \
        --lang fr report try.sql -o try.xlsx --force
    says "is told in French" "n.est pas un nombre fini"
fi

### Titles and charts that are wider than the table
own 0 "a chart of bars under a narrow table" "--@ title Bars
--@ table t
--@ column ref | N | text
--@ column requested_cents | R | money
--@ chart bar | Requests | x: ref | y: requested_cents | at: 4 | span: 3
SELECT ref, requested_cents FROM project"
is "says nothing of its own" "$err" ""
rm -rf parts && mkdir parts && unzip -q try.xlsx -d parts
is "the amounts are on the axis of the values, from the left" "$(
    grep -oE '<c:(cat|val)Ax>.*</c:valAx>' parts/xl/charts/chart1.xml |
        sed 's/<c:valAx>/\n&/' |
        grep -oE '<c:(cat|val)Ax>|orientation val="[a-zA-Z]*"|formatCode="#' |
        tr '\n' ' ')" \
    '<c:catAx> orientation val="maxMin" <c:valAx> orientation val="minMax" formatCode="# '
is "the paper holds the chart" \
    "$(grep -oE "try!.A.1:.[A-Z]+" parts/xl/workbook.xml)" 'try!$A$1:$F'
own 0 "a long title on a narrow table" "--@ title The number of each project of this call
--@ table t
--@ column ref | N | text
SELECT ref FROM project"
rm -rf parts && mkdir parts && unzip -q try.xlsx -d parts
ok "has the paper that it needs" test "$(grep -o '<col [^>]*>' \
    parts/xl/worksheets/sheet1.xml | awk -F'"' '{ w += $6 * ($4 - $2 + 1) }
        END { printf "%d", w }')" -ge 60

### Odd texts
cat >chart.sql <<'SQL'
--@ title & the title
--@ table t
--@ column name | Name | text
--@ column n | | integer | by: kind
--@ chart column | =1+1 | x: name | y: n
SELECT 'a' AS name, 1 AS n, '=2+2' AS kind UNION ALL SELECT 'a', 2, 'x';
SQL
sql "UPDATE call SET title = '2026 & co'"
runs 0 "a chart is written" report chart.sql -o chart.xlsx
ok "and is well-formed" well_formed chart.xlsx
is "its texts are texts" \
    "$(grep -oE '<c:f>[^<]*</c:f>' parts/xl/charts/chart1.xml | grep -c '+')" 0
is "a page's head may begin with a digit and have an &" \
    "$(grep -o 'R&amp;9 2026 &amp;&amp; co' parts/xl/worksheets/sheet1.xml)" \
    "R&amp;9 2026 &amp;&amp; co"
printf 'SELECT %s AS a, %s AS b, %s AS c, %s AS d, %s AS "e"' \
    "CAST(x'C3A92041FF20' AS TEXT)" "'+cmd|'' /C calc''!A0'" \
    "char(1, 65534, 13) || '_x000D_'" "char(127881)" "'@SUM(1)'" >odd.sql
runs 0 "odd texts are written" report odd.sql -o odd.xlsx
ok "and stay well-formed" well_formed odd.xlsx
is "and stay texts" "$(cells odd.xlsx | awk -F'\t' '$3 != ""' | wc -l |
    tr -d ' ')" 0
is "bytes that are not UTF-8 show" "$(value odd.xlsx odd A2)" "é A� "
is "an escape is written so that Excel shows it as typed" \
    "$(value odd.xlsx odd C2)" " � _x005F_x000D_"

### An empty call, and a large one
rm -f cispd.db
cispd init --agency Test --doc-lang en >/dev/null
cispd call add 2027 --title "Appel vide & <nouveau>" --envelope 1000 >/dev/null
runs 0 "an empty call has a workbook" report committee -o empty.xlsx
ok "that is well-formed" well_formed empty.xlsx
is "and says where it has nothing" "$(value empty.xlsx Projects A3)" \
    "No project yet."
ok "and recalculates" recalculates empty.xlsx
rm -f cispd.db
make_call 300 15 || exit 1
runs 0 "300 projects and 15 members" report committee -o large.xlsx
ok "are well-formed" well_formed large.xlsx
is "and all control sums are ok" "$(cells large.xlsx |
    awk -F'\t' '$1 == "Parameters" && $3 ~ /"ok"/ { print $4 }' | sort -u)" ok
is "no temporary file is left" "$(left_behind)" 0
# A dry run does all but put the file there.
runs 0 "a dry run" report committee -o dry.xlsx --dry-run
no "leaves no workbook" test -e dry.xlsx
is "nor anything else" "$(ls -A | grep -c 'dry')" 0
echo kept >dry.xlsx
runs 73 "a dry run sees the file that is there" \
    report committee -o dry.xlsx --dry-run
is "and leaves it" "$(cat dry.xlsx)" kept
printf -- '--@ sheet S\nSELECT nothing FROM nowhere\n' >bad.sql
runs 65 "and the query that cannot run" report bad.sql -o new.xlsx --dry-run
done_testing
