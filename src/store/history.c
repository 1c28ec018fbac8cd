/* The journal as people read it: who changed what, when. */
#include "store/history.h"
#include "base/embedded.h"
#include "base/mem.h"
#include "base/text.h"
#include "store/sql.h"

#include <stdlib.h>
#include <string.h>

/* Adds the stored names that contain `key` when folded, each between line
 * ends; `names` stays as it was when there is none. */
static enum status find_actors(struct db *db, const char *key,
                               struct buf *names, struct err *e)
{
    struct query q = query_start(db, e,
                                 "SELECT actor FROM seal UNION"
                                 " SELECT acting_as FROM seal",
                                 "");
    while (query_next(&q)) {
        const char *name = query_text(&q, 0);
        char *folded = name != NULL ? text_key(name) : NULL;
        if (folded != NULL && strstr(folded, key) != NULL)
            buf_addf(names, "%s\n", name);
        free(folded);
    }
    return query_end(&q);
}

enum status history_read(struct db *db, const struct history_filter *f,
                         struct rows *rows, struct err *e)
{
    struct buf names = BUF_INIT;
    const char *none = NULL;
    enum status st = ST_OK;
    *rows = (struct rows){0};
    if (f->actor != NULL) {
        char *key = text_key(f->actor);
        buf_adds(&names, "\n");
        st = find_actors(db, key, &names, e);
        free(key);
    }
    if (st == ST_OK)
        st = sql_rows(db, rows, e, embedded_text("schema/history.sql"),
                      "itttitt", f->project, f->since, f->until,
                      f->actor != NULL ? buf_str(&names) : NULL,
                      f->limit > 0 ? f->limit : INT64_C(-1), none, none);
    buf_release(&names);
    return st;
}

char *history_row_name(struct db *db, const char *tab, const char *json)
{
    struct rows rows;
    char *name = NULL;
    const char *none = NULL;
    sql_rows(db, &rows, NULL, embedded_text("schema/history.sql"), "itttitt",
             INT64_C(0), none, none, none, INT64_C(0), tab, json);
    if (rows.count > 0 && rows_at(&rows, 0, rows_column(&rows, "row"))->s)
        name = xstrdup(rows_at(&rows, 0, rows_column(&rows, "row"))->s);
    rows_release(&rows);
    return name;
}
