/* Finding things by the names people type. Each kind of thing has one query
 * that lists its candidates (id, name shown, folded key, further exact key);
 * the choice among them is the same for all. */
#include "store/find.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "core/ident.h"
#include "store/sql.h"

#include <stdlib.h>
#include <string.h>

#define LISTED 8 /* candidates that a refusal names */

static const char *const several =
    N_("\"%s\" fits several: %s%s. Type more of the name.");

/* How well a candidate fits what was typed. */
enum fit { FIT_NONE, FIT_PART, FIT_EXACT };

struct search {
    const char *text;  /* as typed */
    const char *among; /* the refusal where several fit, translated */
    char *key;         /* folded */
    char *id;          /* of the best fit so far */
    enum fit best;
    int count;        /* candidates of the best fit */
    struct buf names; /* their names */
    /* What does not fit, for a refusal: where the text stands within some
     * names those, else all. */
    bool near;
    int others;
    struct buf other;
};

/* Whether the word of `len` letters stands in `key`, whole. */
static bool has_word(const char *key, const char *word, size_t len)
{
    for (; *key != '\0'; key += strspn(key, " ")) {
        size_t n = strcspn(key, " ");
        if (n == len && strncmp(key, word, len) == 0)
            return true;
        key += n;
    }
    return false;
}

/* Whether every word of `some` stands in `key`. */
static bool has_words(const char *key, const char *some)
{
    for (; *some != '\0'; some += strspn(some, " ")) {
        size_t n = strcspn(some, " ");
        if (!has_word(key, some, n))
            return false;
        some += n;
    }
    return true;
}

/* Whole words, in any order: "Martin" is not "Martine". */
static enum fit fit_of(const struct search *s, const char *key,
                       const char *exact)
{
    if (exact != NULL && strcasecmp(exact, s->text) == 0)
        return FIT_EXACT;
    if (*s->key == '\0' || !has_words(key, s->key))
        return FIT_NONE;
    return has_words(s->key, key) ? FIT_EXACT : FIT_PART;
}

static void consider(struct search *s, const char *id, const char *name,
                     enum fit fit)
{
    if (fit == FIT_NONE || fit < s->best)
        return;
    if (fit > s->best) {
        s->best = fit;
        s->count = 0;
        buf_reset(&s->names);
        free(s->id);
        s->id = xstrdup(id);
    }
    if (s->count++ < LISTED)
        buf_addf(&s->names, "%s%s", s->names.len > 0 ? ", " : "", name);
}

static void consider_other(struct search *s, const char *name, const char *key)
{
    bool near = *s->key != '\0' && strstr(key, s->key) != NULL;
    if (*key == '\0' || near < s->near)
        return;
    if (near > s->near) {
        s->near = true;
        s->others = 0;
        buf_reset(&s->other);
    }
    if (s->others++ < LISTED)
        buf_addf(&s->other, "%s%s", s->others > 1 ? ", " : "", name);
}

/* A few names are all named, of many only those that look like the text. */
static enum status refuse(const struct search *s, const char *what,
                          struct err *e)
{
    enum status st = ST_NO_INPUT;
    if (s->count == 0)
        st = err_set(e, st, what, s->text);
    if (s->count == 0 && s->others > 0 && s->others <= LISTED) {
        char *said = xstrdup(e != NULL ? e->msg : "");
        st = err_set(e, st,
                     s->near ? _("%s; did you mean: %s?")
                             : _("%s; those that there are: %s"),
                     said, buf_str(&s->other));
        free(said);
    }
    if (s->count == 0)
        return st;
    return err_set(e, ST_NO_INPUT, s->among, s->text, buf_str(&s->names),
                   s->count > LISTED ? ", ..." : "");
}

/* Chooses among the rows of `q`: id, name, key, exact key or NULL. `none` is
 * the translated refusal where nothing fits, with one %s for the text; `among`
 * the one where several do, with %s for the text, their names and dots. Ends
 * the query. */
static enum status choose(struct query q, const char *text, const char *none,
                          const char *among, char **id, struct err *e)
{
    struct search s = {.text = text, .among = among, .key = text_key(text)};
    while (query_next(&q)) {
        enum fit fit = fit_of(&s, query_text(&q, 2), query_text(&q, 3));
        consider(&s, query_text(&q, 0), query_text(&q, 1), fit);
        if (s.best == FIT_NONE)
            consider_other(&s, query_text(&q, 1), query_text(&q, 2));
    }
    enum status st = query_end(&q);
    if (st == ST_OK && s.count != 1)
        st = refuse(&s, none, e);
    if (st == ST_OK) {
        *id = s.id;
        s.id = NULL;
    }
    free(s.id);
    free(s.key);
    buf_release(&s.names);
    buf_release(&s.other);
    return st;
}

static enum status choose_int(struct query q, const char *text,
                              const char *none, const char *among, int64_t *id,
                              struct err *e)
{
    char *found = NULL;
    enum status st = choose(q, text, none, among, &found, e);
    if (st == ST_OK)
        *id = strtoll(found, NULL, 10);
    free(found);
    return st;
}

/* A project is known by its number alone: titles are too alike. "2026-001",
 * "2026-1" and "1" name the same. */
enum status find_project(struct db *db, int64_t call, const char *text,
                         int64_t *id, struct err *e)
{
    int64_t year = call, number = 0;
    char *end = NULL;
    int64_t first = strtoll(text, &end, 10);
    if (end != text && *end == '-') {
        year = first;
        const char *second = end + 1;
        number = strtoll(second, &end, 10);
        if (end == second)
            end = NULL;
    } else {
        number = first;
    }
    bool found = false;
    enum status st = ST_OK;
    if (end != NULL && end != text && *end == '\0' && number > 0)
        st = sql_int(db, e, id, &found,
                     "SELECT id FROM project"
                     " WHERE call_year = ? AND number = ?",
                     "ii", year, number);
    if (st == ST_OK && !found)
        st = err_set(e, ST_NO_INPUT,
                     _("there is no project \"%s\" (numbers look like "
                       "%d-001; see \"cispd project list\")"),
                     text, (int)call);
    return st;
}

static const char *const no_association =
    N_("there is no association \"%s\": \"cispd association list\" shows "
       "them, \"cispd association add\" registers one");

enum status find_association(struct db *db, const char *text, int64_t *id,
                             struct err *e)
{
    char siret[SIRET_LEN]; /* typed with its spaces, as on a letterhead */
    bool found = false,
         is_siret = siret_parse(text, siret, NULL, NULL) == ST_OK;
    enum status st = sql_int(db, e, id, &found,
                             "SELECT id FROM association"
                             " WHERE siret = ?1 OR rna = upper(?1)"
                             "    OR id = CASE WHEN ?1 GLOB '#[1-9]*'"
                             "                 THEN substr(?1, 2) END",
                             "t", is_siret ? siret : text);
    if (st != ST_OK || found)
        return st;
    if (*text == '#') /* a number is no part of a name */
        return err_set(e, ST_NO_INPUT, _(no_association), text);
    /* Namesakes also answer to what tells them apart: "Name (Commune)"; where
     * nothing does, the number is left. */
    struct query q = query_start(
        db, e,
        "WITH a AS ("
        " SELECT id, name, name_key, acronym, siret,"
        "        CASE WHEN EXISTS (SELECT 1 FROM association b"
        "                  WHERE b.name_key = p.name_key AND b.id <> p.id)"
        "             THEN name || ' (' || commune || ')' END AS placed"
        "   FROM association_public p) "
        "SELECT id, coalesce(name || ' (' || siret || ')', placed, name)"
        "               || ' #' || id,"
        "       name_key, acronym, name_key AS key FROM a "
        "UNION ALL "
        "SELECT id, placed, '', placed, name_key FROM a"
        " WHERE placed IS NOT NULL ORDER BY key",
        "");
    return choose_int(q, text, _(no_association),
                      _("\"%s\" fits several: %s%s. Type more of the name, "
                        "or the number of the one that is meant, in quotes: "
                        "\"#12\"."),
                      id, e);
}

enum status find_commune(struct db *db, const char *text, char **code,
                         struct err *e)
{
    struct query q = query_start(db, e,
                                 "SELECT code, name, name_key, code"
                                 "  FROM commune ORDER BY name_key",
                                 "");
    return choose(q, text, _("there is no commune \"%s\" in the territory"),
                  _(several), code, e);
}

/* The candidates of each kind in a call (id, name, key, exact key), the
 * refusal where none fits, and the name of one. */
static const struct {
    const char *candidates, *none, *name;
} things[] = {
    [THING_PROJECT] = {.name = "SELECT ref FROM project WHERE id = ?"},
    [THING_MEMBER] = {"SELECT id, name, name_key, email FROM member"
                      " WHERE call_year = ? ORDER BY name_key",
                      N_("there is no member \"%s\" in this call"),
                      "SELECT name FROM member WHERE id = ?"},
    [THING_CRITERION] = {"SELECT id, code, code_key, code FROM criterion"
                         " WHERE call_year = ? ORDER BY position",
                         N_("there is no criterion \"%s\" in this call"),
                         "SELECT code FROM criterion WHERE id = ?"},
    [THING_THEME] = {"SELECT id, label, label_key, NULL FROM theme"
                     " WHERE call_year = ? ORDER BY label_key",
                     N_("there is no theme \"%s\" in this call"),
                     "SELECT label FROM theme WHERE id = ?"},
    [THING_SCENARIO] = {"SELECT id, name, name_key, NULL FROM scenario"
                        " WHERE call_year = ? ORDER BY name_key",
                        N_("there is no scenario \"%s\" in this call"),
                        "SELECT name FROM scenario WHERE id = ?"}};

enum status find_thing(struct db *db, enum thing what, int64_t call,
                       const char *text, int64_t *id, struct err *e)
{
    if (what == THING_PROJECT)
        return find_project(db, call, text, id, e);
    struct query q = query_start(db, e, things[what].candidates, "i", call);
    return choose_int(q, text, _(things[what].none), _(several), id, e);
}

enum status find_member(struct db *db, int64_t call, const char *text,
                        int64_t *id, struct err *e)
{
    return find_thing(db, THING_MEMBER, call, text, id, e);
}

enum status find_name(struct db *db, enum thing what, int64_t id, char **name,
                      struct err *e)
{
    return sql_text(db, e, name, things[what].name, "i", id);
}

/* Two names this much alike are taken for one spelt wrong. */
enum { NEAR = 70 };

enum status find_commune_near(struct db *db, const char *text, char **name,
                              struct err *e)
{
    char *key = text_key(text), *cedex = strstr(key, " cedex");
    int best = NEAR - 1;
    *name = NULL;
    if (cedex != NULL)
        *cedex = '\0';
    struct query q =
        query_start(db, e, "SELECT name, name_key FROM commune", "");
    while (query_next(&q)) {
        int like = text_likeness(query_text(&q, 1), key);
        if (like <= best)
            continue;
        best = like;
        free(*name);
        *name = like < 100 ? xstrdup(query_text(&q, 0)) : NULL;
    }
    free(key);
    return query_end(&q);
}
