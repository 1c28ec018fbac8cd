#!/usr/bin/env bash
# The year of a call, as README.md has it, pasted in an empty folder.
. "$(dirname "$0")/lib.sh"

awk '/^```sh$/ { on = 1; next } /^```$/ { on = 0 } on' "$TOP/README.md" \
    >"$BOX/.year.sh"
mkdir "$BOX/empty" "$BOX/bin"
ln -s "$CISPD" "$BOX/bin/cispd"
unset CISPD_DB CISPD_NOW # as on a clerk's machine, whatever the day
export XDG_DATA_HOME="$BOX/data"
cd "$BOX/empty" || exit 1
ok "the commands run one after the other" \
    env PATH="$BOX/bin:$PATH" bash -e "$BOX/.year.sh"
is "they are ten, after init and before budget" \
    "$(grep -Ec '(^|do )cispd' "$BOX/.year.sh")" 12
is "everything is awarded, the last project in part" \
    "$(sqlite3 cispd.db "SELECT group_concat(amount_cents) FROM award
                          ORDER BY project_id")" "850000,780000,370000"
is "nothing is left" \
    "$(sqlite3 cispd.db 'SELECT available_cents FROM budget')" 0
ok "the workbook is there" unzip -tq committee-2026.xlsx
done_testing
