/* What an import has to say. */
#include "import/report.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

enum { VALUE_SHOWN = 200 }; /* bytes of a cell that a note repeats */

void notes_add(struct notes *n, size_t line, const char *column,
               const char *value, const char *message)
{
    if (n->count == n->cap) {
        n->cap = n->cap * 2 + 16;
        n->list = xrealloc(n->list, n->cap, sizeof *n->list);
    }
    struct note *note = &n->list[n->count++];
    *note = (struct note){
        .line = line, .column = xstrdup(column), .message = xstrdup(message)};
    if (value == NULL)
        return;
    size_t len = text_cut(value, VALUE_SHOWN);
    note->value =
        xasprintf("%.*s%s", (int)len, value, value[len] != '\0' ? "…" : "");
}

void notes_add_file(struct notes *n, size_t line, const char *message)
{
    notes_add(n, line, NULL, NULL, message);
    n->list[n->count - 1].of_file = true;
}

/* They are so already but for the last ones, about the file as a whole; those
 * on one line keep their order. */
void notes_sort(struct notes *n)
{
    for (size_t i = 1; i < n->count; i++) {
        struct note one = n->list[i];
        size_t at = i;
        while (at > 0 && n->list[at - 1].line > one.line)
            at--;
        memmove(&n->list[at + 1], &n->list[at], (i - at) * sizeof one);
        n->list[at] = one;
    }
}

bool notes_mention(const struct notes *n, size_t from, const char *column)
{
    for (size_t i = from; i < n->count; i++)
        if (n->list[i].column != NULL && column != NULL &&
            strcmp(n->list[i].column, column) == 0)
            return true;
    return false;
}

/* A message may hold the value too. */
void notes_hide(struct notes *n, size_t from, const char *column)
{
    for (size_t i = from; i < n->count; i++) {
        struct note *note = &n->list[i];
        if (note->column == NULL || strcmp(note->column, column) != 0)
            continue;
        free(note->value);
        free(note->message);
        note->value = NULL;
        note->message =
            xstrdup(_("this cell needs a look; it is not shown, since the "
                      "association's address is confidential"));
    }
}

static void notes_release(struct notes *n)
{
    for (size_t i = 0; i < n->count; i++) {
        free(n->list[i].column);
        free(n->list[i].value);
        free(n->list[i].message);
    }
    free(n->list);
}

void report_release(struct import_report *r)
{
    notes_release(&r->warnings);
    notes_release(&r->errors);
    notes_release(&r->notices);
    rejects_close(r->rejects);
    *r = (struct import_report){0};
}
