/* Reads the heading lines of a report. */
#include "report/spec.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* What is being read: the report, the line, and the line's fields. */
struct reading {
    struct report_spec *r;
    int line;
    const struct word *word; /* behind "--@" */
    struct names fields;     /* the rest, cut at "|" */
    struct err *e;
};

/* What a line may begin with, and the field that it sets: in the report, or in
 * the last block. */
struct word {
    const char *name;
    enum status (*read)(struct reading *in);
    bool in_block;
    size_t at; /* offset of the field; of a block, its kind */
};

static enum status mistake(const struct reading *in, const char *what)
{
    return err_set(in->e, ST_BAD_DATA, "%s:%d: %s", in->r->file, in->line,
                   what);
}

/* `all`: the names that are known, with ", " before each. */
static enum status unknown(const struct reading *in, const char *what,
                           struct buf *all)
{
    enum status st =
        err_set(in->e, ST_BAD_DATA,
                _("%s:%d: \"%s\" is not known here: write one of %s"),
                in->r->file, in->line, what, buf_str(all) + 2);
    buf_release(all);
    return st;
}

/* Which of the names (NULL behind the last) the text is. */
static enum status one_of(const struct reading *in, const char *text,
                          const char *const *names, int *out)
{
    struct buf all = BUF_INIT;
    for (*out = 0; names[*out] != NULL; ++*out)
        if (strcmp(names[*out], text) == 0)
            return ST_OK;
    for (int i = 0; names[i] != NULL; i++)
        if (*names[i] != '\0')
            buf_addf(&all, ", %s", names[i]);
    return unknown(in, text, &all);
}

/* The field, "" when there are not so many. */
static char *field(const struct reading *in, size_t i)
{
    static char nothing[] = "";
    return i < in->fields.count ? in->fields.at[i] : nothing;
}

/* Makes room for one more element, zeroed, and returns it. */
static void *grow(void *list_ptr, size_t *count, size_t size)
{
    void **list = list_ptr;
    *list = xrealloc(*list, *count + 1, size);
    char *at = (char *)*list + (*count)++ * size;
    memset(at, 0, size);
    return at;
}

static struct block_spec *last_block(const struct reading *in)
{
    return in->r->block_count > 0 ? &in->r->blocks[in->r->block_count - 1]
                                  : NULL;
}

/* The field that the line's word sets. */
static void *place(const struct reading *in)
{
    return in->word->in_block ? (char *)last_block(in) + in->word->at
                              : (char *)in->r + in->word->at;
}

/* Cuts `text` in place, at `cut`, into trimmed parts. */
static struct names split(char *text, char cut)
{
    struct names parts = {0};
    for (;;) {
        size_t len = strcspn(text, (char[]){cut, '\0'});
        bool last = text[len] == '\0';
        text[len] = '\0';
        parts.at = xrealloc(parts.at, parts.count + 1, sizeof *parts.at);
        parts.at[parts.count++] = text_trim(text);
        if (last)
            return parts;
        text += len + 1;
    }
}

/* A whole number from 1 to `max`. */
static enum status whole(const struct reading *in, const char *text, int max,
                         int *out)
{
    char *end = NULL;
    long v = strtol(text, &end, 10);
    if (end == text || *end != '\0' || v < 1 || v > max)
        return err_set(in->e, ST_BAD_DATA,
                       _("%s:%d: \"%s\" should be a number from 1 to %d"),
                       in->r->file, in->line, text, max);
    *out = (int)v;
    return ST_OK;
}

/* ----------------------------------------------------------------- options */

enum option_kind { FLAG, TEXT, NUMBER, NAMES, FUNCTION };

/* An option and the field that it sets; ":" before a value. */
struct option {
    const char *name;
    enum option_kind kind;
    size_t at;
    int max; /* of a number */
};

static const struct option column_options[] = {
    {"width:", NUMBER, offsetof(struct column_spec, width), 200},
    {"span:", NUMBER, offsetof(struct column_spec, span), 50},
    {"bold", FLAG, offsetof(struct column_spec, bold), 0},
    {"centre", FLAG, offsetof(struct column_spec, centre), 0},
    {"bar", FLAG, offsetof(struct column_spec, bar), 0},
    {"total", FLAG, offsetof(struct column_spec, total), 0},
    {"edit", FLAG, offsetof(struct column_spec, edit), 0},
    {"aside", FLAG, offsetof(struct column_spec, aside), 0},
    {"list:", TEXT, offsetof(struct column_spec, list), 0},
    {"limit:", TEXT, offsetof(struct column_spec, limit), 0},
    {"name:", TEXT, offsetof(struct column_spec, cell_name), 0},
    {"formula:", TEXT, offsetof(struct column_spec, formula), 0},
    {"template:", TEXT, offsetof(struct column_spec, template), 0},
    {"by:", TEXT, offsetof(struct column_spec, by), 0},
    {"of:", FUNCTION, 0, 0},
    {NULL}};

static const struct option chart_options[] = {
    {"x:", TEXT, offsetof(struct chart_spec, x), 0},
    {"y:", NAMES, offsetof(struct chart_spec, y), 0},
    {"at:", NUMBER, offsetof(struct chart_spec, at), 200},
    {"span:", NUMBER, offsetof(struct chart_spec, span), 200},
    {"rows:", NUMBER, offsetof(struct chart_spec, rows), 100},
    {NULL}};

/* "median marks": a function and the column it is of. */
static enum status row_function(const struct reading *in, struct column_spec *c,
                                const char *text)
{
    static const char *const names[] = {"",    "mean", "median",
                                        "min", "max",  "range"};
    size_t len = strcspn(text, " ");
    for (size_t i = 1; i < sizeof names / sizeof *names; i++)
        if (strlen(names[i]) == len && strncmp(names[i], text, len) == 0)
            c->function = (enum row_function)i;
    if (c->function == ROW_NONE || text[len] == '\0')
        return mistake(in, _("write: of: FUNCTION COLUMN, the function being "
                             "mean, median, min, max or range"));
    c->of = text + len + 1;
    return ST_OK;
}

static enum status set_option(const struct reading *in, const struct option *o,
                              void *to, char *value)
{
    void *at = (char *)to + o->at;
    switch (o->kind) {
    case FLAG:
        *(bool *)at = true;
        return ST_OK;
    case NUMBER:
        return whole(in, value, o->max, at);
    case NAMES:
        free(((struct names *)at)->at);
        *(struct names *)at = split(value, ',');
        return ST_OK;
    case FUNCTION:
        return row_function(in, to, value);
    case TEXT:
        break;
    }
    *(const char **)at = value;
    return *value != '\0' ? ST_OK : mistake(in, _("an option has no value"));
}

/* Reads the fields from the nth on, options of what is `to` be filled in. */
static enum status read_options(const struct reading *in, size_t n,
                                const struct option *known, void *to)
{
    enum status st = ST_OK;
    for (; n < in->fields.count && st == ST_OK; n++) {
        char *text = in->fields.at[n];
        const struct option *o = known;
        while (o->name != NULL &&
               (o->kind == FLAG ? strcmp(o->name, text)
                                : strncmp(o->name, text, strlen(o->name))))
            o++;
        if (o->name != NULL) {
            char *value = text + strlen(o->name);
            st = set_option(in, o, to, value + strspn(value, " "));
            continue;
        }
        struct buf all = BUF_INIT;
        for (o = known; o->name != NULL; o++)
            buf_addf(&all, ", %s", o->name);
        st = unknown(in, text, &all);
    }
    return st;
}

enum column_format spec_format_by_name(const char *name)
{
    static const struct {
        const char *end;
        enum column_format format;
    } ends[] = {{"_cents", COLUMN_MONEY}, {"_milli", COLUMN_MARK},
                {"_cp", COLUMN_SCORE},    {"_bp", COLUMN_PERCENT},
                {"_on", COLUMN_DATE},     {"_at", COLUMN_TIME}};
    size_t len = strlen(name);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t n = strlen(ends[i].end);
        if (len > n && strcmp(name + len - n, ends[i].end) == 0)
            return ends[i].format;
    }
    return COLUMN_BY_NAME;
}

/* --------------------------------------------------- the lines of a block */

/* The choices of a column are a list above it. */
static enum status check_list(const struct reading *in, const char *name)
{
    for (size_t i = 0; i < in->r->list_count && name != NULL; i++)
        if (strcmp(in->r->lists[i].name, name) == 0)
            return ST_OK;
    return name == NULL ? ST_OK
                        : mistake(in, _("there is no list of that name: write "
                                        "it above the first block"));
}

static enum status read_column(struct reading *in)
{
    static const char *const formats[] = {
        "",     "text", "wrap",    "term", "integer", "money", "score",
        "mark", "mean", "percent", "date", "time",    NULL};
    struct block_spec *b = last_block(in);
    struct column_spec *c =
        grow(&b->columns, &b->column_count, sizeof *b->columns);
    c->line = in->line;
    c->name = field(in, 0);
    c->heading = field(in, 1);
    if (*c->name == '\0')
        return mistake(in, _("write: column NAME | HEADING | FORMAT"));
    int format;
    enum status st = one_of(in, field(in, 2), formats, &format);
    c->format = (enum column_format)format;
    if (c->format == COLUMN_BY_NAME)
        c->format = spec_format_by_name(c->name);
    if (st == ST_OK)
        st = read_options(in, 3, column_options, c);
    return st == ST_OK ? check_list(in, c->list) : st;
}

static enum status read_rule(struct reading *in)
{
    static const char *const looks[] = {"alert", "warn",   "good",
                                        "muted", "strong", NULL};
    struct block_spec *b = last_block(in);
    struct rule_spec *r = grow(&b->rules, &b->rule_count, sizeof *b->rules);
    r->line = in->line;
    r->column = field(in, 1);
    r->formula = field(in, 2);
    if (in->fields.count != 3)
        return mistake(in, _("write: rule LOOK | COLUMN or * | FORMULA"));
    int look;
    enum status st = one_of(in, field(in, 0), looks, &look);
    r->look = (enum look)look;
    return st;
}

static enum status read_chart(struct reading *in)
{
    static const char *const kinds[] = {"column", "bar", NULL};
    struct block_spec *b = last_block(in);
    struct chart_spec *c = grow(&b->charts, &b->chart_count, sizeof *b->charts);
    *c = (struct chart_spec){.line = in->line,
                             .title = field(in, 1),
                             .at = 1,
                             .span = 8,
                             .rows = 15};
    enum status st = one_of(in, field(in, 0), kinds, &c->kind);
    if (st == ST_OK)
        st = read_options(in, 2, chart_options, c);
    if (st == ST_OK && (c->x == NULL || c->y.count == 0))
        st = mistake(in, _("a chart needs x: COLUMN and y: COLUMN"));
    return st;
}

static enum status read_group(struct reading *in)
{
    struct block_spec *b = last_block(in);
    b->group_line = in->line;
    b->group = field(in, 0);
    free(b->pale.at);
    b->pale = (struct names){0};
    if (in->fields.count > 1)
        b->pale = split(field(in, 1), ',');
    return *b->group != '\0' ? ST_OK : mistake(in, _("write: group COLUMN"));
}

static enum status read_freeze(struct reading *in)
{
    struct block_spec *b = last_block(in);
    b->freeze = true;
    b->freeze_line = in->line;
    b->freeze_column = *field(in, 0) != '\0' ? field(in, 0) : NULL;
    return ST_OK;
}

static enum status read_beside(struct reading *in)
{
    if (in->r->block_count < 2)
        return mistake(in, _("there is no block above to stand beside"));
    return whole(in, field(in, 0), 100, place(in));
}

/* ------------------------------------------------------ lines of both kinds */

static enum status read_text(struct reading *in)
{
    *(const char **)place(in) = field(in, 0);
    return *field(in, 0) != '\0' ? ST_OK
                                 : mistake(in, _("the text is missing"));
}

static enum status read_flag(struct reading *in)
{
    *(bool *)place(in) = true;
    return ST_OK;
}

static enum status read_number(struct reading *in)
{
    return whole(in, field(in, 0), 50, place(in));
}

/* --------------------------------------------------- the lines of a sheet */

static enum status read_one_page(struct reading *in)
{
    return strcmp(field(in, 0), "page") == 0
               ? read_flag(in)
               : mistake(in, _("write: one page"));
}

static enum status read_grid(struct reading *in)
{
    struct names parts = split(field(in, 0), ' ');
    enum status st =
        parts.count == 2 ? ST_OK : mistake(in, _("write: grid 16 9"));
    if (st == ST_OK)
        st = whole(in, parts.at[0], 100, &in->r->grid_columns);
    if (st == ST_OK)
        st = whole(in, parts.at[1], 100, &in->r->grid_width);
    free(parts.at);
    return st;
}

static enum status read_list(struct reading *in)
{
    struct report_spec *r = in->r;
    struct list_spec *l = grow(&r->lists, &r->list_count, sizeof *r->lists);
    l->line = in->line;
    l->name = field(in, 0);
    if (in->fields.count < 2 || *l->name == '\0')
        return mistake(in, _("write: list NAME | CHOICE | CHOICE"));
    l->choices.count = in->fields.count - 1;
    l->choices.at = xcalloc(l->choices.count, sizeof *l->choices.at);
    memcpy(l->choices.at, in->fields.at + 1,
           l->choices.count * sizeof *l->choices.at);
    return ST_OK;
}

static struct block_spec *add_block(struct report_spec *r, int line,
                                    const char *name)
{
    struct block_spec *b = grow(&r->blocks, &r->block_count, sizeof *r->blocks);
    b->line = line;
    b->name = name;
    b->labels = 1;
    return b;
}

static enum status read_block(struct reading *in)
{
    struct report_spec *r = in->r;
    bool taken = *field(in, 0) == '\0';
    for (size_t i = 0; i < r->block_count; i++)
        taken |= strcmp(r->blocks[i].name, field(in, 0)) == 0;
    if (taken)
        return mistake(in, _("the block needs a name of its own"));
    add_block(r, in->line, field(in, 0))->kind = (enum block_kind)in->word->at;
    return ST_OK;
}

#define OF_SHEET(field) false, offsetof(struct report_spec, field)
#define OF_BLOCK(field) true, offsetof(struct block_spec, field)
static const struct word words[] = {
    {"sheet", read_text, OF_SHEET(sheet)},
    {"title", read_text, OF_SHEET(title)},
    {"subtitle", read_text, OF_SHEET(subtitle)},
    {"portrait", read_flag, OF_SHEET(portrait)},
    {"one page", read_one_page, OF_SHEET(one_page)},
    {"grid", read_grid, false, 0},
    {"list", read_list, false, 0},
    {"table", read_block, false, BLOCK_TABLE},
    {"cards", read_block, false, BLOCK_CARDS},
    {"figures", read_block, false, BLOCK_FIGURES},
    {"text", read_block, false, BLOCK_TEXT},
    {"each", read_block, false, BLOCK_EACH},
    {"heading", read_text, OF_BLOCK(heading)},
    {"note", read_text, OF_BLOCK(note)},
    {"column", read_column, true, 0},
    {"rule", read_rule, true, 0},
    {"group", read_group, true, 0},
    {"total", read_text, OF_BLOCK(total)},
    {"empty", read_text, OF_BLOCK(empty)},
    {"labels", read_number, OF_BLOCK(labels)},
    {"freeze", read_freeze, true, 0},
    {"filter", read_flag, OF_BLOCK(filter)},
    {"beside", read_beside, OF_BLOCK(beside)},
    {"chart", read_chart, true, 0},
    {NULL}};

static enum status unknown_word(const struct reading *in, const char *word)
{
    struct buf all = BUF_INIT;
    for (const struct word *w = words; w->name != NULL; w++)
        buf_addf(&all, ", %s", w->name);
    return unknown(in, word, &all);
}

/* Reads one heading line, given without its "--@"; cuts it in place. */
static enum status read_line(struct reading *in, char *text)
{
    size_t len = strcspn(text, " \t");
    char *rest = text + len + (text[len] != '\0');
    text[len] = '\0';
    in->word = words;
    while (in->word->name != NULL && /* "one page" by its first word */
           (strncmp(in->word->name, text, len) != 0 ||
            strcspn(in->word->name, " ") != len))
        in->word++;
    if (in->word->name == NULL)
        return unknown_word(in, text);
    if (in->word->in_block && in->r->block_count == 0)
        return mistake(in, _("begin a block first, with a line like \"--@ "
                             "table NAME\""));
    in->fields = split(rest, '|');
    enum status st = in->word->read(in);
    free(in->fields.at);
    return st;
}

/* ------------------------------------------------------------- the queries */

/* The start of the text's nth line, counted from 1. */
static char *line_start(char *text, int n)
{
    while (--n > 0)
        text += strcspn(text, "\n") + 1;
    return text;
}

/* Gives each block its query: the text from its first line to the next
 * block's; heading lines are comments to SQL. */
static void cut_queries(struct report_spec *r)
{
    for (size_t i = r->block_count; i-- > 0;) {
        char *from = line_start(r->queries, r->blocks[i].line);
        r->blocks[i].sql = from;
        if (i > 0)
            from[-1] = '\0';
    }
}

static enum status read_lines(struct reading *in, char *text)
{
    enum status st = ST_OK;
    for (char *next; text != NULL && st == ST_OK; text = next) {
        next = strchr(text, '\n');
        if (next != NULL)
            *next++ = '\0';
        in->line++;
        if (strncmp(text, "--@", 3) == 0)
            st = read_line(in, text_trim(text + 3));
    }
    return st;
}

enum status spec_parse(struct report_spec *r, const char *file,
                       const char *text, struct err *e)
{
    *r = (struct report_spec){.file = file};
    struct reading in = {.r = r, .e = e};
    if (!text_is_utf8(text, strlen(text)))
        return err_set(e, ST_BAD_DATA,
                       _("%s is not UTF-8 text: save it as UTF-8"), file);
    r->headings = xstrdup(text);
    r->queries = xstrdup(text);
    enum status st = read_lines(&in, r->headings);
    if (st == ST_OK && r->block_count == 0) { /* then it is one table */
        struct block_spec *b = add_block(r, 1, "table");
        b->filter = b->freeze = true;
    }
    if (st == ST_OK && r->blocks[r->block_count - 1].kind == BLOCK_EACH)
        st = err_set(e, ST_BAD_DATA,
                     _("%s:%d: there is no block below to repeat"), file,
                     r->blocks[r->block_count - 1].line);
    if (st == ST_OK)
        cut_queries(r);
    return st;
}

void spec_release(struct report_spec *r)
{
    for (size_t i = 0; i < r->block_count; i++) {
        struct block_spec *b = &r->blocks[i];
        for (size_t c = 0; c < b->chart_count; c++)
            free(b->charts[c].y.at);
        free(b->columns);
        free(b->rules);
        free(b->charts);
        free(b->pale.at);
    }
    for (size_t i = 0; i < r->list_count; i++)
        free(r->lists[i].choices.at);
    free(r->blocks);
    free(r->lists);
    free(r->headings);
    free(r->queries);
    *r = (struct report_spec){0};
}
