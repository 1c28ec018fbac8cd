/* Recognising headings: each alias with a twin that must not be taken. */
#include "import/aliases.h"
#include "core/mark.h"
#include "import/scdl.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))

static struct err err;

/* The column that a field of project_headings gets among `texts`. */
static int column_of(int field, const char *const *texts, size_t count)
{
    struct headings h;
    enum status st =
        headings_match(&project_headings, texts, NULL, count, NULL, &h, &err);
    int column = st == ST_OK ? h.column[field] : -100;
    headings_release(&h);
    return column;
}

#define assert_column(field, want, ...) \
    do { \
        const char *const texts_[] = {__VA_ARGS__}; \
        assert_int_equal(column_of(field, texts_, COUNT(texts_)), want); \
    } while (0)

static void spelling_does_not_matter(void **state)
{
    (void)state;
    assert_column(F_ASSOCIATION, 0, "nomBeneficiaire");
    assert_column(F_ASSOCIATION, 0, " NOM  Bénéficiaire* ");
    assert_column(F_ASSOCIATION, 0, "Nom du bénéficiaire*");
    assert_column(F_ASSOCIATION, 0,
                  "Nom du b\xEF\xBF\xBDn\xEF\xBF\xBD"
                  "ficiaire");
    assert_column(F_ASSOCIATION, -1, "Nom du bénéficiaire ultime");
    assert_column(F_SIRET, 0, "N° SIRET");
    assert_column(F_SIRET, 0, "id  Beneficiaire");
    assert_column(F_SIRET, -1, "SIREN");
    assert_column(F_REQUESTED, 0, "Montant de l'aide demandée (en euros)");
    assert_column(F_REQUESTED, 0, "requested_cents");
    assert_column(F_REQUESTED, -1, "Montant refusé");
}

static void order_does_not_matter(void **state)
{
    (void)state;
    assert_column(F_TITLE, 1, "Montant", "Objet", "Structure");
    assert_column(F_REQUESTED, 0, "Montant", "Objet", "Structure");
}

static void a_first_choice_wins_over_a_second(void **state)
{
    (void)state;
    assert_column(F_REQUESTED, 1, "Montant accordé", "Montant demandé");
    assert_column(F_REQUESTED, 0, "Montant accordé", "Titre");
    assert_column(F_TITLE, 1, "Objet", "Titre du projet");
    assert_column(F_ASSOCIATION, 1, "Entreprise raison sociale",
                  "Association titre");
}

static void parentheses_are_tried_whole_first(void **state)
{
    (void)state;
    assert_column(F_COMMUNE, 1, "Commune (Code INSEE)", "Commune");
    assert_column(F_COMMUNE, 0, "Commune (du siège)");
    assert_column(F_COST, 0, "Coût (Total des charges)");
}

static void attributaire_is_the_funder_beside_a_beneficiary(void **state)
{
    (void)state;
    assert_column(F_ASSOCIATION, 1, "Nom attributaire*", "Nom du bénéficiaire");
    assert_column(F_SIRET, -1, "N° SIRET attributaire", "Nom du bénéficiaire");
    assert_column(F_ASSOCIATION, 0, "Nom attributaire*", "Objet");
    assert_column(F_SIRET, 0, "N° SIRET attributaire", "Objet");
    assert_column(F_SIRET, 0, "N° SIRET attributaire",
                  "Nombre de bénéficiaires");
}

static void two_columns_for_a_field_are_named(void **state)
{
    (void)state;
    assert_column(F_SIRET, -100, "SIRET", "N° SIRET");
    assert_non_null(strstr(err.msg, "\"SIRET\""));
    assert_non_null(strstr(err.msg, "\"N° SIRET\""));
    assert_column(F_SIRET, -100, "notificationUE", "x", "notificationUE");
    assert_non_null(strstr(err.msg, "notificationUE"));
    assert_column(F_SIRET, -1, "Colonne1", "Colonne1");
}

static void a_named_column_settles_it(void **state)
{
    (void)state;
    const char *const texts[] = {"SIRET", "N° SIRET", "Quoi"};
    int forced[PROJECT_FIELDS];
    for (int f = 0; f < PROJECT_FIELDS; f++)
        forced[f] = -1;
    forced[F_SIRET] = heading_column_of(texts, 3, "n siret");
    forced[F_TITLE] = heading_column_of(texts, 3, "quoi");
    struct headings h;
    assert_int_equal(
        headings_match(&project_headings, texts, NULL, 3, forced, &h, &err),
        ST_OK);
    assert_int_equal(h.column[F_SIRET], 1);
    assert_int_equal(h.column[F_TITLE], 2);
    headings_release(&h);
    assert_int_equal(heading_column_of(texts, 3, "rien"), -1);
}

static void a_heading_above_tells_which(void **state)
{
    (void)state;
    const char *const over[] = {"Association", "Représentant légal",
                                "Montants"};
    const char *const texts[] = {"Nom", "Nom", "Demandé"};
    struct headings h;
    assert_int_equal(
        headings_match(&project_headings, texts, over, 3, NULL, &h, &err),
        ST_OK);
    assert_int_equal(h.column[F_ASSOCIATION], 0);
    assert_int_equal(h.column[F_REQUESTED], 2);
    assert_int_equal(h.fate[1], HEADING_UNKNOWN);
    headings_release(&h);
}

static void personal_columns_are_set_apart(void **state)
{
    (void)state;
    const char *const texts[] = {"Date de naissance", "Nationalité", "Santé",
                                 "Santé des jeunes", ""};
    struct headings h;
    assert_int_equal(
        headings_match(&project_headings, texts, NULL, 5, NULL, &h, &err),
        ST_OK);
    for (int c = 0; c < 3; c++)
        assert_int_equal(h.fate[c], HEADING_PERSONAL);
    assert_int_equal(h.fate[3], HEADING_UNKNOWN);
    assert_int_equal(h.fate[4], HEADING_BLANK);
    headings_release(&h);
}

/* An alias of two fields would be read as the first of them, silently. */
static void no_alias_has_two_meanings(void **state)
{
    (void)state;
    const struct heading_set *const sets[] = {&project_headings,
                                              &association_headings};
    for (size_t s = 0; s < COUNT(sets); s++)
        for (size_t f = 0; f < sets[s]->count; f++) {
            const struct heading_field *field = &sets[s]->fields[f];
            const char *const lists[] = {field->name, field->aliases,
                                         field->second};
            for (size_t l = 0; l < COUNT(lists); l++)
                for (const char *p = lists[l]; p != NULL && *p != '\0';) {
                    char one[200];
                    size_t n = strcspn(p, "|");
                    snprintf(one, sizeof one, "%.*s", (int)n, p);
                    assert_int_equal(heading_field_of(sets[s], one), f);
                    p += n + (p[n] == '|');
                }
        }
}

static void scdl_cells_are_judged(void **state)
{
    (void)state;
    static const struct {
        enum scdl_column column;
        const char *value;
        enum scdl_verdict verdict;
    } cases[] = {
        {SCDL_POURCENTAGE_SUBVENTION, "1", SCDL_GOOD},
        {SCDL_POURCENTAGE_SUBVENTION, "1.00", SCDL_GOOD},
        {SCDL_POURCENTAGE_SUBVENTION, "0.01", SCDL_GOOD},
        {SCDL_POURCENTAGE_SUBVENTION, "1.01", SCDL_BROKEN},
        {SCDL_POURCENTAGE_SUBVENTION, "0.009", SCDL_BROKEN},
        {SCDL_POURCENTAGE_SUBVENTION, "0", SCDL_BROKEN},
        {SCDL_POURCENTAGE_SUBVENTION, "0,5", SCDL_BROKEN},
        {SCDL_POURCENTAGE_SUBVENTION, "100", SCDL_BROKEN},
        {SCDL_MONTANT, "47800.20", SCDL_GOOD},
        {SCDL_MONTANT, "47800,20", SCDL_BROKEN},
        {SCDL_MONTANT, "", SCDL_BROKEN},
        {SCDL_ID_BENEFICIAIRE, "", SCDL_GOOD},
        {SCDL_ID_BENEFICIAIRE, "38047555800058", SCDL_GOOD},
        {SCDL_ID_BENEFICIAIRE, "380 475 558 00058", SCDL_DOUBTFUL},
        {SCDL_ID_BENEFICIAIRE, "38047555800059", SCDL_DOUBTFUL},
        {SCDL_RNA_BENEFICIAIRE, "W123456789", SCDL_GOOD},
        {SCDL_RNA_BENEFICIAIRE, "W2A1001234", SCDL_DOUBTFUL},
        {SCDL_DATE_CONVENTION, "2017-06-27", SCDL_GOOD},
        {SCDL_DATE_CONVENTION, "2017-02-30", SCDL_BROKEN},
        {SCDL_DATE_CONVENTION, "27/06/2017", SCDL_BROKEN},
        {SCDL_DATES_PERIODE_VERSEMENT, "2017-03-14", SCDL_GOOD},
        {SCDL_DATES_PERIODE_VERSEMENT, "2017-03-14/2018-03-14", SCDL_GOOD},
        {SCDL_DATES_PERIODE_VERSEMENT, "2017-03-14_2018-03-14", SCDL_DOUBTFUL},
        {SCDL_DATES_PERIODE_VERSEMENT, "2018-03-14/2017-03-14", SCDL_DOUBTFUL},
        {SCDL_DATES_PERIODE_VERSEMENT, "2017-03-02/2017-30-05", SCDL_DOUBTFUL},
        {SCDL_DATES_PERIODE_VERSEMENT, "2017-12-04/fin-action", SCDL_BROKEN},
        {SCDL_NOTIFICATION_UE, "oui", SCDL_GOOD},
        {SCDL_NOTIFICATION_UE, "Oui", SCDL_BROKEN},
        {SCDL_NATURE, "aide en numéraire;aide en nature", SCDL_GOOD},
        {SCDL_NATURE, "aide en numéraire,aide en nature", SCDL_BROKEN},
        {SCDL_ID_RAE, "12345", SCDL_GOOD},
        {SCDL_ID_RAE, "éééééé", SCDL_BROKEN},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        enum scdl_verdict got =
            scdl_check(cases[i].column, cases[i].value, &err);
        if (got != cases[i].verdict)
            fail_msg("%s \"%s\": %d", scdl_names[cases[i].column],
                     cases[i].value, (int)got);
    }
}

static void marks_are_read_as_written(void **state)
{
    (void)state;
    enum mark_kind kind;
    int64_t milli;
    assert_int_equal(mark_read(" 12,5 ", &kind, &milli, &err), ST_OK);
    assert_int_equal(kind, TYPED_VALUE);
    assert_int_equal(milli, 12500);
    static const char *const abstentions[] = {"A", "Abstention", "NSP",
                                              "S’abstient"};
    for (size_t i = 0; i < COUNT(abstentions); i++) {
        assert_int_equal(mark_read(abstentions[i], &kind, &milli, &err), ST_OK);
        assert_int_equal(kind, TYPED_ABSTENTION);
    }
    assert_int_equal(mark_read("", &kind, &milli, &err), ST_OK);
    assert_int_equal(kind, TYPED_MISSING);
    assert_int_equal(mark_read("Déport", &kind, &milli, &err), ST_OK);
    assert_int_equal(kind, TYPED_RECUSAL);
    static const char *const unclear[] = {"abs.", "AB", "Absente"};
    for (size_t i = 0; i < COUNT(unclear); i++)
        assert_int_equal(mark_read(unclear[i], &kind, &milli, &err),
                         ST_BAD_DATA);
    assert_int_equal(mark_read("12/20", &kind, &milli, &err), ST_BAD_DATA);
    assert_int_equal(mark_read("bon", &kind, &milli, &err), ST_BAD_DATA);
    assert_int_equal(mark_read("1.2345", &kind, &milli, &err), ST_BAD_DATA);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spelling_does_not_matter),
        cmocka_unit_test(order_does_not_matter),
        cmocka_unit_test(a_first_choice_wins_over_a_second),
        cmocka_unit_test(parentheses_are_tried_whole_first),
        cmocka_unit_test(attributaire_is_the_funder_beside_a_beneficiary),
        cmocka_unit_test(two_columns_for_a_field_are_named),
        cmocka_unit_test(a_named_column_settles_it),
        cmocka_unit_test(a_heading_above_tells_which),
        cmocka_unit_test(personal_columns_are_set_apart),
        cmocka_unit_test(no_alias_has_two_meanings),
        cmocka_unit_test(scdl_cells_are_judged),
        cmocka_unit_test(marks_are_read_as_written),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
