#!/bin/bash
# status: a call from its first day to its decision, and what it asks for.
. "$(dirname "$0")/lib.sh"

codes() { cispd status --format json | sed -n 's/.*"code": "\(.*\)",/\1/p' | xargs; }
next() { cispd status --format json | sed -n 's/^  "next": "\(.*\)",/\1/p'; }

ok "init" cispd init
runs 66 "no call yet" status
like "how to make one" "$err" "call add"
ok "call" cispd call add 2026 --title AAP --envelope 20000 --quorum 2
is "an empty call" "$(codes)" "criteria members deadline"
is "what comes next" "$(next)" "cispd criterion add --default-grid"
ok "it can be typed" $(next | sed "s|^cispd|$CISPD|")
ok "deadline" cispd call edit --closes "15/03/2026 12:00"
ok "member" cispd member add Alice
is "one member is no quorum" "$(codes)" "quorum deadline projects"
ok "member" cispd member add Bob
is "the call is open" "$(codes)" "deadline projects"
like "until when" "$(cispd status)" "2026-03-15 12:00"
like "near" "$(cispd status --now "2026-03-10 10:00")" "near"
like "past" "$(cispd status --now "2026-03-15 12:01")" "passed"

ok "association" cispd association add "Relais du Val"
for i in 1 2 3; do
    cispd -q project add --association relais --title "P$i" \
        --requested ${i}000 >/dev/null
done
export CISPD_NOW="2026-03-20 10:00"
is "projects with holes" "$(codes)" "deadline holes"
is "say so" "$(next)" "cispd project check"
like "and which" "$(cispd status)" "2026-001, 2026-002, 2026-003\\."
ok "documents" cispd project check 1 2 --document RIB --document CER \
    --document BUDGET
is "complete ones wait" "$(codes)" "deadline holes eligibility"
ok "declared" cispd project check 1 2 --eligible
ok "the third is rejected" cispd project reject 3 --reason "incomplete"
is "then marks" "$(codes)" "deadline marks"
like "from a file, as many as there are" "$(cispd status)" "cispd import marks FILE"
ok "recusal" cispd recusal add --member bob --project 2 --reason "spouse"
like "how many each, recusals left out" "$(cispd status)" "Alice 0/14, Bob 0/7"
is "is named" "$(codes)" "deadline marks recusals"

marks() { # member, project, how many criteria
    sql "INSERT INTO mark SELECT p.id, m.id, c.id, 10000
           FROM project p, member m,
                (SELECT id FROM criterion ORDER BY position LIMIT $3) c
          WHERE p.number = $2 AND m.name = '$1'"
}
marks Alice 1 7
marks Alice 2 7
marks Bob 1 6
like "half a sheet is counted" "$(cispd status)" "to give: Bob 6/7"
sql "INSERT INTO mark SELECT p.id, m.id, c.id, NULL
       FROM project p, member m, criterion c
      WHERE p.number = 1 AND m.name = 'Bob' AND c.id NOT IN
            (SELECT criterion_id FROM mark k WHERE k.member_id = m.id)"
is "an abstention is given" "$(codes)" "deadline recusals scenario"
ok "lifted" cispd recusal lift --member bob --project 2 --reason "mistake"
like "the marks are wanted again" "$(cispd status)" "Bob 7/14"
like "a sheet at most is typed" "$(cispd status)" "cispd mark set PROJECT MEMBER CODE=MARK"
ok "a criterion outside the score" cispd criterion add NOTE \
    --label "To note" --independent
like "asks for no mark" "$(cispd status)" "Bob 7/14"
marks Bob 2 7
sql "DELETE FROM mark WHERE value_milli IS NULL;
     INSERT INTO mark SELECT p.id, m.id, c.id, 10000
       FROM project p, member m, criterion c
      WHERE p.number = 1 AND m.name = 'Bob' AND c.id NOT IN
            (SELECT criterion_id FROM mark k WHERE k.member_id = m.id
                AND k.project_id = p.id);
     UPDATE project SET requested_cents = 100000 WHERE number = 2"
is "a tie wants a seed" "$(codes)" "deadline seed scenario"
ok "seed" cispd call edit --seed "loto of 21/03/2026"
is "and has one" "$(codes)" "deadline scenario"

ok "an allocation is saved" cispd allocate --save main -q
like "one saved, none adopted" "$(cispd status)" "none is adopted"
ok "adopted" cispd scenario adopt main -q
is "then decisions" "$(codes)" "deadline decisions"
like "for two" "$(cispd status)" "2 eligible projects wait"
is "as the scenario says" "$(next)" "cispd award set --all"
ok "the envelope is cut" cispd envelope add --amount "-19 000" --reference D8
is "the scenario no longer holds" "$(codes)" "deadline adopted decisions"
like "and that is said" "$(cispd status)" "no longer holds: this scenario gives"
is "with a way out" "$(next)" "cispd allocate --save NAME"
ok "and back" cispd envelope add --amount "19 000" --reference D9
ok "a mark is changed" cispd mark set 1 alice PRIO=11
is "it holds no more either" "$(codes)" "deadline adopted decisions"
runs 1 "nor is it followed one by one" award set 1 1000
like "for that reason" "$err" "changed since"
ok "and back" cispd mark set 1 alice PRIO=10
is "it holds again" "$(codes)" "deadline decisions"

ok "put on reserve" cispd award reserve 2 --reason "later"
is "while the scenario owes what is left" "$(codes)" "decisions reserve"
ok "a cut" cispd envelope add --amount "-18 500" --reference D10
is "it is not offered" "$(codes)" "decisions"
ok "the other is awarded" cispd award set 1 1000
is "and there is too little for it" "$(codes)" ""
ok "some comes back" cispd envelope add --amount 500 --reference D13
is "then the money is free" "$(codes)" "reserve"
is "with the amount it may have" "$(next)" \
    "cispd award set 2026-002 1000.00 --reason TEXT"
ok "it can be typed" cispd award set 2026-002 1000.00 --reason TEXT
ok "back on reserve" cispd award reserve 2 --reason "later"
ok "one euro less in the envelope" cispd envelope add --amount -1 --reference D11
is "is one too few" "$(codes)" ""
ok "and back" cispd envelope add --amount 1 --reference D12
sql "UPDATE award SET decision = 'refused' WHERE project_id = 2"
is "nothing is left to do" "$(codes)" ""
like "and that is said" "$(cispd status)" "Nothing is due"

# every command that the agenda names is one
sed -n 's/.*"cispd \([^"\\]*\).*/\1/p' "$TOP/src/core/agenda.c" |
    sed 's/ [-A-Z%].*//' | sort -u >commands.txt
while read -r words; do
    like "\"$words\" is a command" "$(cispd $words --help)" "Usage: cispd $words"
done <commands.txt
ok "there were some" test "$(wc -l <commands.txt)" -gt 10

# without a deadline
ok "the deadline goes" cispd call edit --closes none
is "nobody asks for one after the decisions" "$(codes)" ""
sql "DELETE FROM award"
like "before them it is good to know" "$(cispd status --format csv)" \
    "^deadline;note;"
cispd init --db new.db -q
cispd --db new.db call add 2026 --title AAP --envelope 10 -q
like "before the first project it is missing" \
    "$(cispd --db new.db status --format csv)" "^deadline;missing;"

# several calls
ok "another call" cispd call add 2027 --title AAP --envelope 30000
runs 2 "two open calls: which one" status
runs 0 "by its year" status --call 2027
like "which the commands repeat" "$out" "default-grid --call 2027"
runs 0 "as CSV" status --call 2027 --format csv
like "one line an item" "$out" "criteria;missing;"
done_testing
