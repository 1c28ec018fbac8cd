#!/usr/bin/env bash
# An import never changes who is paid: a row with the number of a project that
# is here names the association that has it, or is an error.
. "$(dirname "$0")/lib.sh"
. "$HERE/lib_import.sh"

HEAD='N° dossier;Association;SIRET;RNA;Commune;Courriel;Titre;Montant demandé'
ALPHA=73282932000074 BETA=24300000700019
file() { # name, rows: writes them under the headings
    local name=$1
    shift
    printf '%s\n' "$HEAD" "$@" >"$name"
}
first() { # rows of the first file
    fresh
    file y1.csv "$@"
    cispd import projects y1.csv -q 2>/dev/null
}
payees() { sql "SELECT group_concat(p.number || ' ' || a.name || ' ' ||
    (requested_cents / 100) || ' ' || ifnull(a.siret, '-') || ' ' ||
    ifnull((SELECT email FROM contact WHERE association_id = a.id), '-'), ', ')
    FROM project p JOIN association a ON a.id = p.association_id"; }
refused() { # name, column, pattern; the file is y2.csv
    local before
    before=$(payees)
    runs 65 "$1" import projects y2.csv
    like "is an error of its cell" "$err" "error: line 2: $2: .*$3"
    is "with both names, and who is paid stays" \
        "$(grep -c 'project 2026-002 is that of "Béta" here' <<<"$err") $(payees)" \
        "1 $before"
}

# ---- a SIRET that was filled down
first "A1;Alpha;$ALPHA;;;;T1;1000" "A2;Béta;$BETA;;;;T2;2500"
file y2.csv "A2;Béta;$ALPHA;;;beta@example.org;T2;2500"
refused "another association's SIRET" SIRET 'says "Alpha"'
like "with what to do" "$err" 'project edit 2026-002 --association'
runs 0 "the others go in alone" import projects y2.csv --rejects out.csv
is "and nobody has another's e-mail" "$(payees)" \
    "1 Alpha 1000 $ALPHA -, 2 Béta 2500 $BETA -"
file y2.csv "A2;Alpha;$ALPHA;;;;T2;2500"
refused "name and SIRET of another" SIRET 'says "Alpha"'
cispd project edit 2 --association Alpha -q
runs 0 "unless the project was given to it" import projects y2.csv
is "by hand" "$(payees)" "1 Alpha 1000 $ALPHA -, 2 Alpha 2500 $ALPHA -"

first "A1;Alpha;$ALPHA;;;;T1;1000" "A2;Béta;$BETA;;;;T2;2500"
file y2.csv 'A2;Béta;41816609600051;;;;T2;2500'
refused "a SIRET that nobody has" SIRET 'says "41816609600051"'
is "makes no second Béta" "$(sql "SELECT count(*) FROM association")" 2
file y2.csv "A2;Alpha;$BETA;;;a@example.org;T2;2500"
refused "another's name beside the right SIRET" Association 'says "Alpha"'
file y2.csv "A2;Gamma;;;;;T2;2500"
refused "a new name without a SIRET" Association 'says "Gamma"'
file y2.csv "A2;Gamma;$BETA;;;g@example.org;T2;2600"
runs 0 "a new name with the SIRET" import projects y2.csv
like "is told" "$err" 'line 2: Association: .*"Gamma" is that of "Béta"'
is "and brings no e-mail" "$(payees)" \
    "1 Alpha 1000 $ALPHA -, 2 Béta 2600 $BETA -"
file y2.csv "A2;BETA;$BETA;;;b@example.org;T2;2700"
runs 0 "its own name and SIRET" import projects y2.csv
is "bring all" "$err $(payees)" \
    " 1 Alpha 1000 $ALPHA -, 2 Béta 2700 $BETA b@example.org"
first "A1;Alpha;$ALPHA;W595000001;;;T1;1000" "A2;Béta;$BETA;W595000002;;;T2;2500"
file y2.csv "A2;Béta;$BETA;W595000003;;;T2;2800"
runs 0 "an RNA that nobody has, beside the right SIRET" import projects y2.csv
is "changes no number" "$(sql "SELECT requested_cents / 100, rna FROM project p
    JOIN association a ON a.id = p.association_id WHERE number = 2")" \
    "2800|W595000002"
file y2.csv "A2;Béta;$BETA;W595000001;;;T2;2500"
refused "the RNA of another there" RNA 'says "Alpha"'
file y2.csv "A2;Béta;;W595000003;;;T2;2500"
refused "an RNA that nobody has, alone" RNA 'says "W595000003"'

# ---- where no SIRET was known
first "A1;Alpha;$ALPHA;;;;T1;1000" "A2;Béta;;;;;T2;2500"
file y2.csv "A2;Béta;$ALPHA;;;beta@example.org;T2;2500"
refused "another's SIRET" SIRET 'says "Alpha"'
file y2.csv "A2;Béta;$BETA;;;;T2;2500"
runs 0 "a free SIRET" import projects y2.csv
is "is learned" "$(payees)" "1 Alpha 1000 $ALPHA -, 2 Béta 2500 $BETA -"
first "A1;Alpha;$ALPHA;;;;T1;1000" "A2;Béta;7,33E+13;;;;T2;2500"
file y2.csv "A2;Béta;$ALPHA;;;;T2;2500"
refused "a broken SIRET that was mended to another's" SIRET 'says "Alpha"'

# ---- RNA, namesakes
first "A1;Alpha;;W595000001;;;T1;1000" "A2;Béta;;W595000002;;;T2;2500"
file y2.csv 'A2;Béta;;W595000001;;;T2;2500'
refused "another's RNA" RNA 'says "Alpha"'
first "A1;Béta;$ALPHA;;Hautmont;;T1;1000" "A2;Béta;;;Maubeuge;;T2;2500"
file y2.csv 'A2;Béta;;;Hautmont;;T2;2500'
refused "a namesake's commune" Association 'says "Béta"'
file y2.csv 'A2;Béta;;;;;T2;2600'
runs 0 "no commune: the number tells them apart" import projects y2.csv
is "is taken" "$(sql "SELECT requested_cents FROM project WHERE number = 2")" \
    260000

# ---- a new project: told, and its e-mail is nobody else's
first "A1;Alpha;$ALPHA;;;;T1;1000"
file y2.csv "A2;Béta;$ALPHA;;;beta@example.org;T2;2500"
runs 0 "another's SIRET on a new row" import projects y2.csv
like "is told" "$err" '"Béta" is that of "Alpha"'
is "its e-mail is left out" "$(sql "SELECT count(*) FROM contact")" 0

# ---- a register
cispd association add Delta --siret 41816609600051 -q
printf 'Nom;SIRET;Courriel\nDelta;%s;d@example.org\n' "$ALPHA" >reg.csv
runs 65 "the number of one, the name of another" import associations reg.csv
like "is an error of the name" "$err" 'error: line 2: Nom: .*another association'
is "and renames nobody" "$(sql "SELECT group_concat(name, ' ') FROM association")" \
    "Alpha Delta"

# ---- our own list
cispd project list --format csv | sed 's/Alpha/Gamma/; s/'"$ALPHA"'//' >own.csv
runs 65 "our own list with another association" import projects own.csv
like "is refused too" "$err" 'project 2026-001 is that of "Alpha" here'
done_testing
