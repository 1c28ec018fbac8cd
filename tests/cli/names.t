#!/usr/bin/env bash
# A name that fits nothing: the refusal says what there is, or what was meant.
. "$(dirname "$0")/lib.sh"
cispd init -q && cispd call add 2026 -q --title AAP --envelope 20000
runs 66 "nothing to name" project add --association A --title T \
    --requested 100 --theme x
no "names nothing" grep -q 'there are' <<<"$err"
cispd theme add "Accès au droit" "Violences intrafamiliales" -q
cispd association add "Mobilité Sambre" -q
runs 66 "a theme misspelt" project add --association "Mobilité Sambre" \
    --title T --requested 100 --theme viollences
like "the themes are named" "$err" \
    '; those that there are: Accès au droit, Violences intrafamiliales$'
for i in 1 2 3 4 5 6 7 8; do cispd association add "Club $i" -q 2>/dev/null; done
runs 66 "a part of a word is no name" association show mobil
like "the one that holds it is named" "$err" '; did you mean: Mobilité Sambre #1\?$'
runs 66 "of many, none that looks like it" association show xyz
no "names nothing either" grep -qE 'Club|there are' <<<"$err"

runs 0 "the verbs of a noun" help call
like "with the options that must be said" "$out" \
    'cispd call add YEAR --title TEXT --envelope EUR'
export LANGUAGE=fr
runs 0 "a cut in French" --lang fr envelope add --amount "-1 000" --reference DM
like "has a minus that is no hyphen" "$out" '−1.000,00.€'
runs 2 "a name before a colon" --lang fr allocate --envelope x
like "stands apart from it" "$err" '^cispd: --envelope.: '
done_testing
