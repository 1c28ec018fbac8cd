#!/bin/sh
# Gathers the strings of the sources, the schema's refusals and the reports'
# headings into po/cispd.pot and merges them into the catalogues.
# --check: changes nothing, fails when a catalogue lacks a translation.
set -eu
export LC_ALL=C.UTF-8
cd "$(dirname "$0")/.."
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# Texts that stand in SQL, as C that xgettext reads.
{
    sed -n "/^refusal /,/^)/s/^ *('[a-z_]*', '\([^']*\)').*/\1/p" schema/guards.sql
    if ls reports/*/*.sql >/dev/null 2>&1; then
        sh tools/report-strings.sh reports/*/*.sql
    fi
} | sort -u | sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/.*/_("&");/' \
    > "$tmp/sql.c"
sources=$(find src -name '*.c' -o -name '*.h' | LC_ALL=C sort)
# shellcheck disable=SC2086
xgettext --language=C --from-code=UTF-8 --no-location --sort-output \
    --keyword=_ --keyword=N_ --keyword=ngettext:1,2 --package-name=cispd \
    --omit-header --output="$tmp/cispd.pot" $sources "$tmp/sql.c"

for po in po/*.po; do
    [ -f "$po" ] || continue
    if [ "${1-}" = --check ]; then
        msgmerge --quiet --no-fuzzy-matching --sort-output -o "$tmp/new.po" \
            "$po" "$tmp/cispd.pot"
        msgattrib --untranslated "$tmp/new.po" > "$tmp/missing"
        msgattrib --only-fuzzy "$tmp/new.po" >> "$tmp/missing"
        if grep -q '^msgid "..*\|^"' "$tmp/missing" &&
            grep -q '^msgid' "$tmp/missing"; then
            count=$(msgattrib --untranslated --no-obsolete "$tmp/new.po" |
                grep -c '^msgstr' || true)
            if [ "$count" -gt 1 ]; then
                echo "$po: $((count - 1)) texts without translation" >&2
                grep '^msgid' "$tmp/missing" | head -20 >&2
                exit 1
            fi
        fi
        msgfmt --check -o /dev/null "$po"
        if grep -nE "^msgstr.*([^ ] [:;?!»]([^a-z]|$)|« |[[:alpha:]]'[[:alpha:]])" \
            po/fr.po; then
            echo "po/fr.po: tools/po.sh mends these" >&2
            exit 1
        fi
    else
        msgmerge --quiet --no-fuzzy-matching --sort-output --no-wrap \
            --update --backup=none "$po" "$tmp/cispd.pot"
        msgattrib --no-obsolete --no-wrap -o "$po" "$po"
        # French as it is printed: no-break spaces, one apostrophe.
        nb=$(printf '\302\240')
        sed -i -E "/^msgstr/{:a;s/([^ ]) ([:;?!»]([^a-z]|\$))/\\1$nb\\2/;ta
            s/« /«$nb/g;s/([[:alpha:]])'([[:alpha:]])/\\1’\\2/g}" po/fr.po
    fi
done
