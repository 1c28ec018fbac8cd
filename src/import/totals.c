/* Total rows. */
#include "import/totals.h"
#include "base/i18n.h"
#include "base/text.h"
#include "import/aliases.h"
#include "core/money.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/*------------------------------------------------------ the words of totals */

/* What a cell says, by its words. */
enum kind {
    NOTHING, /* empty, or dashes */
    FILLER,  /* "2 projets": beside totals, and in titles */
    LIKE,    /* "Total de Maubeuge", but also "Total Danse" */
    WEAK,    /* "Ensemble": a total, or a name */
    LABEL,   /* "TOTAL (937)", "Sous-total" */
    OTHER
};

static bool holds(const char *const *words, size_t count, const char *word)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(words[i], word) == 0)
            return true;
    return false;
}

#define HOLDS(words, word) holds(words, sizeof(words) / sizeof *(words), word)

static bool is_head(const char *word)
{
    static const char *const heads[] = {"total",     "totale",    "totales",
                                        "totaux",    "soustotal", "stotal",
                                        "soustotaux"};
    return HOLDS(heads, word);
}

static bool is_weak_head(const char *word)
{
    static const char *const heads[] = {
        "somme",    "sommes",  "ensemble", "cumul",   "global",  "globale",
        "globales", "globaux", "report",   "reports", "reporter"};
    return HOLDS(heads, word);
}

/* What stands before the head: "sous total", "s total", "montant total". */
static bool is_before_head(const char *word)
{
    static const char *const words[] = {"sous",  "s",       "ss",
                                        "grand", "montant", "montants"};
    return HOLDS(words, word);
}

static bool is_filler(const char *word)
{
    static const char *const words[] = {
        "general",  "generale",   "generaux",    "des",       "de",
        "du",       "d",          "la",          "le",        "les",
        "l",        "en",         "et",          "a",         "au",
        "aux",      "subvention", "projet",      "dossier",   "demande",
        "demandee", "action",     "association", "structure", "accorde",
        "accordee", "attribue",   "attribuee",   "sollicite", "sollicitee",
        "vote",     "votee",      "aide",        "ligne",     "page",
        "annee",    "exercice",   "nombre",      "ttc",       "ht",
        "euro",     "eur"};
    size_t n = strlen(word);
    if (strspn(word, "0123456789") == n || is_before_head(word) ||
        HOLDS(words, word))
        return true;
    char *one = xstrndup(word, n - (word[n - 1] == 's'));
    bool found = HOLDS(words, one);
    free(one);
    return found;
}

static enum kind kind_of(const char *text)
{
    char *key = text_key(text != NULL ? text : ""), *rest = NULL;
    bool head = false, weak = false, fillers = true, begins = false;
    bool before = true; /* nothing but "sous", "montant"... so far */
    bool empty = *key == '\0';
    for (char *w = strtok_r(key, " ", &rest); w != NULL;
         w = strtok_r(NULL, " ", &rest)) {
        begins |= before && is_head(w);
        head |= is_head(w);
        weak |= is_weak_head(w);
        fillers &= is_head(w) || is_weak_head(w) || is_filler(w);
        before &= is_before_head(w);
    }
    free(key);
    if (empty)
        return NOTHING;
    if (fillers)
        return head ? LABEL : weak ? WEAK : FILLER;
    return begins ? LIKE : OTHER;
}

/* Whether a word of totals may be in the text: said fast, for each cell of
 * long files, of which hardly any is a total. */
static bool may_be_total(const char *text)
{
    static const char *const stems[] = {"tot",   "somme", "ensemble",
                                        "cumul", "glob",  "report"};
    for (; text != NULL && *text != '\0'; text++)
        for (size_t i = 0; i < sizeof stems / sizeof *stems; i++)
            if ((*text | 0x20) == *stems[i] &&
                strncasecmp(text, stems[i], strlen(stems[i])) == 0)
                return true;
    return false;
}

bool is_total_label(const char *text)
{
    enum kind k = kind_of(text);
    return k == LABEL || k == WEAK;
}

/*---------------------------------------------------------------- the row */

/* What the row says where a project says who and what it is. */
struct looks {
    enum kind first, name, title, number;
    bool known; /* it has a SIRET, an RNA number or a number of its own */
    bool keyed; /* the file has such columns at all */
};

static bool has_word(enum kind k)
{
    return k == LIKE || k == WEAK || k == LABEL;
}

static const int keys[] = {F_ASSOCIATION, F_TITLE, F_NUMBER, F_SIRET, F_RNA};

/* Whether looking closer is of no use: no word of totals anywhere, and the
 * amount is not the sum. */
static bool is_plain(const struct table *t, bool equal)
{
    bool plain = !equal && !may_be_total(t->row.cells[0]);
    for (size_t i = 0; i < sizeof keys / sizeof *keys && plain; i++)
        plain = !may_be_total(table_own(t, keys[i]));
    return plain;
}

/* A number that is a word of totals is none. */
static struct looks look(const struct table *t)
{
    struct looks l = {
        .first = t->headings.column[F_TITLE] == 0 ? NOTHING
                                                  : kind_of(t->row.cells[0]),
        .name = kind_of(table_own(t, F_ASSOCIATION)),
        .title = kind_of(table_own(t, F_TITLE)),
        .number = kind_of(table_own(t, F_NUMBER)),
    };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        l.keyed |= t->headings.column[keys[i]] >= 0;
    l.known = (l.number != NOTHING && !has_word(l.number)) ||
              (table_own(t, F_SIRET) != NULL &&
               !has_word(kind_of(table_own(t, F_SIRET)))) ||
              table_own(t, F_RNA) != NULL;
    return l;
}

enum verdict { PROJECT, DOUBTFUL, UNNAMED_TOTAL, TOTAL };

/* `equal`: the amount is what at least two rows above add up to. `last`:
 * nothing follows. */
static enum verdict judge(const struct looks *l, bool equal, bool last)
{
    bool named = l->name == OTHER || l->name == FILLER;
    bool word = has_word(l->first) || has_word(l->name) ||
                has_word(l->number) || (!named && has_word(l->title)) ||
                l->title == LABEL;
    bool titled = l->title == OTHER || (l->title == FILLER && l->name == LIKE);
    if (l->known)
        return word && equal ? DOUBTFUL : PROJECT;
    if (word && (equal || !(titled || (named && l->title != LABEL))))
        return TOTAL;
    if (word)
        return DOUBTFUL;
    if (!equal || !l->keyed)
        return PROJECT;
    if (!named && !titled)
        return TOTAL;
    return last && l->title == NOTHING ? UNNAMED_TOTAL : DOUBTFUL;
}

static void say_doubt(struct table *t, bool equal)
{
    table_warn(t, NULL, NULL,
               equal ? _("the amount is exactly what the rows above add up "
                         "to: if this is a total row, take it out; it was "
                         "read as a project")
                     : _("this row begins like a total row; it was read as a "
                         "project, since it has a title of its own"));
}

/* A last row with nothing but an amount that is not the sum: a wrong total or
 * a broken project, which only a person can tell. */
static void refuse_stray(struct totals *s, struct table *t, int64_t cents)
{
    char says[MONEY_LEN], sum[MONEY_LEN];
    if (table_own(t, F_ASSOCIATION) != NULL || table_own(t, F_TITLE) != NULL ||
        table_own(t, F_NUMBER) != NULL || !csv_in_at_end(t->in))
        return;
    char *message = xasprintf(
        _("the last row says %s and nothing else, and the rows above it add "
          "up to %s: name the project, or write \"TOTAL\" in front"),
        money_text(cents, says), money_text(s->sum, sum));
    table_field_error(t, F_REQUESTED, message);
    free(message);
}

/* Tells what the total row says against what the rows say. */
static void compare(struct totals *s, struct table *t, int64_t cents)
{
    char says[MONEY_LEN], sum[MONEY_LEN];
    char *message;
    money_text(cents, says);
    if (cents == s->sum || cents == s->since) {
        message = xasprintf(cents == s->sum
                                ? _("the total row on line %zu, %s, is the sum "
                                    "of the rows")
                                : _("the total row on line %zu, %s, is the sum "
                                    "of the rows since the total above it"),
                            t->row.line, says);
        notes_add(&t->report->notices, t->row.line, NULL, NULL, message);
    } else {
        message = xasprintf(_("the total row says %s, the rows before it add "
                              "up to %s"),
                            says, money_text(s->sum, sum));
        table_field_warn(t, F_REQUESTED, message);
    }
    free(message);
}

void totals_add(struct totals *s, int64_t cents)
{
    s->rows++;
    s->sum += cents;
    s->since += cents;
}

bool totals_take(struct totals *s, struct table *t)
{
    const char *amount = table_own(t, F_REQUESTED);
    int64_t cents = 0;
    bool read = amount != NULL && money_parse(amount, &cents, NULL) == ST_OK;
    bool equal = read && s->rows >= 2 && cents == s->sum;
    if (is_plain(t, equal)) {
        if (read)
            refuse_stray(s, t, cents);
        return false;
    }
    struct looks l = look(t);
    enum verdict v = judge(&l, equal, equal && csv_in_at_end(t->in));
    if (v == DOUBTFUL)
        say_doubt(t, equal);
    if (v < UNNAMED_TOTAL)
        return false;
    t->report->skipped++;
    if (!read)
        table_warn(t, NULL, NULL, _("a total row without a readable amount"));
    else if (v == UNNAMED_TOTAL)
        table_field_warn(t, F_REQUESTED,
                         _("exactly what the rows above add up to, in a row "
                           "without a title or number of its own: it was "
                           "taken for a total row, not for a project"));
    else
        compare(s, t, cents);
    s->since = 0;
    return true;
}
