#!/usr/bin/env bash
# Completion and help are walks of the same tables; install puts all in place.
. "$(dirname "$0")/lib.sh"

cispd completion >comp.bash
ok "the completion is bash" bash -n comp.bash
# shellcheck disable=SC1091
. ./comp.bash
complete_words() { # the line's words; the last one is being typed
    COMP_WORDS=("$@")
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
    COMPREPLY=()
    _cispd
    echo "${COMPREPLY[*]}"
}
is "nouns" "$(complete_words cispd env)" envelope
is "verbs" "$(complete_words cispd call clo)" close
is "also of a noun that two tables have" \
    "$(complete_words cispd criterion imp)" import
is "and of one that is not the first of its table" \
    "$(complete_words cispd agency e)" edit
is "each noun once" "$(complete_words cispd crit)" criterion
is "options of a command" "$(complete_words cispd call add --env)" --envelope
is "options of every command" "$(complete_words cispd call add --dry)" --dry-run
is "options also before the noun" "$(complete_words cispd --lan)" --lang
is "and its value is no noun" \
    "$(complete_words cispd --lang fr --db x.db call clo)" close
is "the value may stand behind a sign" "$(complete_words cispd --lang=fr cal)" \
    call
is "help takes the same words" "$(complete_words cispd help call clo)" close
is "no option of another command" "$(complete_words cispd call close --env)" ""

# Every command of the overview explains itself, in both languages.
missing=
cispd --help | sed -n 's/^  \([a-z][a-z-]*\( [a-z][a-z-]*\)\{0,1\}\)   *.*/\1/p' >commands
ok "the overview lists the commands" test "$(wc -l <commands)" -gt 15
while read -r words; do
    # shellcheck disable=SC2086
    for lang in en fr; do
        cispd $words --help --lang $lang </dev/null | head -1 |
            grep -q "cispd $words" || missing="$missing $words/$lang"
    done
done <commands
is "each command has its help" "$missing" ""

# Each word that an operand is named by is explained below it.
unexplained=
while read -r words; do
    # shellcheck disable=SC2086
    usage=$(cispd $words --help)
    # shellcheck disable=SC2086
    for word in $(cispd $words --help | sed -n '1s/--.*//; 1s/\[OPTIONS\]//; 1s/^Usage: cispd //p' |
        grep -oE '[A-Z]{2,}(\.sql)?'); do
        printf '%s\n' "$usage" | grep -q "^  $word  " ||
            unexplained="$unexplained $words/$word"
    done
done <commands
is "each operand is explained" "$unexplained" ""

# The usage names the options without which a command is refused.
like "usage" "$(cispd call add --help | head -1)" \
    '^Usage: cispd call add YEAR --title TEXT --envelope EUR \[OPTIONS\]$'
runs 2 "without one" call add 2026 --title T
like "it is named with what it is" "$err" '--envelope EUR is missing: amount'

# Help on what there is not is a mistake, as typing it is.
runs 0 "help on a noun" help call
runs 0 "help on a command" help call add
like "is that of the command" "$out" '^Usage: cispd call add'
runs 2 "help on something else" help cal
like "it offers the nearest" "$err" 'no command "cal"'
runs 2 "so is --help" cal --help

# No two options of a command share a name (popt would take the first).
twice=
while read -r words; do
    # shellcheck disable=SC2086
    d=$(cispd $words --help | grep -oE '^ +(-[a-z], )?--[a-z-]+' |
        grep -oE -- '--[a-z-]+' | sort | uniq -d)
    [ -z "$d" ] || twice="$twice $words:$d"
done <commands
is "no option is there twice" "$twice" ""

runs 0 "the version" --version
like "says which" "$out" '^cispd '
runs 2 "no command" --quiet
status=0
"$CISPD" --help >/dev/full 2>/dev/null || status=$?
is "a full disk under the output is an error" "$status" 74
status=0
POSIXLY_CORRECT=1 "$CISPD" completion --quiet >/dev/null 2>&1 || status=$?
is "POSIXLY_CORRECT changes nothing" "$status" 0

# The language: what the environment or --lang says, with no French locale.
for env in LANG=fr_FR.UTF-8 LC_ALL=fr_FR LANGUAGE=fr; do
    got=$(env -u LC_ALL -u LANGUAGE -u LANG "$env" "$CISPD" --help | head -1)
    is "French by $env" "$got" \
        "$(LANG=C.UTF-8 LANGUAGE='' LC_ALL='' "$CISPD" --help --lang fr | head -1)"
done
like "it is French indeed" "$(cispd --help --lang fr | head -1)" \
    'conduit un appel'
got=$(env -u LC_ALL -u LANGUAGE LANG=C.UTF-8 "$CISPD" --help | head -1)
like "English with LANG=C.UTF-8" "$got" 'runs a call for projects'
is "English with no language at all" \
    "$(env -i "$CISPD" --help | head -1)" "$got"
done_testing
