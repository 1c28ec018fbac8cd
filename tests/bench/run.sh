#!/bin/sh
# make bench: what cispd takes against the least that could do the same, on
# the same machine in the same minute. Medians; the two sides take turns.
#
#   run.sh [import] [report] [budget]     RUNS: how many runs, 5 unless said
set -eu
: "${CISPD:?}" "${BUILD:?}"
here=$(cd "$(dirname "$0")" && pwd)
RUNS=${RUNS:-5}
box=$(mktemp -d)
trap 'rm -rf "$box"' EXIT
export LC_ALL=C.UTF-8 LANGUAGE=en TZ=Europe/Paris CISPD_NOW="2026-03-01 10:00"
export CISPD_DB="$box/ours.db"

mkdir -p "$BUILD/bench"
for tool in measure bare_workbook; do
    libs=
    [ $tool = measure ] || libs=-lxlsxwriter
    # shellcheck disable=SC2086 # the compiler may be several words
    ${CC:-cc} -O2 -std=c17 -D_GNU_SOURCE -o "$BUILD/bench/$tool" \
        "$here/$tool.c" $libs
done

measure() { # FILE COMMAND..: one more run's seconds and kilobytes in FILE
    to=$1
    shift
    "$BUILD/bench/measure" "$@" >>"$box/$to"
}
median() { # FILE COLUMN
    sort -n -k"$2,$2" "$box/$1" |
        awk -v c="$2" '{ v[NR] = $c } END { print v[int((NR + 1) / 2)] }'
}
row() { printf '%-34s %11s  %-34s %11s %7s  %s\n' "$@"; }
ratio() { # what, ours, against what, theirs, goal
    row "$1" "$(median "$2" 1 | awk '{ printf "%.4f s", $1 }')" \
        "$3" "$(median "$4" 1 | awk '{ printf "%.4f s", $1 }')" \
        "$(echo "$(median "$2" 1) $(median "$4" 1)" |
            awk '{ printf "%.2f", $1 / $2 }')" "$5"
}
memory() { # what, ours, against what, theirs, goal
    row "$1" "$(median "$2" 2) kB" "$3" "$(median "$4" 2) kB" \
        "$(echo "$(median "$2" 2) $(median "$4" 2)" |
            awk '{ printf "%.2f", $1 / $2 }')" "$5"
}
new_call() { # a database with a call, and what imports need
    rm -f "$box"/ours.db*
    "$CISPD" init -q
    "$CISPD" call add 2026 --title Bench --envelope 20000 -q
    "$CISPD" theme add "Accès au droit" -q
}

# 100 000 applications, against the shell's own import in a bare table.
bench_import() {
    awk -v ROWS=100000 -f "$here/rows.awk" >"$box/rows.csv"
    head -10001 "$box/rows.csv" >"$box/tenth.csv"
    new_call
    cp "$box/ours.db" "$box/empty.db"
    for _ in $(seq "$RUNS"); do
        rm -f "$box"/ours.db* "$box/bare.db"
        cp "$box/empty.db" "$box/ours.db"
        measure import "$CISPD" import projects "$box/rows.csv"
        measure bare sqlite3 -csv -separator ';' "$box/bare.db" \
            ".import $box/rows.csv applications"
        rm -f "$box"/ours.db*
        cp "$box/empty.db" "$box/ours.db"
        measure tenth "$CISPD" import projects "$box/tenth.csv"
    done
    ratio "import projects, 100 000 rows" import \
        "sqlite3 .import of the same" bare "<= 5"
    memory "its memory" import "with 10 000 rows" tenth "about 1"
}

# The committee's workbook, against the same cells written bare.
bench_report() {
    awk -v ROWS=1000 -f "$here/rows.awk" >"$box/book.csv"
    new_call
    "$CISPD" criterion add --default-grid -q
    for m in 1 2 3 4 5 6 7 8 9; do "$CISPD" member add "Membre n° $m" -q; done
    awk 'BEGIN {
    print "Projet,Membre,PRIO,BESOIN,QUAL,PUBLIC,PART,EVAL,BUDG"
    for (p = 1; p <= 1000; p++) for (m = 1; m <= 9; m++) {
        printf "2026-%03d,Membre n° %d", p, m
        for (c = 1; c <= 7; c++) printf ",%d", 5 + (p * 7 + m * 3 + c * 5) % 16
        print ""
    }
}' >"$box/marks.csv"
    "$CISPD" import projects "$box/book.csv" -q 2>"$box/warnings"
    "$CISPD" import marks "$box/marks.csv" -q
    sqlite3 "$box/ours.db" "UPDATE project SET status = 'eligible'"
    "$CISPD" report committee -o "$box/ours.xlsx" -q
    "$here/cells.pl" "$box/ours.xlsx" >"$box/cells"
    "$BUILD/bench/bare_workbook" "$box/cells" "$box/bare.xlsx"
    "$here/cells.pl" "$box/bare.xlsx" >"$box/cells.again"
    cmp "$box/cells" "$box/cells.again" # the bare workbook holds the same
    for _ in $(seq "$RUNS"); do
        rm -f "$box"/*.xlsx
        measure report "$CISPD" report committee -o "$box/ours.xlsx"
        measure plain "$BUILD/bench/bare_workbook" "$box/cells" "$box/bare.xlsx"
    done
    ratio "report committee, $(grep -vc '^sheet' "$box/cells") cells" report \
        "libxlsxwriter alone, the same" plain "<= 1.3"
}

# The budget of ten years of calls, against the same query in the shell.
bench_budget() {
    rm -f "$box"/ours.db*
    "$CISPD" init -q
    for year in 2017 2018 2019 2020 2021 2022 2023 2024 2025 2026; do
        "$CISPD" call add $year --title "Appel $year" --envelope 20000 -q
    done
    sqlite3 "$box/ours.db" "
    INSERT INTO association (id, name, name_key)
    SELECT value, 'Association ' || value, 'association ' || value
      FROM generate_series(1, 40);
    INSERT INTO project (call_year, number, association_id, title,
                         requested_cents, received_at, status)
    SELECT y.value, n.value, n.value, 'Action ' || n.value,
           150000 + n.value * 2500, y.value || '-02-01 10:00', 'eligible'
      FROM generate_series(2017, 2026) y, generate_series(1, 40) n;
    INSERT INTO award (project_id, decision, amount_cents, decided_on)
    SELECT id, iif(number % 4, 'refused', 'awarded'),
           iif(number % 4, 0, 150000), call_year || '-06-20' FROM project"
    for _ in $(seq 1 $((RUNS * 4))); do
        measure budget "$CISPD" budget
        measure query sqlite3 -box "$box/ours.db" \
            "SELECT * FROM budget ORDER BY 1"
    done
    ratio "budget, ten calls of 40 projects" budget \
        "sqlite3 FILE the same query" query "<= 2"
}

row what ours against that ratio goal
for part in ${*:-import report budget}; do "bench_$part"; done
