#!/usr/bin/env bash
# Of two contradictory orders nobody knows which was meant: none is followed.
. "$(dirname "$0")/lib.sh"
. "$TOP/tests/cli/make-call.sh"
make_call 6 3 || exit 1

twice() { # PATTERN ARGS..
    local pattern=$1
    shift
    runs 2 "refused: $*" "$@"
    like "says so" "$err" "$pattern"
}
twice '--envelope is said twice: "4000" and "5000"' \
    allocate --envelope 4000 --envelope 5000
twice '--envelope is said twice' allocate --envelope=4000 --envelope=5000
twice '--quorum is said twice: "2" and "3"' call edit --quorum 2 --quorum 3
twice '--call is said twice' status --call 2026 --call 2027
twice '--call is said twice' --call 2026 status --call 2027
twice '--output is said twice' report committee -o a.xlsx --output b.xlsx
runs 0 "the same twice is no contradiction" \
    allocate --envelope 4000 --envelope 4000
twice '--force names 2026-001 twice' allocate --force 1=0 --force 1=500
twice '--force names 2026-001 twice' \
    allocate --force 1=500 --force 2026-001=500
twice '--reserve names the theme of "acces au droit=600" twice' allocate \
    --reserve "Accès au droit=500" --reserve "acces au droit=600"
twice 'P1=1 and p1=2: one criterion' mark set 1 "member 1" P1=1 p1=2
printf 'Titre;Montant\nA;100\n' >p.csv
twice '--set names the field association twice' import projects p.csv \
    --set association=X --set association=Y
twice '--map names the field title twice' import projects p.csv \
    --map title=Titre --map title=Montant
runs 0 "a list is said as often as needed" call edit --require A=a --require B=b

# What was typed is what is quoted.
for bad in "=-5" "=" "=.." "=5..4" "=abc"; do
    twice "not \"Accès au droit$bad\"" allocate --reserve "Accès au droit$bad"
done
twice 'a comma or a semicolon separates' allocate --rule tiers --tiers 75,5:50
twice 'scores are out of 100' allocate --rule tiers --tiers 101:100
runs 0 "semicolons separate" allocate --rule tiers --tiers "75.5:100;60:50"
printf 'id,score,requested\nA,1000000000000,100\n' >big.csv
runs 65 "a score that is too large" allocate --csv big.csv --envelope 100
like "is not called a bad number" "$err" '"1000000000000" is too large'
done_testing
