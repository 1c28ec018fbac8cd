/* The LP format: each term on a line of its own, since lines are limited. */
#include "core/rules/lp.h"
#include "core/rules/optimum.h"

static void add_name(struct buf *b, const struct knapsack *k, size_t class,
                     size_t o)
{
    buf_addf(b, " p%zu_%lld\n", class + 1, (long long)k->option[o].weight);
}

/* One term for each option of the class. */
static void add_terms(struct buf *b, const struct knapsack *k, size_t class,
                      int64_t (*factor)(struct option o), int64_t divisor)
{
    for (size_t o = k->first[class]; o < k->first[class + 1]; o++) {
        buf_addf(b, " + %lld", (long long)(factor(k->option[o]) / divisor));
        add_name(b, k, class, o);
    }
}

static int64_t value(struct option o)
{
    return o.value;
}

static int64_t weight(struct option o)
{
    return o.weight;
}

static int64_t one(struct option o)
{
    (void)o;
    return 1;
}

static int64_t common_value(const struct knapsack *k)
{
    int64_t common = 0;
    for (size_t o = 0; o < k->first[k->classes]; o++)
        common = gcd(common, k->option[o].value);
    return common > 0 ? common : 1;
}

int64_t lp_write(const struct knapsack *k, int64_t capacity, struct buf *out)
{
    int64_t divisor = common_value(k);
    buf_adds(out, "Maximize\n obj: 0 none\n"); /* a sum has a term at least */
    for (size_t c = 0; c < k->classes; c++)
        add_terms(out, k, c, value, divisor);
    buf_adds(out, "Subject To\n capacity: 0 none\n");
    for (size_t c = 0; c < k->classes; c++)
        add_terms(out, k, c, weight, 1);
    buf_addf(out, " <= %lld\n", (long long)capacity);
    for (size_t c = 0; c < k->classes; c++) {
        buf_addf(out, " one%zu:\n", c + 1);
        add_terms(out, k, c, one, 1);
        buf_adds(out, " <= 1\n");
    }
    buf_adds(out, "Binary\n none\n");
    for (size_t c = 0; c < k->classes; c++)
        for (size_t o = k->first[c]; o < k->first[c + 1]; o++)
            add_name(out, k, c, o);
    buf_adds(out, "End\n");
    return divisor;
}

/* The rest of a comment: a name of a file may hold anything. */
static void add_comment(struct buf *b, const char *text)
{
    for (; *text != '\0'; text++)
        buf_add(b, (unsigned char)*text < ' ' ? "?" : text, 1);
    buf_adds(b, "\n");
}

enum status lp_text(const struct plan *p, char **out, struct err *e)
{
    struct problem problem;
    struct buf b = BUF_INIT, model = BUF_INIT;
    enum status st = problem_of_plan(p, &problem, e);
    if (st != ST_OK)
        return st;
    int64_t divisor = lp_write(&problem.knapsack, problem.capacity, &model);
    buf_addf(&b,
             "\\ pI_W = 1: project I receives W cents\n"
             "\\ obj x %lld: \"value\" of allocate --format json\n",
             (long long)divisor);
    for (size_t k = 0; k < problem.knapsack.classes; k++) {
        buf_addf(&b, "\\ p%zu: ", k + 1);
        add_comment(&b, p->candidate[problem.candidate[k]].id);
    }
    buf_adds(&b, buf_str(&model));
    buf_release(&model);
    problem_release(&problem);
    *out = buf_take(&b);
    return ST_OK;
}
