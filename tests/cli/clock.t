#!/bin/bash
# A time that runs backwards in the journal: no fault, a clock is set back each
# autumn, but never in silence.
. "$(dirname "$0")/lib.sh"
cispd init -q
cispd call add 2026 -q --title AAP --envelope 20000

runs 0 "an hour that goes forward" member add Alice --now "2026-03-01 11:00"
is "passes without a word" "$err" ""
runs 0 "verify" verify
is "has nothing to tell" "$err" ""
runs 0 "a time before the newest change" member add Bob \
    --now "2024-01-01 10:00"
like "is warned of" "$err" \
    "2024-01-01 10:00 here, .* 2026-03-01 11:00: the times run backwards"
runs 0 "a dry run" member add Chloé --now "2023-01-01 10:00" --dry-run
is "writes no time" "$err" ""
runs 0 "verify finds no fault" verify
like "and tells where" "$err" \
    "backwards at 1 seal: seal [0-9]+, of 2024-01-01 10:00, .* 2026-03-01 11:00"
runs 0 "also as JSON" verify --format json
like "for programs" "$out" '"backwards": 1'
ok "on the right day" cispd member add Denis --now "2026-03-02 10:00"
ok "and back again" cispd member add Ève --now "2026-03-01 10:00"
runs 0 "each of them" verify
like "is counted" "$err" "backwards at 2 seals, the first of them: seal"
done_testing
