/* `cispd rank --stats`: how the marks are spread, and how far the members
 * agree. */
#include "base/mem.h"
#include "base/terms.h"
#include "cli/ranking.h"
#include "core/why/speech.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* ------------------------------------------------------------- for people */

static void cell_figure(struct cell *c, double x)
{
    int64_t hundredths;
    if (agreement_hundredths(x, &hundredths))
        cell_int(c, hundredths);
    else
        cell_text(c, _("n/a"));
}

/* The sheets from 0 to 100 by tens, as high as there are many. */
static char *draw_histogram(const struct project_spread *s)
{
    static const char *const bars[] = {"·", "▁", "▂", "▃", "▄",
                                       "▅", "▆", "▇", "█"};
    struct buf b = BUF_INIT;
    for (size_t k = 0; k < HISTOGRAM_BINS; k++)
        buf_adds(&b, bars[s->bin[k] < 8 ? s->bin[k] : 8]);
    return buf_take(&b);
}

static void print_projects(struct ctx *ctx, const struct plan *p,
                           const struct statistics *s)
{
    static const char *const names[] = {
        "id",    "sheets", "mean",     "median",      "min",    "max",
        "range", "sd",     "adjusted", "zero_to_100", "discuss"};
    struct rows rows;
    rows_start(&rows, sizeof names / sizeof *names, names);
    for (size_t k = 0; k < p->panel.projects; k++) {
        size_t i = p->place[k].project;
        const struct project_spread *x = &s->project[i];
        const double figures[] = {
            x->mean, x->median,          x->min, x->max, x->range,
            x->sd,   s->bias.adjusted[i]};
        struct cell *c = rows_add(&rows);
        cell_text(&c[0], p->panel.project[i].ref);
        cell_int(&c[1], (int64_t)x->n);
        for (size_t f = 0; f < sizeof figures / sizeof *figures; f++)
            cell_figure(&c[2 + f], figures[f]);
        char *drawn = draw_histogram(x);
        cell_text(&c[9], drawn);
        free(drawn);
        cell_text(&c[10], x->discuss ? term_text("yes") : NULL);
    }
    printf("\n%s\n", _("The sheets of each project, out of 100"));
    out_rows(ctx, &rows);
    rows_release(&rows);
}

static void print_members(struct ctx *ctx, const struct plan *p,
                          const struct statistics *s)
{
    static const char *const names[] = {"member", "sheets", "mean",    "min",
                                        "max",    "sd",     "severity"};
    struct rows rows;
    rows_start(&rows, sizeof names / sizeof *names, names);
    for (size_t m = 0; m < p->panel.members; m++) {
        const struct member_spread *x = &s->member[m];
        struct cell *c = rows_add(&rows);
        cell_text(&c[0], p->panel.member[m].name);
        cell_int(&c[1], (int64_t)x->n);
        cell_figure(&c[2], x->mean);
        cell_figure(&c[3], x->min);
        cell_figure(&c[4], x->max);
        cell_figure(&c[5], x->sd);
        cell_figure(&c[6], s->bias.severity[m]);
    }
    printf("\n%s\n",
           _("The sheets of each member, out of 100 (severity: points above "
             "or below the panel's mean on the same projects, the member "
             "included)"));
    out_rows(ctx, &rows);
    rows_release(&rows);
}

static void print_panel(struct ctx *ctx, const struct agreement *a)
{
    static const char *const names[] = {"figure", "coefficient"};
    struct agreement_line line[AGREEMENT_LINES];
    struct rows rows;
    agreement_list(a, line);
    rows_start(&rows, 2, names);
    for (size_t i = 0; i < AGREEMENT_LINES; i++) {
        struct cell *c = rows_add(&rows);
        cell_text(&c[0], line[i].name);
        cell_figure(&c[1], line[i].value);
    }
    printf("\n");
    printf(_("The agreement of the panel, where 1 is the best (members: %zu; "
             "projects that all of them marked: %zu; for alpha, projects: "
             "%zu, sheets: %zu)"),
           a->members, a->projects, a->alpha_units, a->alpha_marks);
    printf("\n");
    out_rows(ctx, &rows);
    rows_release(&rows);
}

void statistics_print(struct ctx *ctx, const struct plan *p,
                      const struct statistics *s)
{
    struct speech speech = speech_statistics(p, s);
    print_projects(ctx, p, s);
    print_members(ctx, p, s);
    print_panel(ctx, &s->agreement);
    speech_print(&speech);
    speech_release(&speech);
}

/* ----------------------------------------------------------- for machines */

static json_t *figure_json(double x)
{
    return isfinite(x) ? json_real(x) : json_null();
}

static json_t *project_json(const struct plan *p, const struct statistics *s,
                            size_t i)
{
    const struct project_spread *x = &s->project[i];
    double adjusted = s->bias.adjusted[i];
    json_t *bins = json_array();
    for (size_t k = 0; k < HISTOGRAM_BINS; k++)
        json_array_append_new(bins, json_integer((json_int_t)x->bin[k]));
    return json_pack(
        "{s:o, s:I, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:b}", "id",
        project_ref_json(p, i), "n", (json_int_t)x->n, "mean",
        figure_json(x->mean), "median", figure_json(x->median), "min",
        figure_json(x->min), "max", figure_json(x->max), "range",
        figure_json(x->range), "sd", figure_json(x->sd), "histogram", bins,
        "adjusted", figure_json(adjusted), "shift",
        figure_json(adjusted - x->mean), "discuss", (int)x->discuss);
}

static json_t *member_json(const struct plan *p, const struct statistics *s,
                           size_t m)
{
    const struct member_spread *x = &s->member[m];
    return json_pack("{s:s, s:I, s:o, s:o, s:o, s:o, s:o}", "member",
                     p->panel.member[m].name, "n", (json_int_t)x->n, "mean",
                     figure_json(x->mean), "min", figure_json(x->min), "max",
                     figure_json(x->max), "sd", figure_json(x->sd), "severity",
                     figure_json(s->bias.severity[m]));
}

static json_t *panel_json(const struct agreement *a)
{
    json_t *out = json_pack(
        "{s:I, s:I, s:I, s:I}", "projects", (json_int_t)a->projects, "members",
        (json_int_t)a->members, "alpha_projects", (json_int_t)a->alpha_units,
        "alpha_sheets", (json_int_t)a->alpha_marks);
    const struct {
        const char *name;
        double value;
    } figures[] = {{"bms", a->bms},
                   {"wms", a->wms},
                   {"jms", a->jms},
                   {"ems", a->ems},
                   {"icc_1", a->icc_1},
                   {"icc_2_1", a->icc_2_1},
                   {"icc_3_1", a->icc_3_1},
                   {"icc_1_k", a->icc_1_k},
                   {"icc_2_k", a->icc_2_k},
                   {"kendall_w", a->kendall_w},
                   {"alpha", a->alpha},
                   {"reliability_3", agreement_of_mean(a->icc_1, 3)},
                   {"reliability_5", agreement_of_mean(a->icc_1, 5)},
                   {"reliability_7", agreement_of_mean(a->icc_1, 7)}};
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
        json_object_set_new(out, figures[i].name,
                            figure_json(figures[i].value));
    return out;
}

static json_t *bias_json(const struct plan *p, const struct bias *b)
{
    json_t *list = json_array();
    for (size_t k = 0; k < b->reversals; k++) {
        const struct reversal *r = &b->reversal[k];
        json_array_append_new(list,
                              json_pack("{s:o, s:o, s:b}", "above",
                                        project_ref_json(p, r->above), "below",
                                        project_ref_json(p, r->below),
                                        "at_the_line", (int)r->at_the_line));
    }
    return json_pack("{s:b, s:o}", "comparable", (int)b->connected, "reversals",
                     list);
}

json_t *statistics_json(const struct plan *p, const struct statistics *s)
{
    json_t *projects = json_array(), *members = json_array();
    struct speech speech = speech_statistics(p, s);
    for (size_t k = 0; k < p->panel.projects; k++)
        json_array_append_new(projects,
                              project_json(p, s, p->place[k].project));
    for (size_t m = 0; m < p->panel.members; m++)
        json_array_append_new(members, member_json(p, s, m));
    json_t *out =
        json_pack("{s:o, s:o, s:o, s:o, s:o}", "projects", projects, "members",
                  members, "panel", panel_json(&s->agreement), "bias",
                  bias_json(p, &s->bias), "sentences", speech_json(&speech));
    speech_release(&speech);
    return out;
}
