/* Proving the journal: the chain as journal.c made it, then the rows.
 *
 * A fault does not end the walk. After a broken seal it goes on from the digest
 * that stands in the file, so that each fault is told once and what follows is
 * judged by itself. */
#include "base/i18n.h"
#include "base/terms.h"
#include "base/text.h"
#include "core/day.h"
#include "store/chain.h"
#include "store/history.h"
#include "store/journal.h"
#include "store/words.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The walk along the chain: two queries in step, and what comes next. */
struct walk {
    struct db *db;
    struct verdict *v;
    struct err *e;
    struct query entry, seal;
    bool more; /* `entry` stands on a row */
    int64_t next_entry, next_seal;
    char before[DIGEST_HEX_LEN];  /* the digest of the seal before */
    char time_before[MINUTE_LEN]; /* and its time */
    bool doubted;                 /* and that it does not fit itself */
};

/* What the walk finds under one seal. */
struct cover {
    struct seal_text text; /* as journal.c would write them */
    struct buf checks;
    const char *list; /* the checks that the seal has, and its length */
    size_t list_len;
    int64_t broken; /* the first entry that does not fit its check */
    bool missing;
};

static void add_fault(struct verdict *v, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/* Counts a fault and keeps the first of them; `fmt` is translated already. */
static void add_fault(struct verdict *v, const char *fmt, ...)
{
    char text[800];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    text[text_cut(text, sizeof text - 1)] = '\0';
    if (v->kept < FAULTS_KEPT)
        v->faults[v->kept++] = text_one_line(text);
    v->count++;
}

/* What a row is called, where it has a name, else its key; after the faults
 * that are kept nobody reads it. The caller frees. */
static char *row_words(const struct walk *w, const char *tab, const char *json,
                       const char *key)
{
    char *name = w->v->kept < FAULTS_KEPT && json != NULL
                     ? history_row_name(w->db, tab, json)
                     : NULL;
    return name != NULL ? name : xstrdup(key);
}

/* "project 2026-003 changed": what an entry says; the caller frees. */
static char *entry_words(struct walk *w, int64_t id)
{
    char *words = NULL;
    struct query q =
        query_start(w->db, NULL,
                    "SELECT j.action, j.tab, coalesce((SELECT"
                    "   group_concat(coalesce(j.new, j.old) ->> c.name, ', ')"
                    "     FROM pragma_table_info(j.tab) c WHERE c.pk > 0"
                    "      AND json_valid(coalesce(j.new, j.old))), '?'),"
                    "   CASE WHEN json_valid(coalesce(j.new, j.old))"
                    "        THEN coalesce(j.new, j.old) END"
                    " FROM journal j WHERE id = ?",
                    "i", id);
    if (query_next(&q)) {
        const char *action = query_text(&q, 0);
        const char *format = strcmp(action, "insert") == 0 ? _("%s %s added")
                             : strcmp(action, "delete") == 0
                                 ? _("%s %s removed")
                                 : _("%s %s changed");
        char *row = row_words(w, query_text(&q, 1), query_text(&q, 3),
                              query_text(&q, 2));
        words = xasprintf(format, term_table(query_text(&q, 1)), row);
        free(row);
    }
    query_end(&q);
    return words != NULL ? words : xstrdup("?");
}

/* Reports the entries from next_entry to before `id`, if any, as missing. */
static bool missing_before(struct walk *w, int64_t id)
{
    int64_t first = w->next_entry;
    if (first >= id)
        return false;
    if (first == id - 1)
        add_fault(w->v, _("entry %lld of the journal is missing"),
                  (long long)first);
    else
        add_fault(w->v, _("entries %lld to %lld of the journal are missing"),
                  (long long)first, (long long)id - 1);
    w->next_entry = id;
    return true;
}

/* Leaves the entry that `entry` stands on behind. */
static void next_entry(struct walk *w)
{
    w->next_entry = query_int(&w->entry, 0) + 1;
    w->v->entries++;
    w->more = query_next(&w->entry);
}

/* Reports the entries before `end` as unsealed: no seal covers them, and the
 * program never leaves one behind. */
static void walk_unsealed(struct walk *w, int64_t end)
{
    while (w->more && query_int(&w->entry, 0) < end) {
        int64_t id = query_int(&w->entry, 0);
        missing_before(w, id);
        char *words = entry_words(w, id);
        add_fault(w->v,
                  _("entry %lld (%s) has no seal: it was not made by cispd"),
                  (long long)id, words);
        free(words);
        next_entry(w);
    }
}

/* Whether the newest of the checks is the one at place `at` of the seal's. */
static bool check_fits(const struct cover *c, int64_t at)
{
    size_t from = (size_t)at * CHAIN_CHECK_LEN;
    return c->list_len >= from + CHAIN_CHECK_LEN &&
           memcmp(c->list + from, c->checks.s + c->checks.len - CHAIN_CHECK_LEN,
                  CHAIN_CHECK_LEN) == 0;
}

/* Digests the entries that the current seal covers. */
static void walk_cover(struct walk *w, struct cover *c)
{
    int64_t first = query_int(&w->seal, 1), last = query_int(&w->seal, 2);
    while (w->more && query_int(&w->entry, 0) <= last) {
        int64_t id = query_int(&w->entry, 0);
        c->missing = missing_before(w, id) || c->missing;
        seal_add_entry(&c->text, &c->checks, &w->entry);
        if (c->broken == 0 && id >= first && !check_fits(c, id - first))
            c->broken = id;
        next_entry(w);
    }
    c->missing = missing_before(w, last + 1) || c->missing;
}

/* Names what does not fit under the current seal: an entry, else the seal. */
static void blame(struct walk *w, const struct cover *c, bool digest_fits)
{
    if (!digest_fits && c->broken != 0) {
        char *words = entry_words(w, c->broken);
        add_fault(w->v, _("entry %lld (%s) was changed after it was sealed"),
                  (long long)c->broken, words);
        free(words);
    } else if (!digest_fits && w->doubted && !c->missing) {
        add_fault(w->v,
                  _("seal %lld rests on the seal before it, which does not "
                    "fit: whether it was changed too cannot be told"),
                  (long long)query_int(&w->seal, 0));
    } else if (!c->missing) {
        char at[MINUTE_LEN];
        add_fault(w->v,
                  _("seal %lld (%s, %s, \"%s\") was changed after it was made"),
                  (long long)query_int(&w->seal, 0),
                  minute_text(query_text(&w->seal, 3), at),
                  query_text(&w->seal, 4), query_text(&w->seal, 6));
    }
}

/* The length of a text column, whatever stands in it: a NUL byte ends no text
 * of SQLite's. */
static size_t text_bytes(const struct query *q, int column)
{
    return (size_t)sqlite3_column_bytes(q->stmt, column);
}

/* Makes the current seal's digest again. The checks that go into it are those
 * of the entries as they are: when it fits, the entries are as they were, and
 * checks that differ in the seal are the seal's own fault. */
static void check_cover(struct walk *w)
{
    struct cover c = {.list = query_text(&w->seal, 7)};
    c.list_len = text_bytes(&w->seal, 7);
    char digest[DIGEST_HEX_LEN];
    seal_start(&c.text, w->before);
    walk_cover(w, &c);
    chain_columns(&c.text.piece, &w->seal, 0, 6);
    chain_field(&c.text.piece, buf_str(&c.checks), c.checks.len);
    seal_end(&c.text, digest);
    bool fits = text_bytes(&w->seal, 8) == sizeof digest - 1 &&
                strcmp(digest, query_text(&w->seal, 8)) == 0;
    if (!fits || c.checks.len != c.list_len ||
        memcmp(buf_str(&c.checks), c.list, c.list_len) != 0)
        blame(w, &c, fits);
    w->doubted = !fits;
    buf_release(&c.checks);
}

/* Reports the seals from next_seal to before `id`, if any, as missing. */
static void missing_seals(struct walk *w, int64_t id)
{
    if (w->next_seal == id - 1)
        add_fault(w->v, _("seal %lld is missing"), (long long)w->next_seal);
    else if (w->next_seal < id)
        add_fault(w->v, _("seals %lld to %lld are missing"),
                  (long long)w->next_seal, (long long)id - 1);
    w->next_seal = id;
}

/* Notes a seal whose time is before that of the seal before it. */
static void check_time(struct walk *w)
{
    const char *at = query_text(&w->seal, 3);
    char text[MINUTE_LEN], before[MINUTE_LEN];
    if (strcmp(at, w->time_before) < 0 && w->v->backwards++ == 0)
        w->v->first_backwards =
            xasprintf(_("seal %lld, of %s, comes after one of %s"),
                      (long long)query_int(&w->seal, 0), minute_text(at, text),
                      minute_text(w->time_before, before));
    snprintf(w->time_before, sizeof w->time_before, "%s", at);
}

/* One seal: those missing before it, the entries that none covers, its own. */
static void check_seal(struct walk *w)
{
    int64_t id = query_int(&w->seal, 0), first = query_int(&w->seal, 1);
    missing_seals(w, id);
    walk_unsealed(w, first);
    missing_before(w, first);
    check_cover(w);
    check_time(w);
    snprintf(w->before, sizeof w->before, "%s", query_text(&w->seal, 8));
    w->next_seal = id + 1;
    w->v->seals++;
}

/* The last number that AUTOINCREMENT gave in a table: a cut end leaves it. One
 * that is less than the numbers there are was set back. */
static enum status last_given(struct walk *w, const char *table, int64_t next,
                              int64_t *last)
{
    *last = 0;
    enum status st = sql_int(w->db, w->e, last, NULL,
                             "SELECT max(seq) FROM sqlite_sequence"
                             " WHERE name = ?",
                             "t", table);
    if (st == ST_OK && *last + 1 < next)
        add_fault(w->v,
                  _("the last number given in the table %s was set back from "
                    "%lld to %lld"),
                  table, (long long)next - 1, (long long)*last);
    return st;
}

/* The whole chain, then what is missing behind its end. */
static enum status walk_chain(struct walk *w)
{
    w->entry = query_start(w->db, w->e,
                           "SELECT id, tab, action, old, new FROM journal"
                           " ORDER BY id",
                           "");
    w->seal = query_start(w->db, w->e,
                          "SELECT id, first_entry, last_entry, sealed_at,"
                          " actor, acting_as, command, entry_checks, digest"
                          " FROM seal ORDER BY id",
                          "");
    w->more = query_next(&w->entry);
    while (query_next(&w->seal))
        check_seal(w);
    walk_unsealed(w, INT64_MAX);
    enum status st = query_end(&w->entry), st_seal = query_end(&w->seal);
    int64_t entries = 0, seals = 0;
    if (st == ST_OK)
        st = st_seal;
    if (st == ST_OK)
        st = last_given(w, "journal", w->next_entry, &entries);
    if (st == ST_OK)
        st = last_given(w, "seal", w->next_seal, &seals);
    missing_before(w, entries + 1);
    missing_seals(w, seals + 1);
    return st;
}

/* "Amount 1.00 € -> 9.00 €": the fields in which two rows differ; the caller
 * frees. What may be confidential is named without its value. */
static char *field_words(struct db *db, const char *said, const char *is_now)
{
    struct buf words = BUF_INIT;
    struct rows rows;
    sql_rows(db, &rows, NULL,
             "SELECT s.key, s.key IN ('address', 'postcode', 'commune',"
             "                        'email', 'phone'),"
             "       s.value, n.value"
             "  FROM json_each(?) s JOIN json_each(?) n ON n.key = s.key"
             " WHERE n.value IS NOT s.value",
             "tt", said, is_now);
    for (size_t r = 0; r < rows.count; r++) {
        const char *key = rows_at(&rows, r, 0)->s;
        char *old = words_value(key, rows_at(&rows, r, 2)),
             *new = words_value(key, rows_at(&rows, r, 3));
        buf_addf(&words, "%s%s", r > 0 ? ", " : "", words_heading(key));
        if (rows_at(&rows, r, 1)->i == 0)
            buf_addf(&words, " %s -> %s", *old != '\0' ? old : "-",
                     *new != '\0' ? new : "-");
        free(old);
        free(new);
    }
    rows_release(&rows);
    return buf_take(&words);
}

/* One disagreement between the journal and the rows, about the row `who`. */
static void add_disagreement(struct walk *w, const struct rows *rows,
                             size_t row, const char *who)
{
    const char *fault = rows_at(rows, row, REPLAY_FAULT)->s;
    const char *tab = term_table(rows_at(rows, row, REPLAY_TAB)->s);
    bool unknown = strcmp(fault, "unknown") == 0;
    if (unknown || strcmp(fault, "vanished") == 0) {
        add_fault(w->v,
                  unknown ? _("%s %s was added without a journal entry")
                          : _("%s %s was deleted without a journal entry"),
                  tab, who);
        return;
    }
    char *fields = field_words(w->db, rows_at(rows, row, REPLAY_SAID)->s,
                               rows_at(rows, row, REPLAY_IS_NOW)->s);
    if (strcmp(fault, "altered") == 0)
        add_fault(w->v, _("%s %s was changed without a journal entry: %s"), tab,
                  who, fields);
    else
        add_fault(w->v,
                  _("%s %s was changed without a journal entry before "
                    "entry %lld: %s"),
                  tab, who, (long long)rows_at(rows, row, REPLAY_ENTRY)->i,
                  fields);
    free(fields);
}

/* Puts one disagreement into words. */
static enum status add_replay(void *arg, const struct rows *rows, size_t row,
                              struct err *e)
{
    (void)e;
    struct walk *w = arg;
    const char *said = rows_at(rows, row, REPLAY_SAID)->s;
    char *who =
        row_words(w, rows_at(rows, row, REPLAY_TAB)->s,
                  said != NULL ? said : rows_at(rows, row, REPLAY_IS_NOW)->s,
                  rows_at(rows, row, REPLAY_KEY)->s);
    add_disagreement(w, rows, row, who);
    free(who);
    return ST_OK;
}

/* A table that was dropped takes its rows along: no replay would miss them. */
static enum status check_tables(struct walk *w)
{
    struct query q = query_start(
        w->db, w->e,
        "SELECT tab, count(*) FROM journal WHERE tab NOT IN"
        " (SELECT name FROM sqlite_schema WHERE type = 'table') GROUP BY tab",
        "");
    while (query_next(&q))
        add_fault(w->v,
                  _("the journal has %lld entries of %s, and there is no such "
                    "table"),
                  (long long)query_int(&q, 1), query_text(&q, 0));
    return query_end(&q);
}

enum status journal_verify(struct db *db, struct verdict *v, struct err *e)
{
    *v = (struct verdict){0};
    struct walk w = {.db = db, .v = v, .e = e, .next_entry = 1, .next_seal = 1};
    memcpy(w.before, CHAIN_START, sizeof w.before);
    enum status st = walk_chain(&w);
    if (v->seals > 0)
        memcpy(v->head, w.before, sizeof v->head);
    if (st == ST_OK)
        st = check_tables(&w);
    return st == ST_OK ? chain_replay(db, add_replay, &w, e) : st;
}

void verdict_release(struct verdict *v)
{
    for (size_t i = 0; i < v->kept; i++)
        free(v->faults[i]);
    free(v->first_backwards);
    *v = (struct verdict){0};
}
