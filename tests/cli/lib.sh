# Sourced by the tests of the commands. Each test runs in a folder of its own,
# with a clock of its own, in English, and prints TAP.
#
#   plan N           how many results follow (or `done_testing` at the end)
#   ok "name" CMD..  CMD succeeds
#   no "name" CMD..  CMD fails; it may read .out, .err or a <<<TEXT
#   is "name" GOT WANTED
#   like "name" GOT PATTERN       (extended regular expression)
#   runs CODE "name" ARGS..       cispd ARGS exits with CODE; $out and $err
#                                 hold what it printed
#   cispd ARGS..     the program under test
set -u
: "${CISPD:?the program to test}"
HERE=$(cd "$(dirname "$0")" && pwd)
TOP=$(cd "$HERE/../.." && pwd)
BOX=$(mktemp -d)
trap 'rm -rf "$BOX"' EXIT
cd "$BOX" || exit 1
exec </dev/null
export LC_ALL=C.UTF-8 LANGUAGE=en CISPD_NOW="2026-03-01 10:00"
export CISPD_DB="$BOX/cispd.db" NO_COLOR=1 TZ=Europe/Paris
unset COLUMNS
n=0
failed=0

cispd() { "$CISPD" "$@"; }
plan() { echo "1..$1"; }
done_testing() {
    echo "1..$n"
    [ "$failed" -eq 0 ]
}
result() { # status name
    n=$((n + 1))
    if [ "$1" -eq 0 ]; then
        echo "ok $n - $2"
    else
        echo "not ok $n - $2"
        failed=1
    fi
}
diag() { printf '%s\n' "$@" | sed 's/^/# /'; }
ok() {
    local name=$1 status=0
    shift
    "$@" >"$BOX/.out" 2>"$BOX/.err" || status=$?
    result "$status" "$name"
    [ "$status" -eq 0 ] || diag "exit $status" "$(cat "$BOX/.out" "$BOX/.err")"
}
no() {
    local name=$1 status=0
    shift
    "$@" >"$BOX/.no" 2>&1 || status=$?
    if [ "$status" -ne 0 ]; then result 0 "$name"; else result 1 "$name"; fi
}
is() {
    [ "$2" = "$3" ]
    result $? "$1"
    [ "$2" = "$3" ] || diag "got:    $2" "wanted: $3"
}
like() {
    printf '%s\n' "$2" | grep -Eq -- "$3"
    local status=$?
    result $status "$1"
    [ $status -eq 0 ] || diag "got:    $2" "wanted: $3"
}
runs() {
    local code=$1 name=$2 status=0
    shift 2
    "$CISPD" "$@" >"$BOX/.out" 2>"$BOX/.err" </dev/null || status=$?
    out=$(cat "$BOX/.out")
    err=$(cat "$BOX/.err")
    [ "$status" -eq "$code" ]
    result $? "$name"
    [ "$status" -eq "$code" ] ||
        diag "exit $status, wanted $code" "$out" "$err"
}
skip_all() {
    echo "1..0 # SKIP $1"
    exit 0
}
sql() { sqlite3 "$CISPD_DB" "$@"; }
