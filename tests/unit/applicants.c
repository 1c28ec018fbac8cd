/* Associations and projects in the store: matching, writing over, joining,
 * and the refusals that people must understand. */
#include "store/association.h"
#include "store/project.h"
#include "store/sql.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define SIRET_A "73282932000074" /* both with valid keys */
#define SIRET_B "55208131766522"

static char folder[] = "/tmp/cispd-unit-XXXXXX";
static char path[64];
static struct db *db;
static struct err err;

static int set_up(void **state)
{
    (void)state;
    if (mkdtemp(folder) == NULL)
        return -1;
    strcpy(path, folder);
    strcat(path, "/t.db");
    if (db_open(&db, path, DB_CREATE, "2026-01-01 10:00", &err) != ST_OK ||
        db_begin(db, &err) != ST_OK)
        return -1;
    return sql_script(db, &err,
                      "INSERT INTO call (year, title, closes, min_award_cents)"
                      " VALUES (2026, 'AAP', '2026-03-15 12:00', 50000);"
                      "INSERT INTO required_document VALUES"
                      " (2026, 'CER', 'Contrat'), (2026, 'RIB', 'RIB')") ==
                   ST_OK
               ? 0
               : -1;
}

static int tear_down(void **state)
{
    (void)state;
    db_rollback(db);
    db_close(db);
    unlink(path);
    strcat(path, "-journal");
    unlink(path);
    rmdir(folder);
    strcpy(folder + strlen(folder) - 6, "XXXXXX");
    return 0;
}

static int64_t add(struct association a)
{
    int64_t id = 0;
    if (association_insert(db, &a, &id, &err) != ST_OK)
        fail_msg("%s", err.msg);
    return id;
}

static int64_t match(struct association a)
{
    int64_t id = -1;
    if (association_match(db, &a, &id, &err) != ST_OK)
        fail_msg("%s", err.msg);
    return id;
}

static int64_t number(const char *sql)
{
    int64_t n = -1;
    assert_int_equal(sql_int(db, &err, &n, NULL, sql, ""), ST_OK);
    return n;
}

static void siret_wins_over_the_name(void **state)
{
    (void)state;
    int64_t a = add((struct association){.name = "Relais", .siret = SIRET_A});
    add((struct association){.name = "Autre nom"});
    assert_int_equal(
        match((struct association){.name = "Autre nom", .siret = SIRET_A}), a);
}

static void name_matches_without_case_and_accents(void **state)
{
    (void)state;
    int64_t a = add((struct association){.name = "L'Éclat de Maubeuge"});
    assert_int_equal(match((struct association){.name = "L ECLAT DE MAUBEUGE"}),
                     a);
}

static void same_name_with_another_siret_is_no_match(void **state)
{
    (void)state;
    add((struct association){.name = "Relais", .siret = SIRET_A});
    assert_int_equal(
        match((struct association){.name = "Relais", .siret = SIRET_B}), 0);
}

static void damaged_siret_matches_by_name(void **state)
{
    (void)state;
    int64_t a = add((struct association){.name = "Relais", .siret = SIRET_A});
    assert_int_equal(
        match((struct association){.name = "Relais", .siret_raw = "7,3E+13"}),
        a);
}

static void namesakes_are_refused_not_guessed(void **state)
{
    (void)state;
    add((struct association){.name = "Relais", .siret = SIRET_A});
    add((struct association){.name = "Relais", .siret = SIRET_B});
    struct association a = {.name = "relais"};
    int64_t id = -1;
    assert_int_equal(association_match(db, &a, &id, &err), ST_REFUSED);
    assert_int_equal(id, 0);
    assert_non_null(strstr(err.msg, SIRET_A));
    assert_non_null(strstr(err.msg, SIRET_B));
}

static void taken_siret_names_its_owner(void **state)
{
    (void)state;
    add((struct association){.name = "Relais", .siret = SIRET_A});
    struct association a = {.name = "Autre", .siret = SIRET_A};
    int64_t id;
    assert_int_equal(association_insert(db, &a, &id, &err), ST_REFUSED);
    assert_non_null(strstr(err.msg, "Relais"));
}

static void update_keeps_what_is_not_said(void **state)
{
    (void)state;
    int64_t id = add((struct association){
        .name = "Relais", .siret = SIRET_A, .address = "1 rue", .email = NULL});
    struct association a = {.postcode = "59600", .siret_raw = "12"};
    int64_t before = db_changes(db);
    assert_int_equal(association_update(db, id, &a, &err), ST_OK);
    assert_true(db_changes(db) > before);
    assert_int_equal(number("SELECT count(*) FROM association WHERE address ="
                            " '1 rue' AND postcode = '59600'"
                            " AND siret IS NOT NULL AND siret_raw IS NULL"),
                     1);
}

static void same_update_twice_changes_nothing(void **state)
{
    (void)state;
    int64_t id = add((struct association){.name = "Relais"});
    struct association a = {.name = "Relais", .email = "a@b.fr"};
    int64_t before = db_changes(db);
    assert_int_equal(association_update(db, id, &a, &err), ST_OK);
    int64_t after = db_changes(db);
    assert_true(after > before);
    assert_int_equal(association_update(db, id, &a, &err), ST_OK);
    assert_int_equal(db_changes(db), after);
}

static void what_is_filled_is_nobody_elses(void **state)
{
    (void)state;
    add((struct association){
        .siret = SIRET_A, .name = "Relais", .rna = "W595000001"});
    int64_t id = add((struct association){.name = "Autre", .address = "1 rue"});
    struct association a = {.siret = SIRET_A,
                            .rna = "W595000001",
                            .address = "2 rue",
                            .commune = "Maubeuge",
                            .email = "a@b.fr"};
    assert_int_equal(association_fill(db, id, &a, &err), ST_OK);
    a.email = "c@d.fr";
    assert_int_equal(association_fill(db, id, &a, &err), ST_OK);
    assert_int_equal(number("SELECT count(*) FROM association WHERE siret IS"
                            " NULL AND rna IS NULL AND address = '1 rue'"
                            " AND commune = 'Maubeuge'"),
                     1);
    assert_int_equal(number("SELECT count(*) FROM contact"), 1);
    assert_int_equal(number("SELECT count(*) FROM contact"
                            " WHERE email = 'a@b.fr'"),
                     1);
}

static void update_never_uncovers_a_shelter(void **state)
{
    (void)state;
    int64_t id =
        add((struct association){.name = "Refuge", .confidential = true});
    struct association a = {.name = "Refuge", .commune = "Maubeuge"};
    assert_int_equal(association_update(db, id, &a, &err), ST_OK);
    assert_int_equal(number("SELECT confidential FROM association"), 1);
    assert_int_equal(association_reveal(db, id, &err), ST_OK);
    assert_int_equal(number("SELECT confidential FROM association"), 0);
}

static void alike(const char *one, const char *other, size_t expected)
{
    int64_t id = add((struct association){.name = one});
    add((struct association){.name = other});
    struct rows rows;
    assert_int_equal(association_alike(db, id, one, &rows, &err), ST_OK);
    assert_int_equal(rows.count, expected);
    rows_release(&rows);
}

static void word_order_and_articles_are_set_aside(void **state)
{
    (void)state;
    alike("Association Les Femmes solidaires de Maubeuge",
          "Maubeuge Femme Solidaire", 1);
}

static void names_that_share_one_word_are_not_alike(void **state)
{
    (void)state;
    alike("Secours catholique", "Secours populaire", 0);
    alike("Relais des femmes du Val", "Relais des jeunes du Val", 0);
}

static struct project sample(int64_t association)
{
    static const int64_t requested = 300000;
    return (struct project){.call_year = 2026,
                            .association_id = association,
                            .title = "Permanences",
                            .requested_cents = &requested,
                            .received_at = "2026-03-01 10:00"};
}

static int64_t add_project(void)
{
    struct project p = sample(add((struct association){.name = "Relais"}));
    int64_t id = 0;
    if (project_insert(db, &p, &id, &err) != ST_OK)
        fail_msg("%s", err.msg);
    return id;
}

static enum status insert(struct project p)
{
    int64_t id;
    return project_insert(db, &p, &id, &err);
}

static void deadline_is_told_and_a_reason_opens(void **state)
{
    (void)state;
    struct project p = sample(add((struct association){.name = "Relais"}));
    p.received_at = "2026-03-15 12:01";
    assert_int_equal(insert(p), ST_REFUSED);
    assert_non_null(strstr(err.msg, "12:00"));
    p.late_reason = "strike of the post";
    assert_int_equal(insert(p), ST_OK);
    p.received_at = "2026-03-15 12:00";
    assert_int_equal(insert(p), ST_OK);
    assert_int_equal(number("SELECT count(*) FROM project"
                            " WHERE late_reason IS NOT NULL"),
                     1);
}

static void figures_that_contradict_are_refused(void **state)
{
    (void)state;
    const int64_t zero = 0, more = 300001, less = 299999;
    struct project p = sample(add((struct association){.name = "Relais"}));
    struct project bad = p;
    bad.requested_cents = &zero;
    assert_int_equal(insert(bad), ST_BAD_DATA);
    bad = p;
    bad.minimum_cents = &more;
    assert_int_equal(insert(bad), ST_BAD_DATA);
    bad = p;
    bad.cost_cents = &less;
    assert_int_equal(insert(bad), ST_BAD_DATA);
    bad = p;
    bad.starts_on = "2026-09-02";
    bad.ends_on = "2026-09-01";
    assert_int_equal(insert(bad), ST_BAD_DATA);
    bad = p;
    bad.title = " \xC2\xA0";
    assert_int_equal(insert(bad), ST_BAD_DATA);
    assert_int_equal(insert(p), ST_OK);
}

static void update_checks_the_whole(void **state)
{
    (void)state;
    int64_t id = add_project();
    const int64_t cost = 300000, requested = 300001;
    struct project p = {.cost_cents = &cost};
    int64_t before = db_changes(db);
    assert_int_equal(project_update(db, id, &p, &err), ST_OK);
    int64_t after = db_changes(db);
    assert_true(after > before);
    assert_int_equal(project_update(db, id, &p, &err), ST_OK);
    assert_int_equal(db_changes(db), after);
    p = (struct project){.requested_cents = &requested};
    assert_int_equal(project_update(db, id, &p, &err), ST_BAD_DATA);
}

static size_t holes_of(int64_t id)
{
    struct rows rows;
    assert_int_equal(project_holes(db, 2026, id, &rows, &err), ST_OK);
    size_t n = rows.count;
    rows_release(&rows);
    return n;
}

static void ticks_close_holes(void **state)
{
    (void)state;
    int64_t id = add_project();
    assert_int_equal(holes_of(id), 2);
    assert_int_equal(project_tick(db, id, "cer", "2026-03-01", "RUP 12", &err),
                     ST_OK);
    assert_int_equal(project_tick(db, id, "CER", "2026-03-02", NULL, &err),
                     ST_OK);
    assert_int_equal(holes_of(id), 1);
    assert_int_equal(number("SELECT count(*) FROM project_document"
                            " WHERE note = 'RUP 12'"),
                     1);
    assert_int_equal(project_tick(db, id, "CRE", "2026-03-01", NULL, &err),
                     ST_NO_INPUT);
    assert_non_null(strstr(err.msg, "CER, RIB"));
}

static void untick_takes_eligibility_back(void **state)
{
    (void)state;
    int64_t id = add_project();
    project_tick(db, id, "CER", "2026-03-01", NULL, &err);
    project_set_status(db, id, "eligible", NULL, &err);
    bool lost = false;
    assert_int_equal(project_untick(db, id, "CER", &lost, &err), ST_OK);
    assert_true(lost);
    assert_int_equal(number("SELECT count(*) FROM project"
                            " WHERE status = 'received'"),
                     1);
}

static void decided_project_is_not_withdrawn(void **state)
{
    (void)state;
    int64_t id = add_project();
    project_set_status(db, id, "eligible", NULL, &err);
    assert_int_equal(
        sql_script(db, &err,
                   "INSERT INTO envelope_line (call_year, amount_cents,"
                   " reference) VALUES (2026, 2000000, 'D1');"
                   "INSERT INTO award VALUES"
                   " (1, 'awarded', 100000, NULL, '2026-06-01')"),
        ST_OK);
    assert_int_equal(project_set_status(db, id, "withdrawn", "moved", &err),
                     ST_REFUSED);
    assert_non_null(strstr(err.msg, "2026-001"));
}

static void withdrawn_project_comes_back_only_as_received(void **state)
{
    (void)state;
    int64_t id = add_project();
    assert_int_equal(project_set_status(db, id, "withdrawn", "moved", &err),
                     ST_OK);
    assert_int_equal(project_set_status(db, id, "eligible", NULL, &err),
                     ST_REFUSED);
    assert_int_equal(project_set_status(db, id, "received", "error", &err),
                     ST_OK);
}

static void merge_moves_projects_and_fills_gaps(void **state)
{
    (void)state;
    int64_t kept = add((struct association){.name = "Relais", .rna_raw = "?"});
    int64_t other = add((struct association){.name = "Le Relais",
                                             .siret = SIRET_A,
                                             .rna = "W595000001",
                                             .address = "1 rue",
                                             .confidential = true,
                                             .email = "a@b.fr"});
    assert_int_equal(insert(sample(other)), ST_OK);
    assert_int_equal(association_merge(db, kept, other, &err), ST_OK);
    assert_int_equal(number("SELECT count(*) FROM association WHERE siret ="
                            " '" SIRET_A "' AND rna = 'W595000001' AND rna_raw"
                            " IS NULL AND address = '1 rue'"
                            " AND confidential = 1"),
                     1);
    assert_int_equal(number("SELECT count(*) FROM association"), 1);
    assert_int_equal(number("SELECT count(*) FROM contact c, project p"
                            " WHERE c.association_id = p.association_id"),
                     1);
}

static void merge_loses_no_contact(void **state)
{
    (void)state;
    int64_t kept = add((struct association){.name = "A", .email = "a@b.fr"});
    int64_t other = add((struct association){.name = "B", .email = "c@d.fr"});
    int64_t same = add((struct association){.name = "C", .email = "a@b.fr"});
    assert_int_equal(association_merge(db, kept, other, &err), ST_OK);
    assert_int_equal(association_merge(db, kept, same, &err), ST_OK);
    assert_int_equal(number("SELECT count(DISTINCT email) FROM contact"), 2);
    assert_int_equal(number("SELECT count(*) FROM contact"), 2);
}

static void merge_of_two_firms_is_refused(void **state)
{
    (void)state;
    int64_t a = add((struct association){.name = "Relais", .siret = SIRET_A});
    int64_t b = add((struct association){.name = "Relais 2", .siret = SIRET_B});
    assert_int_equal(association_merge(db, a, b, &err), ST_REFUSED);
    assert_int_equal(association_merge(db, a, a, &err), ST_REFUSED);
}

#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        T(siret_wins_over_the_name),
        T(name_matches_without_case_and_accents),
        T(same_name_with_another_siret_is_no_match),
        T(damaged_siret_matches_by_name),
        T(namesakes_are_refused_not_guessed),
        T(taken_siret_names_its_owner),
        T(update_keeps_what_is_not_said),
        T(same_update_twice_changes_nothing),
        T(what_is_filled_is_nobody_elses),
        T(update_never_uncovers_a_shelter),
        T(word_order_and_articles_are_set_aside),
        T(names_that_share_one_word_are_not_alike),
        T(deadline_is_told_and_a_reason_opens),
        T(figures_that_contradict_are_refused),
        T(update_checks_the_whole),
        T(ticks_close_holes),
        T(untick_takes_eligibility_back),
        T(decided_project_is_not_withdrawn),
        T(withdrawn_project_comes_back_only_as_received),
        T(merge_moves_projects_and_fills_gaps),
        T(merge_loses_no_contact),
        T(merge_of_two_firms_is_refused),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
