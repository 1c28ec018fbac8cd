/* Whether a row that names a project names its association too. */
#include "import/owner.h"
#include "base/i18n.h"
#include "base/text.h"
#include "import/aliases.h"
#include "import/import.h"

#include <stdlib.h>
#include <string.h>

/* What one cell says of the association. */
struct claim {
    int field;
    struct association words; /* nothing but what the cell says */
    bool differs;             /* from what is known of the project's own */
};

static bool contradict(const char *a, const char *b)
{
    return a != NULL && b != NULL && strcmp(a, b) != 0;
}

static bool agree(const char *a, const char *b)
{
    return a != NULL && b != NULL && strcmp(a, b) == 0;
}

/* The association that the words mean, when it is not `own`; *id 0: none, or
 * several namesakes, of which `own` is as likely as the others. */
static enum status find_other(struct db *db, const struct association *words,
                              int64_t own, int64_t *id, struct err *e)
{
    struct err why = {0};
    enum status st = association_match(db, words, id, &why);
    if (st != ST_OK && !import_is_row_error(st))
        return err_set(e, st, "%s", why.msg);
    if (st != ST_OK || *id == own)
        *id = 0;
    return ST_OK;
}

static enum status refuse(struct table *t, struct db *db, const struct claim *c,
                          const struct import_target *target, int64_t other,
                          struct err *e)
{
    char *name = NULL;
    enum status st = other != 0 ? association_name(db, other, &name, e) : ST_OK;
    if (name == NULL)
        name = xstrdup(table_get(t, c->field));
    char *message = xasprintf(
        _("project %s is that of \"%s\" here, and this cell says \"%s\": an "
          "import does not change who is paid. Correct the cell; or, if it is "
          "right, the register with \"cispd association edit\", or the project "
          "with \"cispd project edit %s --association NAME\""),
        target->ref, target->association, name != NULL ? name : "",
        target->ref);
    table_field_error(t, c->field, message);
    free(message);
    free(name);
    return st;
}

enum status owner_check(struct table *t, struct db *db,
                        const struct association *row,
                        const struct import_target *target, struct err *e)
{
    bool siret = agree(target->siret, row->siret);
    bool known = siret || agree(target->rna, row->rna);
    bool named = text_same(target->association, row->name);
    const struct claim claims[] = {
        {F_SIRET, {.siret = row->siret}, contradict(target->siret, row->siret)},
        {F_RNA, {.rna = row->rna}, !siret && contradict(target->rna, row->rna)},
        {F_ASSOCIATION,
         {.name = known && named ? NULL : row->name,
          .commune = row->commune,
          .postcode = row->postcode},
         !known && !named}};
    enum status st = ST_OK;
    for (size_t i = 0; i < 3 && st == ST_OK && !t->bad; i++) {
        int64_t other = 0;
        st =
            find_other(db, &claims[i].words, target->association_id, &other, e);
        if (st == ST_OK && (other != 0 || claims[i].differs))
            st = refuse(t, db, &claims[i], target, other, e);
    }
    return st;
}
