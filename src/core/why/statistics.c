/* What `rank --stats` shows, together. */
#include "core/why/statistics.h"
#include "base/mem.h"

#include <stdlib.h>

void statistics_compute(const struct plan *p, struct statistics *out)
{
    const struct panel *panel = &p->panel;
    bool *funded = xcalloc(panel->projects, sizeof *funded);
    for (size_t k = 0; k < p->count; k++)
        funded[p->candidate[k].project] = p->share[k].award > 0;
    *out = (struct statistics){.ratings = ratings_of(panel, &p->scores)};
    out->project = xcalloc(panel->projects, sizeof *out->project);
    out->member = xcalloc(panel->members, sizeof *out->member);
    agreement_compute(&out->ratings, &out->agreement);
    spread_projects(panel, &p->scores, out->project);
    spread_members(&out->ratings, out->member);
    out->bias = bias_fit(&out->ratings);
    bias_compare(&out->bias, &p->scores, funded);
    free(funded);
}

void statistics_release(struct statistics *s)
{
    ratings_release(&s->ratings);
    bias_release(&s->bias);
    free(s->project);
    free(s->member);
    *s = (struct statistics){0};
}
