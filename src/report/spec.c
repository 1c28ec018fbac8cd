/* Reads the heading lines of a report. */
#include "report/spec.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* What is being read: the report, the line, and the line's fields. */
struct reading {
    struct report_spec *r;
    int line;
    char *word;    /* behind "--@" */
    char **fields; /* the rest, cut at "|" and trimmed */
    size_t count;
    struct err *e;
};

static enum status mistake(const struct reading *in, const char *what)
{
    return err_set(in->e, ST_BAD_DATA, "%s:%d: %s", in->r->file, in->line,
                   what);
}

static enum status unknown(const struct reading *in, const char *what,
                           const char *expected)
{
    return err_set(in->e, ST_BAD_DATA,
                   _("%s:%d: \"%s\" is not known here: write one of %s"),
                   in->r->file, in->line, what, expected);
}

/* The field, "" when there are not so many. */
static const char *field(const struct reading *in, size_t i)
{
    return i < in->count ? in->fields[i] : "";
}

static void set(char **place, const char *text)
{
    free(*place);
    *place = xstrdup(text);
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

/* Cuts `text` at `cut` into trimmed copies. */
static char **split(const char *text, char cut, size_t *count)
{
    char **parts = NULL;
    *count = 0;
    for (;;) {
        size_t len = strcspn(text, (char[]){cut, '\0'});
        parts = xrealloc(parts, *count + 1, sizeof *parts);
        parts[(*count)++] = text_trim(xstrndup(text, len));
        if (text[len] == '\0')
            return parts;
        text += len + 1;
    }
}

static void free_parts(char **parts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        free(parts[i]);
    free(parts);
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

/* The value behind "key:", or NULL when the option is another one. */
static const char *option_value(const char *option, const char *key)
{
    size_t len = strlen(key);
    if (strncmp(option, key, len) != 0 || option[len] != ':')
        return NULL;
    const char *value = option + len + 1;
    while (*value == ' ')
        value++;
    return value;
}

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
    set(&c->of, text + len + 1);
    return ST_OK;
}

static enum status column_option(const struct reading *in,
                                 struct column_spec *c, const char *option)
{
    const struct {
        const char *key;
        char **text;
    } texts[] = {{"formula", &c->formula}, {"limit", &c->limit},
                 {"list", &c->list},       {"name", &c->cell_name},
                 {"by", &c->by},           {"template", &c->template}};
    const struct {
        const char *key;
        bool *flag;
    } flags[] = {{"bold", &c->bold}, {"centre", &c->centre},
                 {"bar", &c->bar},   {"total", &c->total},
                 {"edit", &c->edit}, {"aside", &c->aside}};
    const char *value;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if ((value = option_value(option, texts[i].key)) != NULL) {
            set(texts[i].text, value);
            return *value != '\0' ? ST_OK
                                  : mistake(in, _("an option has no value"));
        }
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        if (strcmp(option, flags[i].key) == 0) {
            *flags[i].flag = true;
            return ST_OK;
        }
    if ((value = option_value(option, "of")) != NULL)
        return row_function(in, c, value);
    if ((value = option_value(option, "width")) != NULL)
        return whole(in, value, 200, &c->width);
    if ((value = option_value(option, "span")) != NULL)
        return whole(in, value, 50, &c->span);
    return unknown(in, option,
                   "width:, span:, bold, centre, bar, total, edit, aside, "
                   "list:, limit:, name:, formula:, template:, by:, of:");
}

static const char *const format_names[] = {
    "",      "text", "wrap", "term",    "integer", "money",
    "score", "mark", "mean", "percent", "date",    "time"};

static enum status column_format(const struct reading *in, const char *name,
                                 enum column_format *out)
{
    for (size_t i = 0; i < sizeof format_names / sizeof *format_names; i++)
        if (strcmp(name, format_names[i]) == 0) {
            *out = (enum column_format)i;
            return ST_OK;
        }
    return unknown(
        in, name,
        "text, wrap, term, integer, money, score, mark, mean, percent, "
        "date, time");
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
    struct block_spec *b = last_block(in);
    struct column_spec *c =
        grow(&b->columns, &b->column_count, sizeof *b->columns);
    c->line = in->line;
    set(&c->name, field(in, 0));
    set(&c->heading, field(in, 1));
    if (*c->name == '\0')
        return mistake(in, _("write: column NAME | HEADING | FORMAT"));
    enum status st = column_format(in, field(in, 2), &c->format);
    if (c->format == COLUMN_BY_NAME)
        c->format = spec_format_by_name(c->name);
    for (size_t i = 3; i < in->count && st == ST_OK; i++)
        st = column_option(in, c, in->fields[i]);
    return st == ST_OK ? check_list(in, c->list) : st;
}

static enum status read_rule(struct reading *in)
{
    static const char *const looks[] = {"alert", "warn", "good", "muted",
                                        "strong"};
    struct block_spec *b = last_block(in);
    struct rule_spec *r = grow(&b->rules, &b->rule_count, sizeof *b->rules);
    r->line = in->line;
    set(&r->column, field(in, 1));
    set(&r->formula, field(in, 2));
    if (in->count != 3)
        return mistake(in, _("write: rule LOOK | COLUMN or * | FORMULA"));
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++)
        if (strcmp(field(in, 0), looks[i]) == 0) {
            r->look = (enum look)i;
            return ST_OK;
        }
    return unknown(in, field(in, 0), "alert, warn, good, muted, strong");
}

static enum status chart_option(const struct reading *in, struct chart_spec *c,
                                const char *option)
{
    const char *value;
    if ((value = option_value(option, "x")) != NULL)
        return set(&c->x, value), ST_OK;
    if ((value = option_value(option, "y")) != NULL) {
        free_parts(c->y, c->y_count);
        c->y = split(value, ',', &c->y_count);
        return ST_OK;
    }
    if ((value = option_value(option, "at")) != NULL)
        return whole(in, value, 200, &c->at);
    if ((value = option_value(option, "span")) != NULL)
        return whole(in, value, 200, &c->span);
    if ((value = option_value(option, "rows")) != NULL)
        return whole(in, value, 100, &c->rows);
    if (strcmp(option, "beside") == 0)
        return c->beside = true, ST_OK;
    return unknown(in, option, "x:, y:, at:, span:, rows:, beside");
}

static enum status read_chart(struct reading *in)
{
    static const char *const kinds[] = {"column", "bar", "pie"};
    struct block_spec *b = last_block(in);
    struct chart_spec *c = grow(&b->charts, &b->chart_count, sizeof *b->charts);
    *c = (struct chart_spec){
        .line = in->line, .kind = -1, .at = 1, .span = 8, .rows = 15};
    set(&c->title, field(in, 1));
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(field(in, 0), kinds[i]) == 0)
            c->kind = (int)i;
    if (c->kind < 0)
        return unknown(in, field(in, 0), "column, bar, pie");
    enum status st = ST_OK;
    for (size_t i = 2; i < in->count && st == ST_OK; i++)
        st = chart_option(in, c, in->fields[i]);
    if (st == ST_OK && (c->x == NULL || c->y_count == 0))
        st = mistake(in, _("a chart needs x: COLUMN and y: COLUMN"));
    return st;
}

static enum status read_group(struct reading *in)
{
    struct block_spec *b = last_block(in);
    b->group_line = in->line;
    set(&b->group, field(in, 0));
    free_parts(b->pale, b->pale_count);
    b->pale = NULL;
    b->pale_count = 0;
    if (in->count > 1)
        b->pale = split(field(in, 1), ',', &b->pale_count);
    return *b->group != '\0' ? ST_OK : mistake(in, _("write: group COLUMN"));
}

static enum status read_text(struct reading *in)
{
    struct block_spec *b = last_block(in);
    const struct {
        const char *word;
        char **place;
    } texts[] = {{"heading", &b->heading},
                 {"note", &b->note},
                 {"total", &b->total},
                 {"empty", &b->empty}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (strcmp(in->word, texts[i].word) == 0)
            set(texts[i].place, field(in, 0));
    return *field(in, 0) != '\0' ? ST_OK
                                 : mistake(in, _("the text is missing"));
}

static enum status read_flag(struct reading *in)
{
    struct block_spec *b = last_block(in);
    if (strcmp(in->word, "filter") == 0)
        b->filter = true;
    else if (strcmp(in->word, "break") == 0)
        b->new_page = true;
    else {
        b->freeze = true;
        b->freeze_line = in->line;
        if (*field(in, 0) != '\0')
            set(&b->freeze_column, field(in, 0));
    }
    return ST_OK;
}

static enum status read_number(struct reading *in)
{
    struct block_spec *b = last_block(in);
    if (strcmp(in->word, "beside") != 0)
        return whole(in, field(in, 0), 50, &b->labels);
    if (in->r->block_count < 2)
        return mistake(in, _("there is no block above to stand beside"));
    return whole(in, field(in, 0), 100, &b->beside);
}

/* --------------------------------------------------- the lines of a sheet */

static enum status read_sheet_text(struct reading *in)
{
    struct report_spec *r = in->r;
    set(strcmp(in->word, "sheet") == 0   ? &r->sheet
        : strcmp(in->word, "title") == 0 ? &r->title
                                         : &r->subtitle,
        field(in, 0));
    return *field(in, 0) != '\0' ? ST_OK
                                 : mistake(in, _("the text is missing"));
}

static enum status read_paper(struct reading *in)
{
    if (strcmp(in->word, "portrait") == 0)
        in->r->portrait = true;
    else if (strcmp(field(in, 0), "page") == 0)
        in->r->one_page = true;
    else
        return mistake(in, _("write: one page"));
    return ST_OK;
}

static enum status read_grid(struct reading *in)
{
    size_t n = 0;
    char **parts = split(field(in, 0), ' ', &n);
    enum status st = n == 2 ? ST_OK : mistake(in, _("write: grid 16 9"));
    if (st == ST_OK)
        st = whole(in, parts[0], 100, &in->r->grid_columns);
    if (st == ST_OK)
        st = whole(in, parts[1], 100, &in->r->grid_width);
    free_parts(parts, n);
    return st;
}

static enum status read_list(struct reading *in)
{
    struct report_spec *r = in->r;
    struct list_spec *l = grow(&r->lists, &r->list_count, sizeof *r->lists);
    l->line = in->line;
    set(&l->name, field(in, 0));
    if (in->count < 2 || *l->name == '\0')
        return mistake(in, _("write: list NAME | CHOICE | CHOICE"));
    l->count = in->count - 1;
    l->values = xcalloc(l->count, sizeof *l->values);
    for (size_t i = 0; i < l->count; i++)
        l->values[i] = xstrdup(in->fields[i + 1]);
    return ST_OK;
}

static enum status read_block(struct reading *in)
{
    static const char *const kinds[] = {"table", "cards", "figures", "text",
                                        "each"};
    struct report_spec *r = in->r;
    for (size_t i = 0; i < r->block_count; i++)
        if (strcmp(r->blocks[i].name, field(in, 0)) == 0)
            return mistake(in, _("the block needs a name of its own"));
    if (*field(in, 0) == '\0')
        return mistake(in, _("the block needs a name of its own"));
    struct block_spec *b = grow(&r->blocks, &r->block_count, sizeof *r->blocks);
    b->line = in->line;
    b->labels = 1;
    set(&b->name, field(in, 0));
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(in->word, kinds[i]) == 0)
            b->kind = (enum block_kind)i;
    return ST_OK;
}

static const struct {
    const char *word;
    enum status (*read)(struct reading *in);
    bool in_block;
} words[] = {
    {"sheet", read_sheet_text, false},    {"title", read_sheet_text, false},
    {"subtitle", read_sheet_text, false}, {"portrait", read_paper, false},
    {"one", read_paper, false},           {"grid", read_grid, false},
    {"list", read_list, false},           {"table", read_block, false},
    {"cards", read_block, false},         {"figures", read_block, false},
    {"text", read_block, false},          {"each", read_block, false},
    {"heading", read_text, true},         {"note", read_text, true},
    {"total", read_text, true},           {"empty", read_text, true},
    {"column", read_column, true},        {"rule", read_rule, true},
    {"group", read_group, true},          {"chart", read_chart, true},
    {"labels", read_number, true},        {"beside", read_number, true},
    {"freeze", read_flag, true},          {"filter", read_flag, true},
    {"break", read_flag, true},
};

/* Reads one heading line, given without its "--@". */
static enum status read_line(struct reading *in, const char *text)
{
    text += strspn(text, " \t");
    size_t len = strcspn(text, " \t");
    in->word = xstrndup(text, len);
    in->fields = split(text + len, '|', &in->count);
    enum status st = ST_BAD_DATA;
    size_t i = 0;
    for (; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i].word, in->word) == 0)
            break;
    if (i == sizeof words / sizeof *words)
        st = unknown(
            in, in->word,
            "sheet, title, subtitle, portrait, one page, grid, list, table, "
            "cards, figures, text, each, heading, note, column, "
            "rule, group, total, empty, labels, freeze, filter, "
            "break, beside, chart");
    else if (words[i].in_block && in->r->block_count == 0)
        st = mistake(in, _("begin a block first, with a line like \"--@ "
                           "table NAME\""));
    else
        st = words[i].read(in);
    free(in->word);
    free_parts(in->fields, in->count);
    return st;
}

/* ------------------------------------------------------------- the queries */

/* The start of the source's nth line, counted from 1. */
static const char *line_start(const char *text, int n)
{
    while (--n > 0) {
        const char *end = strchr(text, '\n');
        if (end == NULL)
            return text + strlen(text);
        text = end + 1;
    }
    return text;
}

/* Gives each block its query: the text from its first line to the next
 * block's; heading lines are comments to SQL. */
static void cut_queries(struct report_spec *r, const char *text)
{
    r->sqls = xcalloc(r->block_count, sizeof *r->sqls);
    for (size_t i = 0; i < r->block_count; i++) {
        const char *from = line_start(text, r->blocks[i].line);
        const char *to = i + 1 < r->block_count
                             ? line_start(text, r->blocks[i + 1].line)
                             : text + strlen(text);
        r->sqls[i] = xstrndup(from, (size_t)(to - from));
        r->blocks[i].sql = r->sqls[i];
    }
}

/* A file without a block is one table. */
static void add_plain_block(struct report_spec *r)
{
    struct block_spec *b = grow(&r->blocks, &r->block_count, sizeof *r->blocks);
    b->kind = BLOCK_TABLE;
    b->line = 1;
    b->labels = 1;
    b->filter = b->freeze = true;
    set(&b->name, "table");
}

enum status spec_parse(struct report_spec *r, const char *file,
                       const char *text, struct err *e)
{
    *r = (struct report_spec){.file = xstrdup(file)};
    struct reading in = {.r = r, .e = e};
    enum status st = ST_OK;
    if (!text_is_utf8(text, strlen(text)))
        return err_set(e, ST_BAD_DATA,
                       _("%s is not UTF-8 text: save it as UTF-8"), file);
    for (const char *at = text; *at != '\0' && st == ST_OK;) {
        size_t len = strcspn(at, "\n");
        in.line++;
        if (strncmp(at, "--@", 3) == 0) {
            char *line = text_trim(xstrndup(at + 3, len - 3));
            st = read_line(&in, line);
            free(line);
        }
        at += at[len] == '\n' ? len + 1 : len;
    }
    if (st == ST_OK && r->block_count == 0)
        add_plain_block(r);
    if (st == ST_OK && r->blocks[r->block_count - 1].kind == BLOCK_EACH) {
        in.line = r->blocks[r->block_count - 1].line;
        st = mistake(&in, _("there is no block below to repeat"));
    }
    if (st == ST_OK)
        cut_queries(r, text);
    return st;
}

/* --------------------------------------------------------------- releasing */

static void release_column(struct column_spec *c)
{
    free(c->name);
    free(c->heading);
    free(c->formula);
    free(c->limit);
    free(c->list);
    free(c->cell_name);
    free(c->by);
    free(c->template);
    free(c->of);
}

static void release_parts(struct block_spec *b)
{
    for (size_t i = 0; i < b->column_count; i++)
        release_column(&b->columns[i]);
    for (size_t i = 0; i < b->rule_count; i++) {
        free(b->rules[i].column);
        free(b->rules[i].formula);
    }
    for (size_t i = 0; i < b->chart_count; i++) {
        free(b->charts[i].title);
        free(b->charts[i].x);
        free_parts(b->charts[i].y, b->charts[i].y_count);
    }
    free(b->columns);
    free(b->rules);
    free(b->charts);
}

static void release_block(struct block_spec *b)
{
    release_parts(b);
    free(b->name);
    free(b->heading);
    free(b->note);
    free(b->total);
    free(b->empty);
    free(b->group);
    free(b->freeze_column);
    free_parts(b->pale, b->pale_count);
}

void spec_release(struct report_spec *r)
{
    for (size_t i = 0; i < r->block_count; i++) {
        release_block(&r->blocks[i]);
        if (r->sqls != NULL)
            free(r->sqls[i]);
    }
    for (size_t i = 0; i < r->list_count; i++) {
        free_parts(r->lists[i].values, r->lists[i].count);
        free(r->lists[i].name);
    }
    free(r->blocks);
    free(r->lists);
    free(r->sqls);
    free(r->file);
    free(r->sheet);
    free(r->title);
    free(r->subtitle);
    *r = (struct report_spec){0};
}
