/* A second look at an allocation. */
#include "core/rules/audit.h"
#include "base/i18n.h"
#include "core/money.h"
#include "core/rules/optimum.h"
#include "core/rules/rules.h"
#include "core/rules/terms.h"

/* Whether the award is one that the project may receive. */
static bool is_sound(const struct plan *p, size_t i)
{
    const struct candidate *c = &p->candidate[i];
    int64_t award = p->share[i].award;
    if (c->forced)
        return award == c->forced_award && award >= 0 && award <= c->request;
    if (award == 0)
        return true;
    return is_open(c) && award >= c->floor && award <= c->request &&
           (award == c->request || award % p->terms.unit == 0);
}

enum status plan_audit(const struct plan *p, struct err *e)
{
    char award[MONEY_LEN];
    for (size_t i = 0; i < p->count; i++)
        if (!is_sound(p, i))
            return err_set(e, ST_BUG,
                           _("the award of %s, %s, is none that it may "
                             "receive; nothing may be decided on this "
                             "allocation, please report it with the data"),
                           p->candidate[i].id,
                           money_text(p->share[i].award, award));
    if (plan_total(p) > p->terms.envelope)
        return err_set(e, ST_BUG,
                       _("the awards exceed the envelope; nothing may be "
                         "decided on this allocation, please report it with "
                         "the data"));
    if (!rule_has_optimum(p->terms.rule))
        return ST_OK;
    return optimum_verify(p, e);
}
