#!/usr/bin/env bash
# The manual and the program name the same commands and options, and the
# manual's examples run.
. "$(dirname "$0")/lib.sh"
page=$TOP/man/cispd.1

# "command" and "command --option" of the page, a line each. Commands named one
# right below the other share the options that follow.
page_options() {
    awk '
        /^\.Sh/ { on = $2 == "COMMANDS"; n = 0 }
        !on { next }
        /^\.It Ic / {
            if (body) n = 0
            body = 0
            name = ""
            for (i = 3; i <= NF && $i != "Ar" && $i != "Op"; i++)
                name = name (name == "" ? "" : " ") $i
            head[++n] = name
            print name
            next
        }
        /^\.It / {
            for (i = 2; i <= NF; i++)
                if ($i == "Fl" && $(i + 1) ~ /^-/)
                    for (h = 1; h <= n; h++) print head[h] " -" $(i + 1)
        }
        { body = 1 }' "$page"
}
commands() { # as --help lists them
    cispd --help | sed '/^Options of every command/,$d' |
        sed -nE 's/^  ([a-z-]+( [a-z-]+)?) .*/\1/p' | sed 's/ *$//'
}
program_options() {
    commands | while read -r name; do
        echo "$name"
        # shellcheck disable=SC2086 # one or two words
        cispd $name --help | sed '/^Options of every command/,$d' |
            sed -nE "s/^  (-., )?(--[a-z-]+).*/$name \2/p"
    done
}
# In a group the page may give one command the options of another; what counts
# is that each option of the program stands with its command, and that each of
# the page belongs to one command of its group at least.
page_options | sort -u >"$BOX/page"
program_options | sort -u >"$BOX/program"

is "every command and option of the program is in the manual" \
    "$(comm -13 "$BOX/page" "$BOX/program")" ""
is "every command of the manual is one of the program" \
    "$(grep -v ' --' "$BOX/page" | comm -23 - "$BOX/program")" ""
is "every option of the manual is one of the program" \
    "$(grep -o ' --.*' "$BOX/page" | sort -u |
        comm -23 - <(grep -o ' --.*' "$BOX/program" | sort -u))" ""
# "--option VALUE", as the manual and the help name the value.
page_values() {
    sed -n 's/^\.It \(.*Fl .*\)/\1/p' "$page" | sed 's/ , Fl /\n/g; s/^Fl //' |
        sed -nE 's/ Ns \| Ns Cm /|/g; s/\\\(dq/"/g
            s/^(-[a-z-]+) (Ar|Cm) (.*)/-\1 \3/p'
}
program_values() {
    commands | while read -r name; do
        # shellcheck disable=SC2086 # one or two words
        cispd $name --help
    done | sed -nE 's/^  (-., )?(--[a-z-]+ ("[^"]*"|[^ ]+)).*/\2/p'
}
page_values | sort -u >"$BOX/page"
program_values | sort -u >"$BOX/program"
is "the values of options are named alike in the manual and in the help" \
    "$(comm -13 "$BOX/page" "$BOX/program")" ""

is "the options of every command are all in the manual" \
    "$(cispd --help | sed '1,/^Options of every command/d' |
        grep -oE -- '--[a-z-]+' | sort -u | while read -r option; do
            grep -qE "^\.It .*Fl $(printf %s "${option#-}")( |\$)" "$page" ||
                echo "$option"
        done)" ""
is "the exit statuses are those of the program" \
    "$(sed -n '/^\.Sh EXIT/,$s/^\.It \([0-9]*\)$/\1/p' "$page" | tr '\n' ' ')" \
    "$(sed -n 's/.*ST_[A-Z_]* = \([0-9]*\).*/\1/p' "$TOP/src/base/err.h" |
        sort -n | tr '\n' ' ')"
ok "it lints clean" mandoc -Tlint -W warning "$page"

unset CISPD_DB
export XDG_DATA_HOME="$BOX/data" CISPD_NOW="2026-03-01 10:00"
mkdir "$BOX/bin" "$BOX/empty"
ln -s "$CISPD" "$BOX/bin/cispd"
sed -n '/^\.Bd -literal/,/^\.Ed/p' "$page" | grep -v '^\.' |
    sed 's/\\e/\\/g' >"$BOX/.examples"
cd "$BOX/empty" || exit 1
ok "the examples run, one after the other" \
    env PATH="$BOX/bin:$PATH" bash -e "$BOX/.examples"
done_testing
