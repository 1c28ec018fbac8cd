/* Likely duplicates of associations: names compared in pairs by the letters
 * they share, word order and small words set aside. */
#include "base/mem.h"
#include "base/text.h"
#include "store/association.h"
#include "store/sql.h"

#include <stdlib.h>
#include <string.h>

/* Two names this much alike are pointed out; of two spellings of one name,
 * such as "Femmes solidaires" and "Femme solidaire", hardly any fall below. */
#define LIKELY 80

/* Two names less alike than this, under one SIRET, are pointed out: one of
 * the two is likely wrong. */
#define UNLIKE 60

struct candidate {
    int64_t id;
    char *key;      /* the words that tell names apart, sorted */
    int length;     /* of the key */
    uint64_t pairs; /* a bit for each kind of letter pair in the key */
    char *acronym;  /* folded, or NULL */
    char siren[10];
};

/* Words of a folded name that tell no association from another. */
static bool is_small_word(const char *word)
{
    static const char *const small[] = {"asso", "assoc", "association", "d",
                                        "de",   "des",   "du",          "et",
                                        "l",    "la",    "le",          "les"};
    for (size_t i = 0; i < sizeof small / sizeof *small; i++)
        if (strcmp(word, small[i]) == 0)
            return true;
    return false;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Whether the space at key[i] stands between two words of one letter. */
static bool between_initials(const char *key, size_t i)
{
    bool before = i == 1 || key[i - 2] == ' ';
    return before && (key[i + 2] == ' ' || key[i + 2] == '\0');
}

/* The key with one word made of initials: "c i d f f maubeuge" is "cidff
 * maubeuge"; the caller frees. */
static char *glue_initials(const char *key)
{
    struct buf out = BUF_INIT;
    for (size_t i = 0; key[i] != '\0'; i++)
        if (key[i] != ' ' || !between_initials(key, i))
            buf_add(&out, &key[i], 1);
    return buf_take(&out);
}

/* The folded words of a name in their alphabet's order, without the small
 * ones where others remain; the caller frees. */
static char *telling_key(const char *name)
{
    char *folded = text_key(name), *rest = NULL;
    char *key = glue_initials(folded);
    char **words = xcalloc(strlen(key) / 2 + 1, sizeof *words);
    size_t count = 0;
    char *copy = xstrdup(key);
    for (char *w = strtok_r(copy, " ", &rest); w != NULL;
         w = strtok_r(NULL, " ", &rest))
        if (!is_small_word(w))
            words[count++] = w;
    qsort(words, count, sizeof *words, by_text);
    struct buf out = BUF_INIT;
    for (size_t i = 0; i < count; i++)
        buf_addf(&out, "%s%s", i > 0 ? " " : "", words[i]);
    if (count == 0)
        buf_adds(&out, key);
    free(words);
    free(copy);
    free(key);
    free(folded);
    return buf_take(&out);
}

static void candidate_release(struct candidate *c)
{
    free(c->key);
    free(c->acronym);
}

/* `acronym` and `siret` may be NULL. The caller releases. */
static struct candidate make_candidate(int64_t id, const char *name,
                                       const char *acronym, const char *siret)
{
    struct candidate c = {.id = id, .key = telling_key(name)};
    for (const unsigned char *p = (unsigned char *)c.key; p[0] && p[1]; p++)
        c.pairs |= UINT64_C(1) << ((p[0] * 31U + p[1]) % 64);
    c.length = (int)strlen(c.key);
    if (acronym != NULL)
        c.acronym = text_key(acronym);
    if (siret != NULL)
        memcpy(c.siren, siret, 9);
    return c;
}

/* All associations, in the order of their names; the caller frees. */
static enum status load(struct db *db, struct candidate **all, size_t *count,
                        struct err *e)
{
    *all = NULL;
    *count = 0;
    struct query q = query_start(db, e,
                                 "SELECT id, name, acronym, siret"
                                 "  FROM association ORDER BY name_key, id",
                                 "");
    while (query_next(&q)) {
        *all = xgrow(*all, *count, sizeof **all);
        (*all)[(*count)++] =
            make_candidate(query_int(&q, 0), query_text(&q, 1),
                           query_text(&q, 2), query_text(&q, 3));
    }
    return query_end(&q);
}

static void unload(struct candidate *all, size_t count)
{
    for (size_t i = 0; i < count; i++)
        candidate_release(&all[i]);
    free(all);
}

/* Whether the pairs of letters that the two keys can share at most may reach
 * LIKELY: each bit that only one of them has is a pair not shared. Spares
 * nearly all comparisons of a long list. */
static bool may_be_alike(const struct candidate *a, const struct candidate *b)
{
    int in_a = a->length - 1 - __builtin_popcountll(a->pairs & ~b->pairs);
    int in_b = b->length - 1 - __builtin_popcountll(b->pairs & ~a->pairs);
    int shared = in_a < in_b ? in_a : in_b;
    return 200 * shared >= LIKELY * (a->length + b->length - 2);
}

/* Two SIREN are two bodies, which no merge joins. */
static bool are_two_bodies(const struct candidate *a, const struct candidate *b)
{
    return *a->siren != '\0' && *b->siren != '\0' &&
           strcmp(a->siren, b->siren) != 0;
}

/* 0 to 100; what cannot reach LIKELY is 0. */
static int likeness(const struct candidate *a, const struct candidate *b)
{
    if (*a->siren != '\0' && strcmp(a->siren, b->siren) == 0)
        return 100;
    if (a->acronym != NULL && strcmp(a->acronym, b->key) == 0)
        return 100;
    if (b->acronym != NULL && strcmp(b->acronym, a->key) == 0)
        return 100;
    return may_be_alike(a, b) ? text_likeness(a->key, b->key) : 0;
}

enum status association_unlike(struct db *db, int64_t id,
                               const struct association *a, char **name,
                               struct err *e)
{
    *name = NULL;
    struct query q = query_start(
        db, e, "SELECT name, acronym FROM association WHERE id = ?", "i", id);
    if (query_next(&q)) {
        struct candidate known =
            make_candidate(0, query_text(&q, 0), query_text(&q, 1), NULL);
        struct candidate row = make_candidate(0, a->name, a->acronym, NULL);
        bool acronym =
            (known.acronym != NULL && strcmp(known.acronym, row.key) == 0) ||
            (row.acronym != NULL && strcmp(row.acronym, known.key) == 0);
        if (!acronym && text_likeness(known.key, row.key) < UNLIKE)
            *name = xstrdup(query_text(&q, 0));
        candidate_release(&known);
        candidate_release(&row);
    }
    return query_end(&q);
}

/* Adds two that are alike to the findings, which travel as JSON, so that one
 * constant query makes the list: [id, id, likeness], and a comma before. */
static void add_found(struct buf *found, const struct candidate *a,
                      const struct candidate *b)
{
    int like = likeness(a, b);
    if (like >= LIKELY)
        buf_addf(found, ",[%lld,%lld,%d]", (long long)a->id, (long long)b->id,
                 like);
}

enum status association_alike(struct db *db, int64_t id, const char *name,
                              struct rows *rows, struct err *e)
{
    struct candidate *all = NULL, self = make_candidate(id, name, NULL, NULL);
    size_t count = 0;
    struct buf found = BUF_INIT;
    *rows = (struct rows){0};
    enum status st = load(db, &all, &count, e);
    const struct candidate *one = &self;
    for (size_t i = 0; i < count; i++)
        if (all[i].id == id)
            one = &all[i]; /* it knows its acronym and SIREN too */
    for (size_t i = 0; i < count; i++)
        if (all[i].id != id)
            add_found(&found, one, &all[i]);
    if (st == ST_OK)
        st = sql_rows(db, rows, e,
                      "SELECT a.name AS association, a.siret,"
                      "       j.value ->> 2 AS likeness"
                      "  FROM json_each('[null' || ? || ']') j"
                      "  JOIN association a ON a.id = j.value ->> 1"
                      " ORDER BY likeness DESC, a.name_key",
                      "t", buf_str(&found));
    buf_release(&found);
    candidate_release(&self);
    unload(all, count);
    return st;
}

/* Every pair once: quadratic, but nearly all pairs cost a few instructions. */
enum status association_duplicates(struct db *db, struct rows *rows,
                                   struct err *e)
{
    struct candidate *all = NULL;
    size_t count = 0;
    struct buf found = BUF_INIT;
    *rows = (struct rows){0};
    enum status st = load(db, &all, &count, e);
    for (size_t i = 0; i < count; i++)
        for (size_t j = i + 1; j < count; j++)
            if (!are_two_bodies(&all[i], &all[j]))
                add_found(&found, &all[i], &all[j]);
    if (st == ST_OK)
        st = sql_rows(db, rows, e,
                      "SELECT a.name AS association, a.siret,"
                      "       b.name AS other, b.siret AS other_siret,"
                      "       j.value ->> 2 AS likeness"
                      "  FROM json_each('[null' || ? || ']') j"
                      "  JOIN association a ON a.id = j.value ->> 0"
                      "  JOIN association b ON b.id = j.value ->> 1"
                      " ORDER BY likeness DESC, a.name_key, b.name_key",
                      "t", buf_str(&found));
    buf_release(&found);
    unload(all, count);
    return st;
}
