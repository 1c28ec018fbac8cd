# Sourced behind lib.sh, for the tests of imports.
#
#   fresh [OPTIONS]       an empty call, with further options of "call add"
#   import CODE "name" ARGS..   import projects, its JSON in the file report
#   ask PATH              what the report says there
#   notes SELECT KIND WHERE     of its warnings or errors: line, col, val, msg
fresh() {
    rm -f "$CISPD_DB"*
    cispd init -q && cispd call add 2026 -q --title AAP --envelope 20000 "$@"
}
import() {
    local code=$1 name=$2
    shift 2
    runs "$code" "$name" import projects "$@" --format json
    printf '%s' "$out" >report
}
ask() { sqlite3 :memory: "SELECT json_extract(readfile('report'), '\$.$1')"; }
notes() {
    sqlite3 :memory: "SELECT $1 FROM (SELECT value ->> 'line' AS line,
        value ->> 'column' AS col, value ->> 'value' AS val,
        value ->> 'message' AS msg
        FROM json_each(readfile('report'), '\$.$2')) WHERE $3"
}
