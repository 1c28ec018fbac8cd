#!/bin/sh
# make bench: what cispd takes against the least that could do the same, on
# the same machine in the same minute. Medians; the two sides take turns.
#
#   run.sh [import] [report] [budget] [commands] [optimum]
# RUNS: how many runs, 5 unless said. BOUND: seconds for each optimum, SIZES: of
# which calls.
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

# What the import leaves, copied from table to table without a trigger, a rule
# or a seal: no import that keeps a journal can take less.
bench_import_floor() {
    rm -f "$box"/ours.db*
    cp "$box/empty.db" "$box/ours.db"
    "$CISPD" import projects "$box/rows.csv" -q
    cp "$box/empty.db" "$box/naked.db"
    for table in association contact project project_commune journal; do
        sqlite3 "$box/naked.db" "SELECT format('INSERT INTO %s (%s)'
            || ' SELECT %s FROM ours.%s WHERE rowid > (SELECT coalesce('
            || 'max(rowid), 0) FROM main.%s);', '$table', c, c, '$table',
            '$table') FROM (SELECT group_concat(name) AS c
                             FROM pragma_table_info('$table'))"
    done | sed '/project_commune/s/ WHERE.*/;/' >"$box/copy.sql"
    sqlite3 "$box/naked.db" "SELECT format('DROP TRIGGER %s;', name)
        FROM sqlite_schema WHERE type = 'trigger'" >"$box/drop.sql"
    sqlite3 "$box/naked.db" ".read $box/drop.sql"
    for _ in $(seq "$RUNS"); do
        cp "$box/naked.db" "$box/floor.db"
        measure floor sqlite3 "$box/floor.db" "ATTACH '$box/ours.db' AS ours" \
            BEGIN ".read $box/copy.sql" COMMIT
    done
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
    bench_import_floor
    ratio "its rows and journal, copied" floor "the same" bare "(floor)"
    memory "its memory" import "with 10 000 rows" tenth "about 1"
}

marked_call() { # PROJECTS, each marked by 9 members on 7 criteria
    awk -v ROWS="$1" -f "$here/rows.awk" >"$box/book.csv"
    new_call
    "$CISPD" criterion add --default-grid -q
    for m in 1 2 3 4 5 6 7 8 9; do
        "$CISPD" member add "Membre n° $m" -q
    done
    awk -v ROWS="$1" 'BEGIN {
        print "Projet,Membre,PRIO,BESOIN,QUAL,PUBLIC,PART,EVAL,BUDG"
        for (p = 1; p <= ROWS; p++) for (m = 1; m <= 9; m++) {
            printf "2026-%03d,Membre n° %d", p, m
            for (c = 1; c <= 7; c++)
                printf ",%d", 5 + (p * 7 + m * 3 + c * 5) % 16
            print ""
        }
    }' >"$box/marks.csv"
    "$CISPD" import projects "$box/book.csv" -q 2>"$box/warnings"
    "$CISPD" import marks "$box/marks.csv" -q
    sqlite3 "$box/ours.db" "UPDATE project SET status = 'eligible'"
}

# The committee's workbook, against the same cells written bare.
bench_report() {
    marked_call 1000
    "$CISPD" report committee -o "$box/ours.xlsx" -q
    "$here/cells.pl" "$box/ours.xlsx" >"$box/cells"
    "$BUILD/bench/bare_workbook" "$box/cells" "$box/bare.xlsx"
    "$here/cells.pl" "$box/bare.xlsx" >"$box/cells.again"
    cmp "$box/cells" "$box/cells.again" # the bare workbook holds the same
    "$here/cells.pl" --drawn "$box/ours.xlsx" >"$box/cells.drawn"
    for _ in $(seq "$RUNS"); do
        rm -f "$box"/*.xlsx
        measure report "$CISPD" report committee -o "$box/ours.xlsx"
        measure plain "$BUILD/bench/bare_workbook" "$box/cells" "$box/bare.xlsx"
        measure drawn "$BUILD/bench/bare_workbook" "$box/cells.drawn" \
            "$box/drawn.xlsx" drawn
    done
    ratio "report committee, $(grep -vc '^sheet' "$box/cells") cells" report \
        "libxlsxwriter alone, the same" plain "<= 1.3"
    ratio "" report "with boxes, merged and empty cells" drawn ""
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

# Whole commands on a call, against a command that does nothing.
bench_commands() {
    for n in 40 1000; do
        marked_call $n
        for _ in $(seq "$RUNS"); do
            measure none "$CISPD" --version
            measure rank$n "$CISPD" rank
            measure allocate$n "$CISPD" allocate
            measure optimal$n "$CISPD" allocate --rule optimal
        done
        ratio "rank, $n projects" rank$n "cispd --version" none -
        ratio "allocate, $n projects" allocate$n "cispd --version" none -
        ratio "allocate --rule optimal, $n" optimal$n "cispd --version" none -
    done
}

# The exact optimum and all explanations, in process, against glpsol and a
# plain dynamic program: each has $BOUND seconds, and the values of those that
# end must agree.
BOUND=${BOUND:-10}
step() { # STEP: "SECONDS VALUE" in $box/STEP, nothing when it takes too long
    timeout "$BOUND" "$BUILD/bench/optimum" "$1" "$family" "$unit" "$n" \
        >"$box/$1" || : >"$box/$1"
}
solver() { # the same of glpsol, its reading of the file included
    "$BUILD/bench/optimum" lp "$family" "$unit" "$n" >"$box/call.lp"
    rm -f "$box/call.out"
    "$BUILD/bench/measure" timeout "$BOUND" glpsol --lp "$box/call.lp" \
        -o "$box/call.out" >"$box/call.took" || :
    : >"$box/glpsol"
    grep -q '^Status: *INTEGER OPTIMAL' "$box/call.out" 2>/dev/null || return 0
    value=$(sed -n 's/^Objective: *obj = \([0-9]*\).*/\1/p' "$box/call.out")
    echo "$(cut -d' ' -f1 "$box/call.took") $value" >"$box/glpsol"
}
shown() { # FILE
    awk -v b="$BOUND" '{ t = $1 < 0.1 ? sprintf("%.3f ms", $1 * 1000) \
                                      : sprintf("%.2f s", $1) }
        END { print NR ? t : "> " b " s" }' "$box/$1"
}
against() { # what, FILE of ours, against what, FILE of theirs, goal
    row "$1" "$(shown "$2")" "$3" "$(shown "$4")" \
        "$(paste -d' ' "$box/$2" "$box/$4" |
            awk 'NF == 4 { printf "%.4f", $1 / $3; known = 1 }
                 END { if (!known) print "-" }')" "$5"
}
agree() { # fails when two that ended found different values
    [ "$(cat "$box/optimum" "$box/program" "$box/glpsol" |
        cut -d' ' -f2 | sort -u | wc -l)" -le 1 ] && return
    echo "bench: the values differ for $family $unit $n" >&2
    exit 1
}
goal() { # for the optimum
    case $family-$unit-$n in
    *-40) echo "<= 0.1 ms" ;;
    *-100 | random-*-1000) echo "<= 1 ms" ;;
    random-*-10000) echo "<= 10 ms" ;;
    correlated-100-10000) echo "<= 60 ms" ;;
    *) echo - ;;
    esac
}
bench_optimum() {
    for family in random correlated; do for unit in 100 1; do
        money=cents
        [ $unit = 1 ] || money=euros
        for n in ${SIZES:-40 100 1000 10000}; do
            for part in optimum facts program; do step $part; done
            solver
            agree
            explained=-
            [ "$n" != 40 ] || explained="<= 0.3 ms"
            against "optimum, $n $family, $money" optimum glpsol glpsol \
                "$(goal)"
            against "" optimum "dynamic program" program ""
            against "all explanations" facts \
                "dynamic program, one optimum" program "$explained"
        done
    done; done
}

row what ours against that ratio goal
for part in ${*:-import report budget commands optimum}; do "bench_$part"; done
