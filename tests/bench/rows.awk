# Prints ROWS applications as a French list: awk -v ROWS=100000 -f rows.awk
# One association in three applies twice; the SIRETs have valid keys.
function luhn(digits,   i, d, sum) {
    for (i = length(digits); i >= 1; i--) {
        d = substr(digits, i, 1)
        if ((length(digits) - i) % 2 == 1) d = d * 2 > 9 ? d * 2 - 9 : d * 2
        sum += d
    }
    return sum % 10
}
function keyed(digits,   k) {
    for (k = 0; luhn(digits k) != 0; k++);
    return digits k
}
# a name that looks like no other
function name(n,   text, d) {
    n = n * 7919 % 1000003
    for (text = ""; n > 0; n = int(n / 20)) text = text syllable[n % 20 + 1]
    return toupper(substr(text, 1, 1)) substr(text, 2)
}
function euros(e) {
    return e >= 1000 ? sprintf("%d %03d,00 €", e / 1000, e % 1000) : e ",00 €"
}
BEGIN {
    split("Maubeuge Hautmont Jeumont Louvroil Feignies Rousies Cousolre", \
          town, " ")
    split("ba cho du fé gra hi jo klé lu mi nor pa qui ro sé tau vi xa yo zé",
          syllable, " ")
    print "N° dossier;Association;SIRET;Code postal;Commune du siège;Courriel;" \
          "Titre du projet;Thème;Montant demandé;Montant minimum;Coût total;" \
          "Date de début;Date de fin;Communes concernées;Nb bénéficiaires;" \
          "Reçu le"
    for (i = 1; i <= ROWS; i++) {
        a = i % 4 == 0 ? i - 1 : i
        ask = 300 + i * 37 % 2700
        printf "%d;Association %s;%s;59600;%s;a%d@example.org;" \
               "Écoute et accès au droit, action %d;Accès au droit;%s;%s;%s;" \
               "01/09/2026;30/06/2027;%s, %s;%d;%02d/02/2026 %02d:%02d\n", \
               i, name(a), keyed(keyed("9" sprintf("%07d", a)) "0001"), \
               town[a % 7 + 1], a, i, euros(ask), euros(int(ask / 2)), \
               euros(ask * 2), town[i % 7 + 1], town[(i + 3) % 7 + 1], \
               i % 400, i % 27 + 1, i % 24, i % 60
    }
}
