#!/bin/bash
# The exact engine against GLPK on random multiple-choice knapsacks of every
# hard family: the same greatest value, each time.
: "${BUILD:?where the tests were built}"
box=$(mktemp -d)
trap 'rm -rf "$box"' EXIT
instances=${INSTANCES:-1200}
echo 1..2
"$BUILD/slow/knapsack_lp" "$box" "$instances" >"$box/ours" || exit 1

# One line each: the value that glpsol proves, or "-" when it takes it longer
# than ten seconds.
i=0
while [ "$i" -lt "$instances" ]; do
    glpsol --lp "$box/$i.lp" --tmlim 10 -o "$box/out" >"$box/log" 2>&1
    if grep -q '^Status: *INTEGER OPTIMAL' "$box/out"; then
        sed -n 's/^Objective: *obj = \([0-9]*\).*/\1/p' "$box/out"
    else
        echo -
    fi
    i=$((i + 1))
done >"$box/theirs"

solved=$(grep -vc '^-$' "$box/theirs")
wrong=$(paste "$box/ours" "$box/theirs" | awk '$2 != "-" && $1 != $2' | wc -l)
echo "# GLPK solved $solved of $instances"
[ "$solved" -ge $((instances * 5 / 6)) ] || printf 'not '
echo "ok 1 - GLPK solves at least five of six"
[ "$wrong" -eq 0 ] || printf 'not '
echo "ok 2 - not one value differs"
[ "$wrong" -eq 0 ] ||
    paste "$box/ours" "$box/theirs" | awk '$2 != "-" && $1 != $2 {
        print "# instance " NR - 1 ": ours " $1 ", GLPK " $2 }'
