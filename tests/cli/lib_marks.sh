# Sourced behind lib.sh: a small call with marks, for the tests of ranking,
# allocation and decisions.
#
#   small_call          a call of 20 000 EUR, three members, two criteria
#                       (C1 weight 3, C2 weight 1, 0 to 20 by half points)
#   project ASKED MINIMUM [options]   one more eligible project
#   perl_json EXPRESSION   reads JSON from standard input into $j, its projects
#                       by id into %p, and prints the expression's list
#   marks NUMBER A1 A2 B1 B2 C1 C2    the marks of the members A, B and C on
#                       project NUMBER; "-": no mark, "x": an abstention
made=0
small_call() {
    cispd init -q &&
        cispd call add 2026 --title AAP --envelope 20000 --quorum 2 "$@" -q &&
        cispd association add "Relais du Val" -q &&
        cispd criterion add C1 --label Besoin --weight 3 --step 0.5 -q &&
        cispd criterion add C2 --label Moyens --weight 1 --step 0.5 -q &&
        cispd member add "Alice" -q && cispd member add "Bruno" -q &&
        cispd member add "Chloé" -q || exit 1
}
project() {
    local asked=$1 minimum=$2 number
    made=$((made + 1))
    shift 2
    number=$(cispd project add --association "Relais du Val" -q \
        --title "Projet $made" --requested "$asked" --minimum "$minimum" \
        --cost 50000 "$@") || exit 1
    sql "UPDATE project SET status = 'eligible' WHERE ref = '$number'"
}
marks() {
    local number=$1 member criterion
    shift
    for member in Alice Bruno Chloé; do
        for criterion in C1 C2; do
            case $1 in
            -) ;;
            x) put_mark "$number" $member $criterion NULL ;;
            *) put_mark "$number" $member $criterion "$1 * 1000" ;;
            esac
            shift
        done
    done
}
put_mark() {
    sql "INSERT INTO mark SELECT p.id, m.id, c.id, CAST($4 AS INTEGER)
           FROM project p, member m, criterion c
          WHERE p.number = $1 AND m.name = '$2' AND c.code = '$3'"
}
perl_json() {
    perl -CO -MJSON::PP -we 'my $j = decode_json(join "", <STDIN>);
        my %p = map { $_->{id} => $_ } @{ $j->{projects} };
        print join(" ", map { defined ? $_ : "-" } eval shift), "\n"' "$1"
}
