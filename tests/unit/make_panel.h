/* Small panels for the tests of scores, ranks and allocations. */
#ifndef MAKE_PANEL_H
#define MAKE_PANEL_H

#include "base/mem.h"
#include "core/rules/plan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

/* Shorthand for what a test types in a sheet. */
enum { MISS = -1, ABST = -2 };

/* A panel of so many criteria (weight 1, 0 to 20 by half points), members A,
 * B, C... and projects P1, P2... that ask for 1 000 EUR each; no mark yet. */
static inline struct panel make_panel(size_t criteria, size_t members,
                                      size_t projects)
{
    struct panel p = {.call = 2026,
                      .quorum = 1,
                      .threshold = -1,
                      .criteria = criteria,
                      .members = members,
                      .projects = projects};
    p.criterion = xcalloc(criteria, sizeof *p.criterion);
    p.member = xcalloc(members, sizeof *p.member);
    p.project = xcalloc(projects, sizeof *p.project);
    for (size_t c = 0; c < criteria; c++)
        p.criterion[c] = (struct criterion){.id = (int64_t)c + 1,
                                            .code = xasprintf("C%zu", c + 1),
                                            .label = xasprintf("C%zu", c + 1),
                                            .weight = 1,
                                            .scale_hi = 20,
                                            .step_milli = 500,
                                            .min_milli = -1};
    for (size_t m = 0; m < members; m++)
        p.member[m] = (struct member){.id = (int64_t)m + 1,
                                      .name = xasprintf("%c", (int)('A' + m))};
    for (size_t i = 0; i < projects; i++)
        p.project[i] = (struct entry){.id = (int64_t)i + 1,
                                      .number = (int64_t)i + 1,
                                      .ref = xasprintf("P%zu", i + 1),
                                      .association = xstrdup("Association"),
                                      .title = xstrdup("Title"),
                                      .asked_cents = 100000,
                                      .request_cents = 100000,
                                      .floor_cents = 100000};
    panel_alloc(&p);
    return p;
}

/* Fills a member's sheet: marks in points, MISS or ABST. */
static inline void fill_sheet(struct panel *p, size_t project, size_t member,
                              const double *points)
{
    for (size_t c = 0; c < p->criteria; c++) {
        struct mark *x = panel_mark(p, project, member, c);
        *x = (struct mark){0};
        if (points[c] >= 0)
            *x = (struct mark){MARK_VALUE, (int64_t)(points[c] * 1000)};
        else if (points[c] < -1.5)
            x->state = MARK_ABSTAINED;
    }
}

#define SHEET(p, project, member, ...)                                         \
    fill_sheet(p, project, member, (const double[]){__VA_ARGS__})

/* The worked example E1 of the specification: four projects, three members,
 * member A recused on P2. */
static inline struct panel example_e1(void)
{
    struct panel p = make_panel(3, 3, 4);
    p.quorum = 2;
    p.criterion[0].weight = 50;
    p.criterion[1].weight = 30;
    p.criterion[2].weight = 20;
    p.criterion[2].scale_hi = 10;
    SHEET(&p, 0, 0, 14, 12, 7);
    SHEET(&p, 0, 1, 13, 15, 6);
    SHEET(&p, 0, 2, 16, 11.5, 8);
    p.recused[1 * 3 + 0] = true;
    SHEET(&p, 1, 1, 12, 16, 9);
    SHEET(&p, 1, 2, 15, 13, 5);
    SHEET(&p, 2, 0, 10, 14, 6);
    SHEET(&p, 2, 1, 12, 10, 8);
    SHEET(&p, 2, 2, 11, 15, 7);
    SHEET(&p, 3, 0, 11, 12, 6.5);
    SHEET(&p, 3, 1, 12, 11, 7);
    SHEET(&p, 3, 2, 12, 12, 8);
    return p;
}

/* Random numbers that are the same on every machine (xorshift64). */
static inline uint64_t next_random(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

static inline int64_t random_below(uint64_t *seed, int64_t n)
{
    return (int64_t)(next_random(seed) % (uint64_t)n);
}

#endif
