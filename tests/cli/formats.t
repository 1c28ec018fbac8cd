#!/usr/bin/env bash
# What is printed where: tables as wide as the screen, every format answered,
# one name for one thing.
. "$(dirname "$0")/lib.sh"
. "$TOP/tests/cli/make-call.sh"
make_call 25 7 || exit 1
export CISPD_NOW="2026-05-01 10:00"
ok "a scenario" cispd allocate --save "Proposition de la commission"

lists=("project list" "association list" "criterion list" "member list"
    "theme list" "recusal list" "mark list" "call list" "envelope list" rank
    "allocate" "scenario list" "award list" "project check" budget
    "scenario show proposition" "project show 1" "call show" log status
    verify check)
widest() { LC_ALL=C.UTF-8 wc -L; }

wide=
for list in "${lists[@]}"; do
    case $list in *show* | log | status | verify | check) continue ;; esac
    # shellcheck disable=SC2086
    columns=$(cispd $list 2>/dev/null | widest)
    [ "$columns" -le 120 ] || wide="$wide $list:$columns"
done
is "no table is wider than 120 columns in a file" "$wide" ""
for columns in 80 100; do
    for list in "${lists[@]}"; do
        case $list in *show* | log | status | verify | check) continue ;; esac
        # shellcheck disable=SC2086
        got=$(COLUMNS=$columns cispd $list 2>/dev/null | widest)
        [ "$got" -le $columns ]
        result $? "$list fits in $columns columns ($got)"
    done
done
like "what there is no room for is named" \
    "$(COLUMNS=80 cispd scenario list | tail -1)" '^Left out, .*: .*Saved'
is "and nothing where there is room" \
    "$(COLUMNS=200 cispd scenario list | grep -c '^Left out')" 0
is "no amount is cut" "$(COLUMNS=40 cispd project list | grep -c '[0-9]…')" 0
is "nor a SIRET" "$(COLUMNS=80 cispd association list |
    grep -Eo '(^| )[0-9]{3,}…' | wc -l)" 0

silent='' broken=''
for list in "${lists[@]}"; do
    # shellcheck disable=SC2086
    cispd $list --format csv >out.csv 2>/dev/null
    head -c 3 out.csv | od -An -tx1 | grep -q 'ef bb bf' ||
        silent="$silent $list"
    # shellcheck disable=SC2086
    cispd $list --format json 2>/dev/null |
        perl -MJSON::PP -0777 -ne 'decode_json($_)' 2>/dev/null ||
        broken="$broken $list"
done
is "every list answers --format csv" "$silent" ""
is "and --format json" "$broken" ""

cents=
for list in "${lists[@]}"; do
    # shellcheck disable=SC2086
    cispd $list --format csv 2>/dev/null | head -1 |
        grep -qE '_(cents|milli|bp|code)(;|$)' && cents="$cents $list"
done
is "no heading of CSV names a unit that its cells do not have" "$cents" ""
like "euros are called so" "$(cispd project list --format csv | head -1)" \
    'requested_eur'

# Colour: on a terminal that has some, unless it is not wanted.
colour() { # ENVIRONMENT..: how many lines have it
    env -u NO_COLOR "$@" script -qec "$CISPD member list" /dev/null \
        </dev/null | grep -c "$(printf '\033')"
}
if script -qec true /dev/null >/dev/null 2>&1 </dev/null; then
    is "a terminal has colour" "$(colour TERM=xterm)" 1
    is "a dumb one has none" "$(colour TERM=dumb)" 0
    is "nor has NO_COLOR" "$(colour TERM=xterm NO_COLOR=1)" 0
fi

key() { # KEY, ARGS..: its first value
    local key=$1
    shift
    cispd "$@" --format json | sed -n "s/.*\"$key\": \(.*[^,]\),\{0,1\}$/\1/p" |
        head -1
}
is "truths are truths" "$(key independent criterion list) $(key call_rule \
    scenario list) $(key confidential association list)" "false true false"
is "a project in a list of projects is its id" \
    "$(key id award list) $(key id project list) $(key id scenario show \
        proposition)" "\"2026-001\" \"2026-001\" $(key id rank)"
is "elsewhere it is a project" \
    "$(key project mark list) $(key project recusal list | cut -c1-5)" \
    '"2026-001" "2026'
is "an outcome is a reason" "$(key reason scenario show proposition)" \
    "$(key reason allocate)"
done_testing
