#!/usr/bin/env bash
# Every command that records something says in one line what it recorded; -q
# silences that line, and --dry-run changes nothing and says so.
. "$(dirname "$0")/lib.sh"
. "$TOP/tests/cli/make-call.sh"
make_call 6 3 || exit 1

# What stands in the database, its journal included.
state() { sql .dump | sha256sum; }

recorded() { # PATTERN ARGS..: dry, quiet and plain, each on the same state
    local wanted=$1 before dry quiet told
    shift
    before=$(state)
    dry=$("$CISPD" "$@" --dry-run 2>&1)
    is "$1 $2 --dry-run changes nothing" "$(state)" "$before"
    like "$1 $2 --dry-run says so" "$dry" '^Dry run: nothing was changed\.$'
    cp "$CISPD_DB" kept.db
    quiet=$("$CISPD" "$@" --quiet 2>/dev/null)
    is "$1 $2 --quiet says nothing" "$quiet" ""
    [ "$(state)" != "$before" ]
    result $? "$1 $2 --quiet changes something all the same"
    mv kept.db "$CISPD_DB"
    told=$("$CISPD" "$@" 2>/dev/null)
    like "$1 $2 tells it" "$told" "$wanted"
}

recorded 'agency is changed' agency edit --agency "Agglo"
recorded 'Call 2026 changed' call edit --quorum 2
recorded 'Call 2026 closed' call close
recorded 'is open again until 2026-04-30' call reopen --closes 2026-04-30
recorded '500\.00.*Left to award: 20,500\.00' envelope add --amount 500 \
    --reference DM1
recorded '2 themes added' theme add "Un de plus" "Et un autre"
recorded '"Un de plus" is now "Encore un"' theme edit "un de plus" "Encore un"
recorded 'removed: Encore un' theme drop "encore un"
recorded 'Criterion added: SUP' criterion add SUP --label "En plus" --weight 5
recorded 'Criterion changed: SUP' criterion edit sup --weight 6
recorded 'Criterion removed: SUP' criterion drop sup
recorded 'Member added: Zoé Petit' member add "Zoé Petit"
recorded 'Member changed: Zoé Grand' member edit petit --name "Zoé Grand"
recorded 'Member removed: Zoé Grand' member drop grand
recorded 'M. Bernard, sous-préfecture, on 2026-002' recusal add \
    --member "member 2" --project 2 --reason "Conjoint salarié"
recorded 'do not come back' recusal lift --member "member 2" --project 2 \
    --reason "Erreur"
recorded '"Aide" is registered' association add "Aide"
recorded 'is changed' association edit aide --acronym AID
runs 0 "project add --quiet" project add --association aide \
    --title "Un titre" --requested 900 --late "Panne" --quiet
is "prints the number alone, for scripts" "$out" 2026-007
recorded 'Project 2026-007 is changed' project edit 7 --requested 800
recorded 'Project 2026-007 is rejected' project reject 7 --reason "Hors sujet"
recorded 'Project 2026-007 is taken back' project reinstate 7 --reason "Erreur"
recorded '2026-001, Mme Caudron, DDETS: 1 mark changed' mark set 1 "member 3" \
    PRIO=7
ok "a scenario" cispd allocate --rule strict --save "Un essai"
recorded 'deleted: Un essai' scenario drop essai
recorded '2026-001: 350\.00.*awarded' award set 1 350
recorded '2026-001: the decision is taken back' award clear 1 --reason "Erreur"
recorded '2026-002: refused' award refuse 2
recorded '2026-003: reserve' award reserve 3

# What is so already is no change: it is told, and the journal has no entry.
again() { # ARGS..
    ok "$*" cispd "$@"
    local before
    before=$(state)
    runs 0 "once more: $*" "$@"
    like "says so" "$out" '^Nothing to change: it was so already\.$'
    is "and enters nothing" "$(state)" "$before"
}
ok "no decision stands" cispd award clear 2 --reason "Erreur"
ok "none at all" cispd award clear 3 --reason "Erreur"
again agency edit --agency "Agglo 2"
again call edit --quorum 3 --reserve "Accès au droit=100" --require X=Autre
again envelope edit DM1 --date 2026-02-02
again theme edit "Accès au droit" "Accès au droit"
again criterion edit PRIO --label "Les priorités"
again member edit "member 3" --email a@b.fr
again association edit aide --phone 0327000000 --role trésorière
again project edit 7 --commune Maubeuge --commune Hautmont --cost 5000
again mark set 1 "member 3" PRIO=8
again award set 1 350 --reason "Le vote"
ok "taken back" cispd award clear 1 --reason "Erreur"

# An edit that says nothing is refused and tells what it could say.
for what in "call edit" "agency edit" "project edit 1" "association edit aide" \
    "criterion edit PRIO" "member edit caudron"; do
    # shellcheck disable=SC2086
    runs 2 "$what says what it can change" $what
    like "$what: its options" "$err" 'say what to change: --[a-z]'
done

# Files are not written either.
runs 0 "report --dry-run" report committee -o dry.xlsx --dry-run
like "says so" "$out" 'Dry run: nothing was changed'
no "there is no workbook" test -e dry.xlsx
runs 0 "backup --dry-run" backup dry.db --dry-run
like "says so too" "$out" 'Dry run: nothing was changed'
no "there is no copy" test -e dry.db

# What is not so is told to who asked for silence, and beside data.
for how in "--quiet" "--format json" "--format csv"; do
    # shellcheck disable=SC2086
    runs 0 "a dry run with $how" project add --association aide --title T \
        --requested 900 --dry-run $how
    is "is told on standard error" "$err" "cispd: Dry run: nothing was changed."
done
for how in "--quiet" "--format csv"; do
    # shellcheck disable=SC2086
    runs 0 "a try with $how" allocate --rule skip $how
    is "is told too" "$err" \
        "cispd: This is a try: the rule of the call is partial, not skip."
done

# Several projects at once, all or none.
runs 66 "a project that is not there stops all" project reject 4 99 --reason "Non"
is "the first is not rejected" \
    "$(sql "SELECT status FROM project WHERE number = 4")" eligible
runs 0 "three projects are rejected" project reject 4 5 7 --reason "Non"
is "each is named" "$(printf '%s\n' "$out" | grep -c rejected)" 3
runs 0 "a document for every project that is still received" \
    project check --all --document RIB

# One is one, several are several.
like "counted together" "$(cispd project check --all --eligible)" \
    'project(s)? declared eligible'
call_state() { cispd call list "$@" --format json | sed -n 's/.*"status": "\(.*\)".*/\1/p'; }
is "before the deadline a call is open" \
    "$(call_state --now "2026-04-30 23:59")" open
is "behind it it is closed" "$(call_state --now "2026-05-01 00:00")" closed

# French on the screen: a no-break space before high punctuation and inside
# quotes, no raw words.
french=$(cispd status --lang fr; cispd project check --lang fr
    cispd allocate --explain --lang fr; cispd member list --help --lang fr)
is "nothing is left in English" "$(printf '%s\n' "$french" |
    grep -E 'missing_policy|NAME|FILE|[^-]warning|[a-z]: ')" ""
is "no line could begin with a colon or end inside a quote" \
    "$(printf '%s\n' "$french" | grep -E ' [:;!?»]( |$)|« ' | head -3)" ""
done_testing
