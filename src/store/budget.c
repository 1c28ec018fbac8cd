/* The money of a call: the view `budget`, as it is. */
#include "store/budget.h"
#include "store/sql.h"

enum status budget_lines(struct db *db, int64_t call, struct rows *rows,
                         struct err *e)
{
    return sql_rows(db, rows, e,
                    "SELECT call, envelope_cents, requested_cents,"
                    "       awarded_cents, available_cents, committed_cents,"
                    "       paid_cents, recovered_cents, to_pay_cents,"
                    "       received, eligible, funded, reserve, refused"
                    "  FROM budget WHERE ?1 IN (0, call)"
                    " ORDER BY call DESC",
                    "i", call);
}

enum status budget_summary(struct db *db, struct rows *rows, struct err *e)
{
    return sql_rows(db, rows, e,
                    "SELECT call, envelope_cents, requested_cents,"
                    "       awarded_cents, available_cents, funded,"
                    "       NULL AS share"
                    "  FROM budget ORDER BY call DESC",
                    "");
}

enum status budget_available(struct db *db, int64_t call, int64_t *cents,
                             struct err *e)
{
    return sql_int(db, e, cents, NULL,
                   "SELECT available_cents FROM budget WHERE call = ?", "i",
                   call);
}

enum status budget_decided(struct db *db, int64_t call, int64_t *count,
                           struct err *e)
{
    return sql_int(db, e, count, NULL,
                   "SELECT count(*) FROM decided WHERE call_year = ?", "i",
                   call);
}
