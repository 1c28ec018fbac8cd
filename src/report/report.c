/* Workbooks made of reports. */
#include "report/report.h"
#include "base/embedded.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "core/day.h"
#include "report/sheet.h"
#include "store/results.h"

#include <stdlib.h>
#include <string.h>

/* A workbook being made. */
struct making {
    const struct report_job *job;
    struct call_facts facts;
    char *as_of;
    struct layout *sheets;
    struct xlsx *book;
};

/* --------------------------------------------------------- what is read in */

static void step(const struct making *m, size_t n)
{
    if (m->job->progress != NULL)
        m->job->progress(m->job->arg, n, 2 * m->job->count + 1);
}

static enum status parse_all(struct making *m, struct err *e)
{
    enum status st = ST_OK;
    m->sheets = xcalloc(m->job->count, sizeof *m->sheets);
    for (size_t i = 0; i < m->job->count && st == ST_OK; i++)
        st = spec_parse(&m->sheets[i].spec, m->job->sources[i].file,
                        m->job->sources[i].text, e);
    return st;
}

static enum status layout_all(struct making *m, struct err *e)
{
    struct analysis_wish wish = {0};
    for (size_t i = 0; i < m->job->count; i++)
        analysis_wish_of(m->job->sources[i].text, &wish);
    enum status st = results_compute(m->job->db, m->job->call, &wish, e);
    if (st == ST_OK)
        st = reader_begin(m->job->db, e);
    for (size_t i = 0; i < m->job->count && st == ST_OK; i++) {
        step(m, i + 1);
        st = layout_make(&m->sheets[i], m->job->db, m->job->call, e);
    }
    reader_end(m->job->db);
    return st;
}

/* ---------------------------------------------------------- what is written */

/* The moment of the last change, so that the same data gives the same bytes;
 * the first day of 2000 where nothing says it. */
static int64_t created_at(const struct call_facts *f)
{
    const char *at = f->changed_at;
    return 60 * minute_number(at != NULL && strlen(at) == MINUTE_LEN - 1
                                  ? at
                                  : "2000-01-01 00:00");
}

/* The tab's name: the report's, or its file's without folder and ".sql". */
static struct xlsx_sheet *add_sheet(struct xlsx *book,
                                    const struct report_spec *r)
{
    if (r->sheet != NULL)
        return xlsx_add_sheet(book, show_term(r->sheet));
    const char *slash = strrchr(r->file, '/');
    const char *base = slash != NULL ? slash + 1 : r->file;
    size_t len = strlen(base);
    if (len > 4 && strcmp(base + len - 4, ".sql") == 0)
        len -= 4;
    char *name = xstrndup(base, len);
    struct xlsx_sheet *s = xlsx_add_sheet(book, name);
    free(name);
    return s;
}

static void add_lists(struct xlsx *book, const struct report_spec *r)
{
    for (size_t i = 0; i < r->list_count; i++) {
        const struct list_spec *l = &r->lists[i];
        size_t n = l->choices.count;
        const char **values = xcalloc(n, sizeof *values);
        for (size_t v = 0; v < n; v++)
            values[v] = show_term(l->choices.at[v]);
        xlsx_source(book, r->file, l->line);
        xlsx_add_list(book, l->name, values, n);
        free(values);
    }
}

static enum status write_all(struct making *m, struct err *e)
{
    struct sheet_context c = {.book = m->book,
                              .sheets = m->sheets,
                              .sheet_count = m->job->count,
                              .agency = m->facts.agency,
                              .call_title = m->facts.title,
                              .as_of = m->as_of};
    for (size_t i = 0; i < m->job->count; i++) {
        m->sheets[i].sheet = add_sheet(m->book, &m->sheets[i].spec);
        add_lists(m->book, &m->sheets[i].spec);
    }
    enum status st = ST_OK;
    for (size_t i = 0; i < m->job->count && st == ST_OK; i++) {
        step(m, m->job->count + i + 1);
        st = sheet_write(&c, &m->sheets[i], e);
    }
    return st;
}

/* Reads, computes and writes in the language of the documents. */
static enum status make(struct making *m, struct err *e)
{
    char changed[MINUTE_LEN] = "";
    if (m->facts.changed_at != NULL)
        minute_text(m->facts.changed_at, changed);
    m->as_of = xasprintf(_("Data of %s"), changed);
    enum status st = layout_all(m, e);
    return st == ST_OK ? write_all(m, e) : st;
}

static void release(struct making *m)
{
    for (size_t i = 0; m->sheets != NULL && i < m->job->count; i++)
        layout_release(&m->sheets[i]);
    free(m->sheets);
    free(m->as_of);
    xlsx_discard(m->book);
    call_facts_release(&m->facts);
}

enum status report_write(const struct report_job *job, struct err *e)
{
    struct making m = {.job = job};
    enum status st = call_facts_read(job->db, job->call, &m.facts, e);
    if (st == ST_OK)
        st = parse_all(&m, e);
    if (st != ST_OK)
        goto done;
    struct xlsx_info info = {m.facts.title, m.facts.agency,
                             created_at(&m.facts)};
    st = xlsx_create(&m.book, job->path, job->force, &info, e);
    if (st != ST_OK)
        goto done;
    i18n_document(m.facts.lang);
    st = make(&m, e);
    if (st == ST_OK && !job->dry_run) {
        step(&m, 2 * job->count + 1);
        st = xlsx_finish(m.book, e);
        m.book = NULL;
    }
    i18n_screen();
done:
    release(&m);
    return st;
}

/* ---------------------------------------------- what travels in the program */

/* The name of the workbook that an embedded file belongs to, or NULL. */
static const char *workbook_of(const struct embedded *f, size_t *len)
{
    static const char folder[] = "reports/";
    if (strncmp(f->name, folder, sizeof folder - 1) != 0)
        return NULL;
    const char *name = f->name + sizeof folder - 1;
    *len = strcspn(name, "/");
    return name;
}

static enum status no_workbook(const char *name, struct err *e)
{
    struct buf known = BUF_INIT;
    const char *last = "";
    size_t last_len = 0, len;
    for (const struct embedded *f = embedded_files; f->name != NULL; f++) {
        const char *book = workbook_of(f, &len);
        if (book == NULL || (len == last_len && !strncmp(book, last, len)))
            continue;
        buf_addf(&known, known.len > 0 ? ", %.*s" : "%.*s", (int)len, book);
        last = book;
        last_len = len;
    }
    enum status st = err_set(e, ST_NO_INPUT,
                             _("there is no workbook \"%s\": choose among %s, "
                               "or name a file that ends with .sql"),
                             name, buf_str(&known));
    buf_release(&known);
    return st;
}

enum status report_builtin(const char *name, struct report_source **out,
                           size_t *count, struct err *e)
{
    *out = NULL;
    *count = 0;
    for (const struct embedded *f = embedded_files; f->name != NULL; f++) {
        size_t len;
        const char *book = workbook_of(f, &len);
        if (book == NULL || strlen(name) != len || strncmp(book, name, len))
            continue;
        *out = xrealloc(*out, *count + 1, sizeof **out);
        (*out)[(*count)++] = (struct report_source){f->name, f->text};
    }
    return *count > 0 ? ST_OK : no_workbook(name, e);
}
