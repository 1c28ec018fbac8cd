#!/bin/sh
# The house rules that a machine can see. Prints each breach; exit 1 on any.
bad=0
say() {
    echo "lint: $*" >&2
    bad=1
}

# Who may include what: one file or one folder for each library.
only_in() { # header, grep pattern of allowed paths
    grep -rl "#include <$1>" src | grep -Ev "$2" | while read -r f; do
        echo "$f includes $1"
    done
}
out=$(
    only_in sqlite3.h '^src/(store|report)/'
    only_in csv.h '^src/files/csv_(in|out)\.c$'
    only_in xlsxwriter.h '^src/files/xlsx_out\.c$'
    only_in popt.h '^src/cli/'
    for rule in 'base:core|store|files|import|report|cli' \
        'core:store|files|import|report|cli' 'store:files|import|report|cli' \
        'files:core|store|import|report|cli' 'import:report|cli' \
        'report:import|cli' 'core/panel:core/rules|core/why' \
        'core/rules:core/why'; do
        grep -nE "#include \"(${rule#*:})/" -r "src/${rule%%:*}" 2>/dev/null
    done
    grep -nE '#include "core/[a-z]+/' src/core/*.[ch]
    grep -rlE '#include <(stdio|sqlite3)\.h>' src/core
)
[ -z "$out" ] || say "layers: $out"

# No files that call each other in a circle. The table of the commands, which
# names them all and is walked by help, is left out.
out=$(find src -mindepth 2 -name '*.c' | sed "s#^src\(.*\)c\$#$BUILD\1o#" |
    xargs nm -A -g |
    awk '{ split($1, file, ":"); symbol = $NF
           if ($(NF - 1) == "U") uses[file[1] " " symbol] = 1
           else made_in[symbol] = file[1] }
         END { for (u in uses) { split(u, part, " ")
               if (part[2] in made_in) print part[1], made_in[part[2]] } }' |
    grep -v '/tables\.o ' | tsort 2>&1 >/dev/null)
[ -z "$out" ] || say "circle: $out"

# Functions that overflow or guess, and the locale's numbers.
out=$(grep -rnwE 'strcat|sprintf|strtok|atoi|atof|gmtime|localtime' src |
    grep -vE '^\S+:\s*(/?\*|//)')
[ -z "$out" ] || say "unsafe: $out"
out=$(grep -rnE 'LC_ALL|LC_NUMERIC|\bsetlocale' src | grep -v '^src/base/i18n')
[ -z "$out" ] || say "locale: $out"
out=$(grep -rnwE 'double|float' src/core | grep -Ev '^src/core/panel/(spread|agreement|bias)\.')
[ -z "$out" ] || say "floating point in the rules: $out"

# Size: 80 columns, 800 lines a file, 100 lines a function.
out=$(LC_ALL=C.UTF-8 grep -rnE '^.{81,}$' --include='*.[ch]' src | head -5)
[ -z "$out" ] || say "over 80 columns: $out"
out=$(find src -name '*.[ch]' -exec wc -l {} + |
    awk '$2 != "total" && $1 > 800')
[ -z "$out" ] || say "over 800 lines: $out"
out=$(ctags -R --languages=C --kinds-C=f --fields=+ne -o - src |
    awk -F'\t' '{ s = e = 0; for (i = 4; i <= NF; i++) {
        if ($i ~ /^line:/) s = substr($i, 6)
        if ($i ~ /^end:/) e = substr($i, 5) }
        if (e - s >= 100) print $2 ":" $1 " " e - s + 1 " lines" }')
[ -z "$out" ] || say "long functions: $out"

out=$(find tests -name '*.t' ! -perm -u+x)
[ -z "$out" ] || say "tests that cannot run (chmod +x): $out"

# The manual lints clean; the French catalogue is whole.
if [ -f man/cispd.1 ]; then
    mandoc -Tlint -W warning man/cispd.1 || say "the manual has faults"
fi
if [ -f po/fr.po ]; then
    sh tools/po.sh --check || say "the French catalogue is not complete"
fi
cppcheck --quiet --error-exitcode=1 --std=c11 --inline-suppr \
    --enable=warning,portability --suppress=missingIncludeSystem \
    -Isrc -D_GNU_SOURCE src || say "cppcheck"
out=$(git grep -nE '/(home|work)/|https?://[a-z.]*(npmjs|debian|pypi)' \
    -- src schema reports man po README.md Makefile tools 2>/dev/null |
    grep -v '^tools/lint.sh')
[ -z "$out" ] || say "machine paths or package hosts: $out"
exit $bad
