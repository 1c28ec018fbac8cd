#include "core/enough.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

static bool was_refused(const struct plan *p, size_t i)
{
    const struct candidate *c = &p->candidate[i];
    return c->closed == REASON_OPEN && !c->forced && p->share[i].award == 0;
}

/* strict: everything down to the project must fit. */
static void find_strict(struct plan *p)
{
    int64_t sum = 0;
    for (size_t i = 0; i < p->count; i++)
        if (p->candidate[i].forced)
            sum += p->candidate[i].forced_award;
    for (size_t i = 0; i < p->count; i++) {
        const struct candidate *c = &p->candidate[i];
        if (c->closed == REASON_OPEN && !c->forced)
            sum += c->request;
        if (was_refused(p, i))
            p->enough[i] = sum;
    }
}

/* How much more the envelope must hold before anything changes for one of
 * the candidates; INT64_MAX when all have what they asked. A partial award
 * takes what is added, until it is full: less than a unit stays for those
 * behind it. */
static int64_t next_event(const struct plan *p, const struct share *s)
{
    int64_t least = INT64_MAX;
    bool taken = false;
    for (size_t k = 0; k < p->count; k++) {
        const struct candidate *c = &p->candidate[k];
        if (s[k].rest_before < 0 || s[k].reason == REASON_FULL)
            continue;
        int64_t need =
            s[k].reason == REASON_BELOW_FLOOR ? c->floor : c->request;
        if (taken && need >= p->terms.unit)
            continue;
        if (need - s[k].rest_before < least)
            least = need - s[k].rest_before;
        taken |= s[k].reason == REASON_PARTIAL;
    }
    return least;
}

/* skip and partial: raises the envelope from event to event, for all at once:
 * what a project gets does not depend on those behind it. */
static void find_by_events(struct plan *p)
{
    const size_t budget = 20000000; /* candidates looked at */
    struct terms t = p->terms;
    struct share *s = xcalloc(p->count, sizeof *s);
    size_t left = 0;
    for (size_t i = 0; i < p->count; i++)
        left += was_refused(p, i);
    memcpy(s, p->share, p->count * sizeof *s);
    for (size_t steps = 0; left > 0 && steps < budget; steps += p->count) {
        int64_t more = next_event(p, s);
        if (more == INT64_MAX)
            break;
        t.envelope += more;
        allocate(p->candidate, p->count, &t, s, NULL);
        for (size_t i = 0; i < p->count; i++)
            if (s[i].award > 0 && p->enough[i] == 0 && was_refused(p, i)) {
                p->enough[i] = t.envelope;
                left--;
            }
    }
    free(s);
}

void enough_find(struct plan *p)
{
    p->enough = xrealloc(p->enough, p->count, sizeof *p->enough);
    memset(p->enough, 0, p->count * sizeof *p->enough);
    if (strcmp(rule_name(p->terms.rule), "strict") == 0)
        find_strict(p);
    else
        find_by_events(p);
}
