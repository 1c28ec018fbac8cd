/* Recognising headings. */
#include "import/heading.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* How readily a heading is taken for its field. */
enum rank { RANK_FIRST, RANK_SECOND, RANK_LAST, RANKS };

/* An alias, folded. */
struct alias {
    char *key;
    int field; /* -1: a heading that is known and not read */
    enum rank rank;
};

struct aliases {
    struct alias *list;
    size_t count, cap;
};

static void add_aliases(struct aliases *a, const char *texts, int field,
                        enum rank rank)
{
    while (texts != NULL && *texts != '\0') {
        size_t n = strcspn(texts, "|");
        bool bare = *texts == '?';
        char *one = xstrndup(texts + bare, n - bare);
        if (a->count == a->cap) {
            a->cap = a->cap * 2 + 64;
            a->list = xrealloc(a->list, a->cap, sizeof *a->list);
        }
        a->list[a->count++] =
            (struct alias){text_key_tight(one), field, bare ? RANK_LAST : rank};
        free(one);
        texts += n + (texts[n] == '|');
    }
}

static struct aliases fold_all(const struct heading_set *set)
{
    struct aliases a = {0};
    for (size_t f = 0; f < set->count; f++) {
        add_aliases(&a, set->fields[f].name, (int)f, RANK_FIRST);
        add_aliases(&a, set->fields[f].aliases, (int)f, RANK_FIRST);
        add_aliases(&a, set->fields[f].second, (int)f, RANK_SECOND);
    }
    add_aliases(&a, set->ignored, -1, RANK_FIRST);
    return a;
}

static void aliases_release(struct aliases *a)
{
    for (size_t i = 0; i < a->count; i++)
        free(a->list[i].key);
    free(a->list);
}

static const struct alias *look_up(const struct aliases *a, const char *key)
{
    for (size_t i = 0; i < a->count && *key != '\0'; i++)
        if (strcmp(a->list[i].key, key) == 0)
            return &a->list[i];
    return NULL;
}

/* "Montant (en euros)" without its parentheses. */
static char *without_parentheses(const char *text)
{
    struct buf out = BUF_INIT;
    int depth = 0;
    for (; *text != '\0'; text++) {
        if (*text == '(')
            depth++;
        if (depth == 0)
            buf_add(&out, text, 1);
        if (*text == ')' && depth > 0)
            depth--;
    }
    return buf_take(&out);
}

/* Takes off what may stand behind a heading's own words: "en euros", "2026". */
static void cut_unit(char *key)
{
    static const char *const units[] = {"en", "eur", "euro", "euros", "pour"};
    for (;;) {
        char *word = strrchr(key, ' ');
        bool unit = word != NULL && strlen(word) == 5 &&
                    strncmp(word, " 20", 3) == 0 &&
                    strspn(word + 3, "0123456789") == 2;
        for (size_t i = 0; word != NULL && i < sizeof units / sizeof *units;
             i++)
            unit |= strcmp(word + 1, units[i]) == 0;
        if (!unit)
            return;
        *word = '\0';
    }
}

/* The folded key. "Attributaire" is who receives the money, except in a table
 * that has a "bénéficiaire" as well: there it is who gives it. */
static char *heading_key(const char *text, bool has_beneficiary)
{
    static const char from[] = "attributaire", to[] = "attribuant";
    char *key = text_key_tight(text);
    char *at = has_beneficiary ? strstr(key, from) : NULL;
    if (at != NULL) {
        memcpy(at, to, sizeof to - 1);
        memmove(at + sizeof to - 1, at + sizeof from - 1,
                strlen(at + sizeof from - 1) + 1);
    }
    return key;
}

/* Columns about a person's private life: their headings hold one of these
 * words, or are one of them. */
static bool is_personal(const char *text)
{
    static const char *const parts[] = {"date de naissance",
                                        "lieu de naissance",
                                        "nationalite",
                                        "securite sociale",
                                        "etat de sante",
                                        "religion",
                                        "prenom",
                                        "civilite",
                                        "situation familiale"};
    static const char *const whole[] = {"sante", "handicap", "sexe",
                                        "genre", "nir",      "naissance"};
    char *key = text_key(text);
    bool found = false;
    for (size_t i = 0; i < sizeof parts / sizeof *parts && !found; i++)
        found = strstr(key, parts[i]) != NULL;
    for (size_t i = 0; i < sizeof whole / sizeof *whole && !found; i++)
        found = strcmp(key, whole[i]) == 0;
    free(key);
    return found;
}

/* One recognition at work. */
struct matching {
    const struct heading_set *set;
    const char *const *texts, *const *over;
    const int *forced;
    struct aliases aliases;
    bool has_beneficiary, has_person;
    int *last; /* of each field: a column of the last rank; -1: none */
    struct headings *out;
};

static bool is_forced(const struct matching *m, int field)
{
    return m->forced != NULL && m->forced[field] >= 0;
}

/* An earlier column with the very same heading; -1: none. */
static int same_before(const struct matching *m, size_t c)
{
    char *key = text_key_tight(m->texts[c]);
    int found = -1;
    for (size_t b = 0; b < c && found < 0; b++) {
        char *other = text_key_tight(m->texts[b]);
        if (strcmp(key, other) == 0)
            found = (int)b;
        free(other);
    }
    free(key);
    return found;
}

/* Gives column `c` to what `a` says; ST_BAD_DATA when it is taken. */
static enum status claim(struct matching *m, size_t c, const struct alias *a,
                         struct err *e)
{
    struct headings *h = m->out;
    h->fate[c] = HEADING_KNOWN;
    if (a->field >= 0 && is_forced(m, a->field))
        return ST_OK;
    int twin = a->field < 0 ? same_before(m, c) : -1;
    if (twin >= 0)
        return err_set(e, ST_BAD_DATA,
                       _("columns %d and %zu are both \"%s\": take one out"),
                       twin + 1, c + 1, m->texts[c]);
    if (a->field < 0)
        return ST_OK;
    int *const places[RANKS] = {h->column, h->second, m->last};
    int *place = &places[a->rank][a->field];
    if (*place >= 0)
        return err_set(e, ST_BAD_DATA,
                       _("columns %d \"%s\" and %zu \"%s\" both hold \"%s\": "
                         "take one out, or say which with --map %s=HEADING"),
                       *place + 1, m->texts[*place], c + 1, m->texts[c],
                       m->set->fields[a->field].name,
                       m->set->fields[a->field].name);
    *place = (int)c;
    h->fate[c] = HEADING_READ;
    return ST_OK;
}

/* The alias that a text is. */
static const struct alias *find(const struct matching *m, const char *text)
{
    char *key = heading_key(text, m->has_beneficiary);
    const struct alias *a = look_up(&m->aliases, key);
    free(key);
    return a;
}

/* Whether the headings above are those of groups, and not a title spread over
 * the whole table. */
static bool has_groups(const struct matching *m)
{
    for (size_t c = 1; m->over != NULL && c < m->out->columns; c++)
        if (strcmp(m->over[c], m->over[0]) != 0)
            return true;
    return false;
}

/* The alias that the whole heading is, alone or with the one above it. A bare
 * "Nom" means what the group above it says, and nothing without it. */
static const struct alias *find_whole(const struct matching *m, size_t c)
{
    const struct alias *a = find(m, m->texts[c]);
    bool bare = a != NULL && a->rank == RANK_LAST;
    if (m->over == NULL || (a != NULL && !bare))
        return a;
    char *both = xasprintf("%s %s", m->over[c], m->texts[c]);
    const struct alias *grouped = find(m, both);
    free(both);
    return grouped != NULL ? grouped : bare && has_groups(m) ? NULL : a;
}

/* Whether the heading says that its amounts are not euros of this call: in
 * thousands, in cents, of the year before. Read as euros they would be harm. */
static bool has_other_unit(const char *text)
{
    static const char *const units[] = {
        " k ",        " ke ",      " keur ",     " keuros ",     " millier ",
        " milliers ", " million ", " millions ", " m ",          " centime ",
        " centimes ", " cents ",   " n 1 ",      " pourcentage "};
    char *key = text_key(text), *words = xasprintf(" %s ", key);
    bool found = false;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        found |= strstr(words, units[i]) != NULL;
    free(key);
    free(words);
    return found;
}

/* The alias that the heading is without its parentheses and unit, unless a
 * column was found for it already: "Commune (code INSEE)" beside "Commune". */
static const struct alias *find_short(const struct matching *m, size_t c)
{
    if (has_other_unit(m->texts[c]) || strchr(m->texts[c], '%') != NULL)
        return NULL;
    char *text = without_parentheses(m->texts[c]), *key = text_key(text);
    const struct alias *a = find(m, text);
    cut_unit(key);
    if (a == NULL)
        a = find(m, key);
    free(key);
    free(text);
    return a != NULL && a->rank != RANK_LAST ? a : NULL;
}

static enum status match_columns(struct matching *m, struct err *e)
{
    struct headings *h = m->out;
    enum status st = ST_OK;
    for (size_t c = 0; c < h->columns && st == ST_OK; c++) {
        const struct alias *a = find_whole(m, c);
        /* Folding drops the sign of what is a share and no amount. */
        if (a != NULL && a->field >= 0 && strchr(m->texts[c], '%') != NULL)
            a = NULL;
        if (h->fate[c] == HEADING_UNKNOWN && a != NULL)
            st = claim(m, c, a, e);
    }
    bool *was_there = xcalloc(m->set->count, sizeof *was_there);
    for (size_t f = 0; f < m->set->count; f++)
        was_there[f] = h->column[f] >= 0;
    for (size_t c = 0; c < h->columns && st == ST_OK; c++) {
        if (h->fate[c] != HEADING_UNKNOWN)
            continue;
        const struct alias *a = find_short(m, c);
        if (a != NULL && (a->field < 0 || !was_there[a->field]))
            st = claim(m, c, a, e);
        else if (is_personal(m->texts[c]))
            h->fate[c] = HEADING_PERSONAL;
    }
    free(was_there);
    return st;
}

/* Whether a heading is about who receives the money: "Nom du bénéficiaire",
 * and neither their number nor a share. */
static bool names_beneficiary(const char *key)
{
    static const char *const other[] = {"nombre", "nb", "pourcentage",
                                        "attribu", "public"};
    if (strstr(key, "beneficiaire") == NULL)
        return false;
    for (size_t i = 0; i < sizeof other / sizeof *other; i++)
        if (strstr(key, other[i]) != NULL)
            return false;
    return true;
}

static void start(struct matching *m)
{
    struct headings *h = m->out;
    for (size_t f = 0; f < m->set->count; f++) {
        h->column[f] = m->forced != NULL ? m->forced[f] : -1;
        h->second[f] = m->last[f] = -1;
        if (h->column[f] >= 0)
            h->fate[h->column[f]] = HEADING_READ;
    }
    for (size_t c = 0; c < h->columns; c++) {
        char *key = text_key_tight(m->texts[c]);
        if (h->fate[c] != HEADING_READ)
            h->fate[c] = *key == '\0' ? HEADING_BLANK : HEADING_UNKNOWN;
        if (names_beneficiary(key))
            m->has_beneficiary = true;
        if (strstr(key, "prenom") != NULL || strstr(key, "civilite") != NULL)
            m->has_person = true;
        free(key);
    }
}

/* A second choice serves where there is no first, a last one where there is
 * neither and it cannot be a person's. */
static void choose(struct matching *m, size_t f)
{
    struct headings *h = m->out;
    if (h->column[f] < 0) {
        h->column[f] = h->second[f];
        h->second[f] = -1;
    } else if (h->second[f] >= 0) {
        h->fate[h->second[f]] = HEADING_KNOWN;
    }
    if (m->last[f] < 0)
        return;
    if (h->column[f] < 0 && !m->has_person)
        h->column[f] = m->last[f];
    else
        h->fate[m->last[f]] = HEADING_UNKNOWN;
}

static void lend(struct headings *h, const struct heading_set *set)
{
    int *spare = &h->second[set->lends];
    if (set->lends == set->borrows || *spare < 0 ||
        h->column[set->borrows] >= 0)
        return;
    h->column[set->borrows] = *spare;
    h->fate[*spare] = HEADING_READ;
    *spare = -1;
}

enum status headings_match(const struct heading_set *set,
                           const char *const *texts, const char *const *over,
                           size_t columns, const int *forced,
                           struct headings *out, struct err *e)
{
    *out = (struct headings){.columns = columns};
    out->fate = xcalloc(columns, sizeof *out->fate);
    for (size_t c = 0; c < columns; c++)
        out->fate[c] = HEADING_UNKNOWN;
    out->column = xcalloc(set->count, sizeof *out->column);
    out->second = xcalloc(set->count, sizeof *out->second);
    struct matching m = {.set = set,
                         .texts = texts,
                         .over = over,
                         .forced = forced,
                         .aliases = fold_all(set),
                         .last = xcalloc(set->count, sizeof *m.last),
                         .out = out};
    start(&m);
    enum status st = match_columns(&m, e);
    for (size_t f = 0; f < set->count; f++)
        choose(&m, f);
    if (st == ST_OK)
        lend(out, set);
    aliases_release(&m.aliases);
    free(m.last);
    return st;
}

void headings_release(struct headings *h)
{
    free(h->fate);
    free(h->column);
    free(h->second);
    *h = (struct headings){0};
}

int heading_field_of(const struct heading_set *set, const char *name)
{
    struct aliases a = fold_all(set);
    char *key = text_key_tight(name);
    const struct alias *found = look_up(&a, key);
    int field = found != NULL ? found->field : -1;
    free(key);
    aliases_release(&a);
    return field;
}

int heading_column_of(const char *const *texts, size_t columns,
                      const char *heading)
{
    int exact = -1, folded = -1;
    char *key = text_key_tight(heading);
    for (size_t c = 0; c < columns; c++) {
        char *k = text_key_tight(texts[c]);
        if (strcmp(texts[c], heading) == 0)
            exact = exact == -1 ? (int)c : -2;
        if (*key != '\0' && strcmp(k, key) == 0)
            folded = folded == -1 ? (int)c : -2;
        free(k);
    }
    free(key);
    return exact != -1 ? exact : folded;
}
