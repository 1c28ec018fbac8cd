/* optimum STEP FAMILY UNIT N: one step for one call of N projects and 20 000
 * euros, in this process; the same call for all steps. FAMILY is random or
 * correlated (the score follows the amount), UNIT is 100 for whole euros or 1
 * for cents. STEP is
 *   optimum   the exact engine      facts     all explanations
 *   program   a plain dynamic program, a cell for each unit of the envelope
 *   lp        prints the problem for glpsol
 * Prints the median seconds and the greatest sum of scores. */
#include "base/mem.h"
#include "core/why/facts.h"
#include "core/rules/lp.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define ENVELOPE 2000000
#define RUNS_MOST 25

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Steele and Vigna's splitmix64, so that all machines try the same. */
static int64_t below(uint64_t *seed, int64_t n)
{
    uint64_t x = *seed += 0x9E3779B97F4A7C15u;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return (int64_t)((x ^ (x >> 31)) % (uint64_t)n);
}

/* 500 to 3 000 euros; 40 to 95 points in hundredths. */
static struct plan make_plan(bool correlated, int64_t unit, size_t n)
{
    struct plan p = {.count = n};
    uint64_t seed = 2026;
    p.candidate = xcalloc(n, sizeof *p.candidate);
    p.share = xcalloc(n, sizeof *p.share);
    p.terms = (struct terms){.rule = rule_find("optimal"),
                             .envelope = ENVELOPE,
                             .unit = unit,
                             .threshold = -1};
    for (size_t i = 0; i < n; i++) {
        int64_t cents = unit * (50000 / unit + below(&seed, 250001 / unit));
        int64_t score = correlated ? 4000 + (cents - 50000) * 5500 / 250000
                                   : 4000 + below(&seed, 5501);
        p.candidate[i] = (struct candidate){.id = xasprintf("P%05zu", i),
                                            .score_num = score,
                                            .score_den = 10000,
                                            .asked = cents,
                                            .request = cents,
                                            .floor = cents};
    }
    plan_sort(&p);
    return p;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Each gives the greatest sum of scores; -1 when it gives up. */
static int64_t run_optimum(struct plan *p)
{
    int64_t value = 0;
    if (allocate(p->candidate, p->count, &p->terms, p->share, NULL) != ST_OK)
        return -1;
    for (size_t i = 0; i < p->count; i++)
        value += p->share[i].award > 0 ? p->candidate[i].score_num : 0;
    return value;
}

static int64_t run_facts(struct plan *p)
{
    struct outlook outlook;
    struct facts *facts = xcalloc(p->count, sizeof *facts);
    facts_of_all(p, facts, &outlook);
    free(facts);
    return outlook.known ? outlook.best : -1;
}

static int64_t run_program(struct plan *p)
{
    int64_t cap = p->terms.envelope / p->terms.unit;
    int64_t *value = xcalloc((size_t)cap + 1, sizeof *value);
    for (size_t i = 0; i < p->count; i++) {
        int64_t weight = p->candidate[i].request / p->terms.unit;
        int64_t score = p->candidate[i].score_num;
        for (int64_t c = cap; c >= weight; c--)
            if (value[c - weight] + score > value[c])
                value[c] = value[c - weight] + score;
    }
    int64_t best = value[cap];
    free(value);
    return best;
}

static int print_lp(const struct plan *p)
{
    char *text;
    if (lp_text(p, &text, NULL) != ST_OK)
        return 1;
    fputs(text, stdout);
    free(text);
    return 0;
}

/* Runs it up to RUNS_MOST times within about one second. */
static int time_it(struct plan *p, int64_t (*run)(struct plan *p))
{
    double took[RUNS_MOST], start = now();
    int64_t value = 0;
    int runs = 0;
    while (value >= 0 && runs < RUNS_MOST && (runs == 0 || now() - start < 1)) {
        double from = now();
        value = run(p);
        took[runs++] = now() - from;
    }
    qsort(took, (size_t)runs, sizeof *took, compare);
    if (value >= 0)
        printf("%.7f %lld\n", took[runs / 2], (long long)value);
    return value < 0;
}

int main(int argc, char **argv)
{
    if (argc != 5) {
        fprintf(stderr, "usage: optimum optimum|facts|program|lp "
                        "random|correlated 100|1 N\n");
        return 2;
    }
    struct plan p = make_plan(strcmp(argv[2], "correlated") == 0, atoi(argv[3]),
                              (size_t)atoi(argv[4]));
    if (strcmp(argv[1], "lp") == 0)
        return print_lp(&p);
    if (strcmp(argv[1], "program") == 0)
        return time_it(&p, run_program);
    if (strcmp(argv[1], "optimum") == 0)
        return time_it(&p, run_optimum);
    return run_optimum(&p) < 0 || time_it(&p, run_facts);
}
