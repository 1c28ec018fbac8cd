/* The data of a ranking. */
#include "core/panel/panel.h"
#include "base/mem.h"

#include <stdlib.h>

void panel_alloc(struct panel *p)
{
    p->mark = xcalloc(p->projects * p->members * p->criteria, sizeof *p->mark);
    p->recused = xcalloc(p->projects * p->members, sizeof *p->recused);
}

void panel_release(struct panel *p)
{
    if (p == NULL)
        return;
    for (size_t i = 0; i < p->themes; i++)
        free(p->theme[i].label);
    for (size_t i = 0; i < p->criteria; i++) {
        free(p->criterion[i].code);
        free(p->criterion[i].label);
    }
    for (size_t i = 0; i < p->members; i++)
        free(p->member[i].name);
    for (size_t i = 0; i < p->projects; i++) {
        free(p->project[i].ref);
        free(p->project[i].association);
        free(p->project[i].title);
    }
    free(p->theme);
    free(p->criterion);
    free(p->member);
    free(p->project);
    free(p->mark);
    free(p->recused);
    free(p->seed);
    *p = (struct panel){0};
}

struct mark *panel_mark(const struct panel *p, size_t project, size_t member,
                        size_t criterion)
{
    return &p->mark[(project * p->members + member) * p->criteria + criterion];
}
