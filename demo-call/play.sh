#!/bin/sh
# Plays a whole call for projects with the files of data/, on a clock of its
# own, and leaves in FOLDER the database and two workbooks: comite-2026.xlsx
# for the meeting, decisions-2026.xlsx with what was decided.
#
#   CISPD=build/cispd sh demo-call/play.sh FOLDER
set -eu
: "${CISPD:?the program to play with}"
folder=${1:?usage: play.sh FOLDER}
data=$(dirname "$0")/data

mkdir -p "$folder"
rm -f "$folder/cispd.db" "$folder/cispd.db-journal" \
    "$folder/comite-2026.xlsx" "$folder/decisions-2026.xlsx"
export CISPD_DB="$folder/cispd.db" TZ=Europe/Paris

bold='' plain=''
if [ -t 1 ]; then # also for what goes through part
    COLUMNS=$(stty size <&1 | cut -d' ' -f2)
    export COLUMNS
fi
if [ -t 1 ] && [ -z "${NO_COLOR-}" ]; then
    bold=$(printf '\033[1m') plain=$(printf '\033[0m')
fi

on() { # "YYYY-MM-DD HH:MM" what happens: the clock of the next commands
    export CISPD_NOW="$1"
    printf '\n%s== %s  %s%s\n' "$bold" "$1" "$2" "$plain"
}

shown() { # the command as one would type it
    printf '%s$ cispd' "$bold"
    for word; do
        case $word in
        *[!A-Za-z0-9_./:=,@+-]* | '') printf ' "%s"' "$word" ;;
        *) printf ' %s' "$word" ;;
        esac
    done
    printf '%s\n' "$plain"
}

run() {
    shown "$@"
    "$CISPD" "$@" 2>&1
}

part() { # FIRST LAST ARGS..: only the first and the last lines of a long list
    first=$1 last=$2
    shift 2
    shown "$@"
    "$CISPD" "$@" 2>&1 | awk -v f="$first" -v l="$last" '
        { line[NR] = $0 }
        END {
            for (i = 1; i <= NR; i++)
                if (i <= f || i > NR - l) print line[i]
                else if (i == f + 1) print "   ..."
        }'
}

refused() { # a command that a rule must refuse
    shown "$@"
    if "$CISPD" "$@" 2>&1; then
        echo "play.sh: that should have been refused" >&2
        exit 1
    fi
}

on "2025-12-01 10:00" "The council has voted 20 000 euros; the call is published"
run init --agency "CA Maubeuge-Val de Sambre"
run call add 2026 --title "Violences intrafamiliales et accès au droit" \
    --envelope "20 000" --reference "DEL 2025-118" --opens 01/12/2025 \
    --closes "27/02/2026 17:00" --min-award 300 --max-award 3000 \
    --max-rate "80 %" --quorum 4 --threshold 50 \
    --seed "Loto du 6 mai 2026, numéros dans l'ordre croissant"
run criterion add --default-grid -q
run theme add "Violences conjugales et intrafamiliales" "Accès au droit" \
    "Aide aux victimes" "Prévention auprès des jeunes" \
    "Égalité et lutte contre le sexisme" -q
for member in "Claire Vasseur" "Hervé Delmotte" "Nadia Benkacem" \
    "Bruno Carlier" "Sophie Wattiez" "Étienne Lesage" "Martine Dhaussy"; do
    run member add "$member" -q
done

on "2026-03-02 09:00" "The call is closed; its files are read in"
run import projects "$data/dossiers_plateforme.csv"
run import projects "$data/dossiers_courriel.csv"

on "2026-03-02 11:30" "A shelter on paper, its address kept to the office; a late file"
run association add "Maison Lavandine" --siret "999 901 861 00016" \
    --address "adresse connue du seul CISPD" --commune Maubeuge \
    --confidential --role Direction --email accueil@example.org
run project add --association lavandine \
    --title "Fonds de première nécessité à l'arrivée" \
    --theme "violences conjugales" --requested "2 000" --minimum "1 000" \
    --cost "3 900" --other-public 900 --beneficiaries 40 \
    --from 01/07/2026 --to 30/06/2027 --received "23/02/2026 11:00"
run association add "La Boussole Ferrièroise" --siret "999 901 937 00014" \
    --commune Ferrière-la-Grande --role Présidence --email boussole@example.org
refused project add --association boussole --requested "1 700" \
    --title "Point d'écoute pour les victimes, deux soirs par mois"
run project add --association boussole \
    --title "Point d'écoute pour les victimes, deux soirs par mois" \
    --theme "aide aux victimes" --requested "1 700" --minimum "1 000" \
    --cost "3 100" --other-public 700 --beneficiaries 75 \
    --commune Ferrière-la-Grande --commune Colleret \
    --from 01/09/2026 --to 30/06/2027 \
    --late "Panne de la plateforme le 27 février, dossier envoyé par courriel"

on "2026-03-16 14:00" "Documents are ticked, eligibility is decided"
run project check 1 2 3 4 5 6 7 8 9 10 11 12 13 15 16 17 18 20 21 22 24 25 26 \
    --document RIB --document CER --document BUDGET -q
run project check 14 --document BUDGET
run project reject 19 --reason "Achat d'équipement : hors du règlement"
run project withdraw 23 --reason "Courriel du 12 mars : action annulée"
run project check --all --eligible

on "2026-04-20 18:00" "Conflicts of interest are declared, the marks come in"
run recusal add --member carlier --project 10 \
    --reason "Trésorier de l'association"
run recusal add --member wattiez --project 9 --reason "Conjoint salarié"
run recusal add --member wattiez --project 24 --reason "Anime le quartier"
run recusal add --member delmotte --project 24 --reason "Membre du bureau"
run import marks "$data/notes_large.csv"
run import marks "$data/notes_longues.csv"
run recusal add --member benkacem --project 3 --reason "Avocate de l'association"

on "2026-05-11 10:00" "What is still missing; the workbook for the meeting"
run status
run mark set 13 lesage EVAL=11
part 13 12 rank
run allocate --save "Règlement" -q >/dev/null
run allocate --save "Arrêt au premier refus" --rule strict -q >/dev/null
run report committee -o "$folder/comite-2026.xlsx"

on "2026-05-19 14:00" "The committee meets: no allocation before marking is whole"
refused scenario adopt "règlement"
run mark set 24 dhaussy PRIO=13 BESOIN=14 QUAL=11,5 PUBLIC=13 PART=12 EVAL=10 \
    BUDG=12
part 13 2 allocate --save "Règlement, notes complètes"
for project in 22 13 8; do run allocate --explain $project; done
run scenario list
run scenario adopt "notes complètes" --as "Comité de sélection"

on "2026-06-25 18:30" "The council decides"
run award set --all --as "Conseil communautaire" -q
refused award set 8 3000 --reason "Le comité le regrette"
run award reserve 8 --reason "Premier de la liste complémentaire"

on "2026-06-26 09:00" "The workbook of what was decided; the proof that it holds"
run report committee -o "$folder/decisions-2026.xlsx"
run verify
run check
run budget
run status
