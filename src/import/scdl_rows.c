/* SCDL files: rows held against the schema of open data. */
#include "import/scdl_rows.h"
#include "base/i18n.h"

#include <string.h>

enum { OFFICIAL_HEADINGS = 6 }; /* spelled as in the schema: no accident */

static void note_headings(const struct scdl_table *s, struct table *t)
{
    struct notes *warnings = &t->report->warnings;
    struct err why;
    for (int i = 0; i < SCDL_COLUMNS; i++) {
        int c = s->column[i];
        if (c >= 0 && strcmp(t->texts[c], scdl_names[i]) != 0) {
            err_set(&why, ST_BAD_DATA,
                    _("the schema spells this heading \"%s\""), scdl_names[i]);
            notes_add(warnings, t->heading_line, t->texts[c], NULL, why.msg);
        } else if (c < 0 &&
                   scdl_check((enum scdl_column)i, "", NULL) == SCDL_BROKEN) {
            err_set(&why, ST_BAD_DATA,
                    _("the file lacks the column \"%s\" that the schema "
                      "requires"),
                    scdl_names[i]);
            notes_add(warnings, t->heading_line, scdl_names[i], NULL, why.msg);
        }
    }
}

void scdl_open(struct scdl_table *s, struct table *t)
{
    int exact = 0;
    for (int i = 0; i < SCDL_COLUMNS; i++)
        s->column[i] = -1;
    for (size_t c = 0; c < t->columns; c++) {
        enum scdl_column i = scdl_column_of(t->texts[c]);
        if (i == SCDL_COLUMNS)
            continue;
        s->column[i] = (int)c;
        exact += strcmp(t->texts[c], scdl_names[i]) == 0;
    }
    s->official = csv_in_delimiter(t->in) == ',' && exact >= OFFICIAL_HEADINGS;
    if (s->official)
        note_headings(s, t);
}

static const char *cell(const struct scdl_table *s, const struct table *t,
                        enum scdl_column i)
{
    return s->column[i] >= 0 ? t->row.cells[s->column[i]] : "";
}

static void check_cell(const struct scdl_table *s, struct table *t,
                       enum scdl_column i)
{
    struct err why;
    const char *value = cell(s, t, i);
    const char *heading = t->texts[s->column[i]];
    enum scdl_verdict v = scdl_check(i, value, &why);
    if (v == SCDL_BROKEN)
        table_error(t, heading, value, why.msg);
    else if (v == SCDL_DOUBTFUL)
        table_warn(t, heading, value, why.msg);
}

void scdl_check_row(const struct scdl_table *s, struct table *t)
{
    if (!s->official) {
        if (*cell(s, t, SCDL_ID_ATTRIBUANT) != '\0')
            check_cell(s, t, SCDL_ID_ATTRIBUANT);
        return;
    }
    for (int i = 0; i < SCDL_COLUMNS; i++)
        if (s->column[i] >= 0)
            check_cell(s, t, (enum scdl_column)i);
    if (*cell(s, t, SCDL_ID_BENEFICIAIRE) == '\0' &&
        *cell(s, t, SCDL_RNA_BENEFICIAIRE) == '\0')
        table_error(t, scdl_names[SCDL_ID_BENEFICIAIRE], "",
                    _("neither SIRET nor RNA number: the schema requires one "
                      "of the two"));
}
