/* What is left for whom. */
#include "core/rules/purse.h"
#include "core/rules/rules.h"

static int64_t least_of(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

int purse_theme(const struct purse *p, const struct candidate *c)
{
    for (size_t r = 0; r < p->terms->reserves; r++)
        if (p->terms->reserve[r].theme == c->theme)
            return (int)r;
    return -1;
}

int64_t purse_forced(const struct candidate *c, size_t n)
{
    int64_t sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += c[i].forced ? c[i].forced_award : 0;
    return sum;
}

struct purse purse_open(const struct candidate *c, size_t n,
                        const struct terms *t, int64_t rest)
{
    struct purse p = {.terms = t, .rest = rest};
    for (size_t i = 0; t->reserves > 0 && i < n; i++) {
        int theme = purse_theme(&p, &c[i]);
        if (theme < 0)
            continue;
        if (c[i].forced)
            p.spent[theme] += c[i].forced_award;
        else if (is_open(&c[i]))
            p.coming[theme] += c[i].request;
    }
    return p;
}

int64_t purse_reserved(const struct purse *p, int theme)
{
    int64_t left = p->terms->reserve[theme].least - p->spent[theme];
    return left > 0 ? least_of(left, p->rest) : 0;
}

void purse_look(const struct purse *p, const struct candidate *c, int64_t need,
                struct share *s)
{
    int own = purse_theme(p, c);
    s->kept = 0;
    for (int r = 0; r < (int)p->terms->reserves; r++)
        if (r != own)
            s->kept += least_of(purse_reserved(p, r), p->coming[r]);
    s->kept = least_of(s->kept, p->rest);
    s->rest_before = p->rest - s->kept;
    if (own < 0 || p->terms->reserve[own].most < 0)
        return;
    int64_t room = p->terms->reserve[own].most - p->spent[own];
    room = room > 0 ? room : 0;
    s->capped = room < s->rest_before || room < need;
    s->rest_before = least_of(room, s->rest_before);
}

void purse_pay(struct purse *p, const struct candidate *c, struct share *s,
               int64_t award, enum reason reason)
{
    int own = purse_theme(p, c);
    s->award = award;
    s->reason = reason;
    p->rest -= award;
    if (own < 0)
        return;
    p->spent[own] += award;
    p->coming[own] -= c->request;
}
