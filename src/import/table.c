/* A file as a table of known fields. */
#include "import/table.h"
#include "base/digest.h"
#include "base/i18n.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

enum {
    NAMES_SHOWN = 30,    /* headings that a note names */
    HEADING_ROWS = 10,   /* rows among which the headings are looked for */
    PROGRESS_ROWS = 2000 /* rows between two calls of options->progress */
};

/*------------------------------------------------------- --set and --map */

/* Splits "FIELD=TEXT"; *text points behind the sign. -1 with a usage error
 * that lists the fields when there is no such field. */
static int split_option(const struct heading_set *set, const char *option,
                        const char *arg, const char **text, struct err *e)
{
    const char *sign = strchr(arg, '=');
    char *name = xstrndup(arg, sign != NULL ? (size_t)(sign - arg) : 0);
    int field = sign != NULL ? heading_field_of(set, name) : -1;
    if (field < 0) {
        struct buf all = BUF_INIT;
        for (size_t f = 0; f < set->count; f++)
            buf_addf(&all, "%s%s", f > 0 ? ", " : "", set->fields[f].name);
        err_set(e, ST_USAGE,
                _("%s \"%s\": write FIELD=TEXT, with one of the fields %s"),
                option, arg, buf_str(&all));
        buf_release(&all);
    }
    free(name);
    *text = sign != NULL ? sign + 1 : NULL;
    return field;
}

static enum status named_twice(const char *option, const char *field,
                               struct err *e)
{
    return err_set(e, ST_USAGE, _("%s names the field %s twice"), option,
                   field);
}

static enum status read_set(struct table *t, struct err *e)
{
    t->fixed = xcalloc(t->set->count, sizeof *t->fixed);
    const char *const *arg = t->options->set;
    for (; arg != NULL && *arg != NULL; arg++) {
        const char *value;
        int field = split_option(t->set, "--set", *arg, &value, e);
        if (field < 0)
            return ST_USAGE;
        if (t->fixed[field] != NULL)
            return named_twice("--set", t->set->fields[field].name, e);
        t->fixed[field] = *value != '\0' ? value : NULL;
    }
    return ST_OK;
}

/* The columns that --map names, for each field, or -1. */
static enum status read_map(const struct table *t, int *forced, struct err *e)
{
    for (size_t f = 0; f < t->set->count; f++)
        forced[f] = -1;
    const char *const *arg = t->options->map;
    for (; arg != NULL && *arg != NULL; arg++) {
        const char *heading;
        int field = split_option(t->set, "--map", *arg, &heading, e);
        if (field < 0)
            return ST_USAGE;
        if (forced[field] >= 0)
            return named_twice("--map", t->set->fields[field].name, e);
        int c = heading_column_of((const char *const *)t->texts, t->columns,
                                  heading);
        if (c < 0)
            return err_set(e, ST_BAD_DATA,
                           c == -1
                               ? _("--map %s: the file has no column \"%s\"")
                               : _("--map %s: the file has several columns "
                                   "\"%s\""),
                           t->set->fields[field].name, heading);
        forced[field] = c;
    }
    return ST_OK;
}

/*--------------------------------------------------------------- headings */

static void free_texts(char **texts, size_t count)
{
    for (size_t c = 0; c < count && texts != NULL; c++)
        free(texts[c]);
    free(texts);
}

/* Takes the row's cells as headings; line ends inside become spaces. */
static void take_headings(struct table *t)
{
    t->columns = t->row.count;
    t->heading_line = t->row.line;
    t->texts = xcalloc(t->columns, sizeof *t->texts);
    for (size_t c = 0; c < t->columns; c++)
        t->texts[c] = text_trim(text_one_line(t->row.cells[c]));
}

/* Spreads the headings of groups over their columns: "Association;;;Montants"
 * is "Association;Association;Association;Montants". */
static void spread(char **texts, size_t count)
{
    for (size_t c = 1; c < count; c++)
        if (*texts[c] == '\0') {
            free(texts[c]);
            texts[c] = xstrdup(texts[c - 1]);
        }
}

static void add_name(struct buf *b, const char *name)
{
    buf_adds(b, b->len > 0 ? ", " : "");
    buf_addf(b, _("\"%s\""), name);
}

/* ST_BAD_DATA when a required field has neither column nor --set. Of a
 * platform's many columns, its own are no candidates. */
static enum status check_required(const struct table *t, const int *required,
                                  struct err *e)
{
    struct buf missing = BUF_INIT, found = BUF_INIT;
    const char *first = NULL;
    for (; *required >= 0; required++)
        if (t->headings.column[*required] < 0 && t->fixed[*required] == NULL) {
            const char *name = t->set->fields[*required].name;
            first = first != NULL ? first : name;
            add_name(&missing, name);
        }
    for (size_t c = 0; c < t->columns; c++)
        if (*t->texts[c] != '\0' &&
            (t->columns <= NAMES_SHOWN || t->headings.fate[c] != HEADING_KNOWN))
            add_name(&found, t->texts[c]);
    enum status st = ST_OK;
    if (first != NULL && t->columns == 1 &&
        strpbrk(t->texts[0], ";,|:") != NULL)
        st = err_set(e, ST_BAD_DATA,
                     _("line %zu is one column, %s: name the separator with "
                       "--delimiter, and take out quotes around whole lines"),
                     t->heading_line, buf_str(&found));
    else if (first != NULL)
        st = err_set(e, ST_BAD_DATA,
                     _("no column was recognised for %s. Name it with --map "
                       "%s=HEADING, or give all rows a value with --set "
                       "%s=VALUE. The headings on line %zu are: %s"),
                     buf_str(&missing), first, first, t->heading_line,
                     buf_str(&found));
    buf_release(&missing);
    buf_release(&found);
    return st;
}

static size_t count_read(const struct headings *h)
{
    size_t n = 0;
    for (size_t c = 0; c < h->columns; c++)
        n += h->fate[c] == HEADING_READ;
    return n;
}

/* Tries the row at hand as the row of headings, below `over`. */
static enum status try_headings(struct table *t, char **over,
                                const int *required, struct err *e)
{
    take_headings(t);
    int *forced = xcalloc(t->set->count, sizeof *forced);
    enum status st = read_map(t, forced, e);
    if (st == ST_OK)
        st = headings_match(t->set, (const char *const *)t->texts,
                            (const char *const *)over, t->columns, forced,
                            &t->headings, e);
    if (st == ST_OK)
        st = check_required(t, required, e);
    free(forced);
    return st;
}

/* Looks for the headings. What is wrong with the row that comes nearest is
 * what the user is told. */
static enum status find_headings(struct table *t, const int *required,
                                 struct err *e)
{
    enum status st = ST_BAD_DATA;
    char **over = NULL;
    size_t over_count = 0, best = 0;
    err_set(e, ST_BAD_DATA, _("%s: the file is empty"), csv_in_name(t->in));
    for (int n = 0; n < HEADING_ROWS && csv_in_next(t->in, &t->row); n++) {
        struct err why = {0};
        if (t->row.fault != NULL) {
            if (n == 0) {
                err_set(e, ST_BAD_DATA, _("%s, line %zu: %s"),
                        csv_in_name(t->in), t->row.line, t->row.fault);
                e->line = t->row.line;
            }
            continue;
        }
        bool two = over != NULL && over_count == t->row.count;
        st = try_headings(t, two ? over : NULL, required, &why);
        if (st != ST_BAD_DATA) {
            if (st != ST_OK)
                err_set(e, st, "%s", why.msg);
            if (!two)
                buf_reset(&t->above);
            break;
        }
        size_t good = count_read(&t->headings);
        if (n == 0 || good > best) {
            err_set(e, st, _("%s: %s"), csv_in_name(t->in), why.msg);
            e->line = t->heading_line;
        }
        best = good > best ? good : best;
        buf_reset(&t->above);
        csv_in_raw(t->in, &t->above);
        free_texts(over, over_count);
        over = t->texts;
        over_count = t->columns;
        spread(over, over_count);
        headings_release(&t->headings);
        t->texts = NULL;
        t->columns = 0;
    }
    free_texts(over, over_count);
    return st;
}

/* The columns in the order of their folded headings, without our own. */
static void order_columns(struct table *t)
{
    static const char *const own[] = REJECTS_HEADINGS;
    size_t count = 0;
    t->keys = xcalloc(t->columns, sizeof *t->keys);
    t->order = xcalloc(t->columns + 1, sizeof *t->order);
    for (size_t c = 0; c < t->columns; c++) {
        t->keys[c] = text_key_tight(t->texts[c]);
        if (strcmp(t->texts[c], own[0]) == 0 ||
            strcmp(t->texts[c], own[1]) == 0)
            continue;
        size_t at = count++;
        for (; at > 0 && strcmp(t->keys[t->order[at - 1]], t->keys[c]) > 0;
             at--)
            t->order[at] = t->order[at - 1];
        t->order[at] = c;
    }
    t->order[count] = t->columns; /* the end */
}

/* The columns up to the last one with a heading: blank ones behind it are what
 * a spreadsheet leaves, and leaves out of some rows. */
static size_t last_heading(const struct table *t)
{
    size_t n = t->columns;
    while (n > 0 && t->headings.fate[n - 1] == HEADING_BLANK)
        n--;
    return n;
}

/* One note for all columns of a fate. */
static void note_columns(struct table *t, enum heading_fate fate,
                         const char *fmt)
{
    struct buf names = BUF_INIT;
    size_t count = 0;
    for (size_t c = 0; c < t->columns; c++)
        if (t->headings.fate[c] == fate && ++count <= NAMES_SHOWN)
            add_name(&names, t->texts[c]);
    if (count > NAMES_SHOWN)
        buf_addf(&names, ", … (%zu)", count);
    if (names.len > 0) {
        char *message = xasprintf(fmt, buf_str(&names));
        notes_add_file(&t->report->warnings, t->heading_line, message);
        free(message);
    }
    buf_release(&names);
}

static void open_rejects(struct table *t)
{
    if (t->options->rejects == NULL)
        return;
    struct buf raw = BUF_INIT;
    csv_in_raw(t->in, &raw);
    t->rejects = rejects_new(t->options->rejects, csv_in_delimiter(t->in),
                             buf_str(&t->above), buf_str(&raw));
    buf_release(&raw);
}

enum status table_open(struct table *t, const char *path,
                       const struct heading_set *set, const int *required,
                       const struct import_options *options,
                       struct import_report *report, struct err *e)
{
    *t = (struct table){.set = set, .options = options, .report = report};
    struct csv_in_options how = {options->encoding, options->delimiter};
    enum status st = read_set(t, e);
    if (st == ST_OK)
        st = csv_in_open(&t->in, path, &how, e);
    if (st == ST_OK) {
        st = find_headings(t, required, e);
        enum status end = csv_in_status(t->in, e);
        st = end != ST_OK ? end : st;
    }
    if (st != ST_OK)
        return st;
    csv_in_set_columns(t->in, t->columns);
    csv_in_allow_short(t->in, last_heading(t));
    order_columns(t);
    note_columns(t, HEADING_UNKNOWN,
                 _("columns that are not known and were not read (name one "
                   "with --map): %s"));
    note_columns(t, HEADING_PERSONAL,
                 _("columns about persons are never read: %s"));
    open_rejects(t);
    return ST_OK;
}

/*------------------------------------------------------------------- rows */

/* Trims the cells; false when none says anything. */
static bool trim_cells(struct table *t)
{
    bool any = false;
    for (size_t c = 0; c < t->row.count; c++)
        any |= *text_trim(t->row.cells[c]) != '\0';
    return any;
}

/* Whether the row says what the headings say: they stand on each page, at
 * times in capitals. The length spares most rows the folding. */
static bool repeats_headings(const struct table *t)
{
    if (t->row.count != t->columns)
        return false;
    for (size_t c = 0; c < t->columns; c++)
        if (strlen(t->row.cells[c]) != strlen(t->texts[c]) ||
            !text_same(t->row.cells[c], t->texts[c]))
            return false;
    return true;
}

static void say_fault(struct table *t)
{
    size_t c = t->row.fault_cell;
    bool cell = t->row.fault_value != NULL && c < t->columns;
    table_error(t, cell ? t->texts[c] : NULL, t->row.fault_value, t->row.fault);
}

/* What a spreadsheet shows in the place of a value that it could not work out,
 * in English and French. */
static bool is_sheet_error(const char *cell)
{
    static const char *const errors[] = {
        "#REF!",   "#N/A",   "#NAME?", "#NOM?", "#VALUE!", "#VALEUR!",
        "#DIV/0!", "#NULL!", "#NUL!",  "#NUM!", "#NOMBRE!"};
    if (*cell != '#')
        return false;
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
        if (strcasecmp(cell, errors[i]) == 0)
            return true;
    return cell[1] == '#' && cell[strspn(cell, "#")] == '\0';
}

bool table_next(struct table *t)
{
    while (csv_in_next(t->in, &t->row)) {
        struct import_report *r = t->report;
        r->rows++;
        t->bad = false;
        t->first_error = r->errors.count;
        t->first_warning = r->warnings.count;
        if (t->options->progress != NULL && r->rows % PROGRESS_ROWS == 0)
            t->options->progress(t->row.line);
        if (t->row.fault != NULL) {
            say_fault(t);
            return true;
        }
        if (trim_cells(t) && !repeats_headings(t)) {
            if (t->row.garbled)
                table_warn(t, NULL, NULL,
                           _("accents of this row were lost before it came "
                             "here: correct them at the source"));
            return true;
        }
        r->skipped++;
    }
    return false;
}

/* A dash alone is how people say: nothing. */
static bool is_nothing(const char *cell)
{
    return *cell == '\0' || strcmp(cell, "-") == 0 ||
           strcmp(cell, "\xE2\x80\x93") == 0 ||
           strcmp(cell, "\xE2\x80\x94") == 0;
}

const char *table_own(const struct table *t, int field)
{
    int c = t->headings.column[field];
    if (c < 0 || (size_t)c >= t->row.count || is_nothing(t->row.cells[c]))
        return NULL;
    return t->row.cells[c];
}

const char *table_get(const struct table *t, int field)
{
    const char *cell = table_own(t, field);
    return cell != NULL ? cell : t->fixed[field];
}

const char *table_heading(const struct table *t, int field)
{
    int c = t->headings.column[field];
    return c >= 0 ? t->texts[c] : t->set->fields[field].name;
}

void table_error(struct table *t, const char *column, const char *value,
                 const char *message)
{
    t->bad = true;
    if (!notes_mention(&t->report->errors, t->first_error, column))
        notes_add(&t->report->errors, t->row.line, column, value, message);
}

void table_warn(struct table *t, const char *column, const char *value,
                const char *message)
{
    if (!notes_mention(&t->report->errors, t->first_error, column) &&
        !notes_mention(&t->report->warnings, t->first_warning, column))
        notes_add(&t->report->warnings, t->row.line, column, value, message);
}

void table_field_error(struct table *t, int field, const char *message)
{
    table_error(t, table_heading(t, field), table_get(t, field), message);
}

void table_field_warn(struct table *t, int field, const char *message)
{
    table_warn(t, table_heading(t, field), table_get(t, field), message);
}

void table_refuse_errors(struct table *t, const int *spared)
{
    for (size_t f = 0; f < t->set->count; f++) {
        const char *cell = table_own(t, (int)f);
        bool spare = false;
        if (cell == NULL || !is_sheet_error(cell))
            continue;
        for (const int *s = spared; s != NULL && *s >= 0; s++)
            spare |= *s == (int)f;
        if (!spare) {
            table_field_error(t, (int)f,
                              _("the spreadsheet shows an error here, not a "
                                "value: correct the cell at the source"));
            continue;
        }
        table_field_warn(t, (int)f,
                         _("the spreadsheet shows an error here, not a value; "
                           "it was left out"));
        *t->row.cells[t->headings.column[f]] = '\0';
    }
}

void table_rule_error(struct table *t, const struct err *why)
{
    int field =
        why->column != NULL ? heading_field_of(t->set, why->column) : -1;
    if (field >= 0)
        table_field_error(t, field, why->msg);
    else
        table_error(t, NULL, NULL, why->msg);
}

void table_hide(struct table *t, int field)
{
    const char *column = table_heading(t, field);
    notes_hide(&t->report->errors, t->first_error, column);
    notes_hide(&t->report->warnings, t->first_warning, column);
}

enum status table_reject(struct table *t, struct err *e)
{
    t->report->rejected++;
    if (t->rejects == NULL)
        return ST_OK;
    struct buf why = BUF_INIT, raw = BUF_INIT;
    const struct notes *errors = &t->report->errors;
    for (size_t i = t->first_error; i < errors->count; i++) {
        const struct note *n = &errors->list[i];
        buf_adds(&why, why.len > 0 ? _("; ") : "");
        if (n->column != NULL)
            buf_addf(&why, _("%s: "), n->column);
        buf_adds(&why, n->message);
    }
    csv_in_raw(t->in, &raw);
    enum status st =
        rejects_add(t->rejects, t->row.line, buf_str(&why), buf_str(&raw), e);
    buf_release(&why);
    buf_release(&raw);
    return st;
}

void table_digest(const struct table *t, char out[65])
{
    unsigned char digest[DIGEST_LEN];
    struct buf all = BUF_INIT;
    for (const size_t *c = t->order; *c < t->columns; c++) {
        if (*c >= t->row.count || *t->row.cells[*c] == '\0')
            continue;
        buf_adds(&all, t->keys[*c]);
        buf_add(&all, "", 1); /* no text holds a NUL: nothing runs together */
        buf_adds(&all, t->row.cells[*c]);
        buf_add(&all, "", 1);
    }
    digest_of(buf_str(&all), all.len, digest);
    digest_hex(digest, out);
    buf_release(&all);
}

/* A file in one encoding is what French Excel saves, and only told; one in two
 * was put together of several, and is worth a look. */
static void note_converted(struct table *t)
{
    size_t lines[5], count = csv_in_converted(t->in, lines, 5);
    if (count == 0)
        return;
    if (!csv_in_mixed(t->in)) {
        notes_add_file(&t->report->notices, lines[0],
                       _("The file was read as Windows-1252, as Excel saves "
                         "it."));
        return;
    }
    struct buf list = BUF_INIT;
    for (size_t i = 0; i < count && i < 5; i++)
        buf_addf(&list, "%s%zu", i > 0 ? ", " : "", lines[i]);
    if (count > 5)
        buf_adds(&list, ", …");
    char *message = xasprintf(
        _("the file is in two encodings, these lines in Windows-1252, the "
          "others in UTF-8: check the accents of the lines %s, or name the "
          "encoding with --encoding"),
        buf_str(&list));
    notes_add_file(&t->report->warnings, lines[0], message);
    free(message);
    buf_release(&list);
}

enum status table_finish(struct table *t, bool keep, struct err *e)
{
    enum status st = csv_in_status(t->in, e);
    note_converted(t);
    if (st == ST_OK && keep && t->rejects != NULL) {
        st = rejects_ready(t->rejects, e);
        t->report->rejects = t->rejects;
        t->rejects = NULL;
    }
    return st;
}

void table_close(struct table *t)
{
    csv_in_close(t->in);
    rejects_close(t->rejects);
    buf_release(&t->above);
    headings_release(&t->headings);
    free_texts(t->texts, t->columns);
    free_texts(t->keys, t->columns);
    free(t->order);
    free(t->fixed);
    *t = (struct table){0};
}
