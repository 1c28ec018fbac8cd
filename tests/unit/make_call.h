/* Calls without a panel, for the tests of rules and facts: amounts are small
 * whole numbers of cents, the unit is one. */
#ifndef MAKE_CALL_H
#define MAKE_CALL_H

#include "core/rules/plan.h"
#include "core/rules/tiers.h"
#include "make_panel.h"

#define CALL_MOST 16

static const char *const CALL_ID[CALL_MOST] = {
    "P1", "P2",  "P3",  "P4",  "P5",  "P6",  "P7",  "P8",
    "P9", "P91", "P92", "P93", "P94", "P95", "P96", "P97"};

/* Scores out of 100; `floor` NULL: all or nothing. In rank order already. */
static inline struct plan make_call(const char *rule, int64_t envelope,
                                    size_t n, const int64_t *score,
                                    const int64_t *request,
                                    const int64_t *floor)
{
    struct plan p = {.count = n};
    p.candidate = xcalloc(n, sizeof *p.candidate);
    for (size_t i = 0; i < n; i++)
        p.candidate[i] =
            (struct candidate){.id = CALL_ID[i],
                               .rank = (int64_t)i + 1,
                               .score_num = score[i],
                               .score_den = 100,
                               .asked = request[i],
                               .request = request[i],
                               .floor = floor != NULL ? floor[i] : request[i]};
    p.terms = (struct terms){.rule = rule_find(rule),
                             .envelope = envelope,
                             .unit = 1,
                             .threshold = -1};
    assert_non_null(p.terms.rule);
    return p;
}

static inline void expect_allocation(struct plan *p, const int64_t *award)
{
    struct err e = {0};
    if (plan_allocate(p, &e) != ST_OK)
        print_message("# %s\n", e.msg);
    assert_int_equal(e.code, ST_OK);
    for (size_t i = 0; i < p->count; i++)
        assert_int_equal(p->share[i].award, award[i]);
}

/* E4 of the specification. */
static const int64_t E4_SCORES[] = {92, 88, 85, 81, 78, 74, 66, 60};
static const int64_t E4_REQUESTS[] = {4800, 5000, 3600, 4900,
                                      3200, 1500, 900,  200};
static const int64_t E4_FLOORS[] = {3000, 2500, 2000, 2500,
                                    1500, 800,  500,  200};

static inline struct plan call_e4(const char *rule)
{
    return make_call(rule, 20000, 8, E4_SCORES, E4_REQUESTS, E4_FLOORS);
}

/* The same with a unit of 1 euro, and with tiers. */
static inline struct plan e4_in_euros(const char *rule)
{
    struct plan p = call_e4(rule);
    for (size_t i = 0; i < p.count; i++) {
        p.candidate[i].request *= 100;
        p.candidate[i].floor *= 100;
        p.candidate[i].asked *= 100;
    }
    p.terms.envelope *= 100;
    p.terms.unit = 100;
    assert_int_equal(tiers_parse("80:100,70:75,60:50", &p.terms, NULL), ST_OK);
    return p;
}

/* A random call in rank order; `tight` keeps everything small, so that ties
 * and exact fits are frequent. */
static inline struct plan random_call(const char *rule, size_t most, bool tight,
                                      uint64_t *seed)
{
    int64_t score[CALL_MOST], request[CALL_MOST], floor[CALL_MOST], sum = 0;
    size_t n = (size_t)(1 + random_below(seed, (int64_t)most));
    int64_t range = tight ? 12 : 5000, s = 60 + random_below(seed, 41);
    for (size_t i = 0; i < n; i++) {
        score[i] = s;
        s -= random_below(seed, tight ? 3 : 9);
        s = s < 0 ? 0 : s;
        request[i] = 1 + random_below(seed, range);
        floor[i] = 1 + random_below(seed, request[i]);
        sum += request[i];
    }
    struct plan p =
        make_call(rule, random_below(seed, sum + 2), n, score, request, floor);
    plan_sort(&p);
    return p;
}

#endif
