/* cispd status: what is missing or due in a call, and what to type next. */
#include "base/mem.h"
#include "cli/nouns.h"
#include "cli/out.h"
#include "core/agenda.h"
#include "store/facts.h"

#include <stdio.h>
#include <stdlib.h>

/* The items, for programs. */
static void fill_rows(const struct agenda *a, struct rows *rows)
{
    static const char *const names[] = {"code", "state", "text", "command"};
    rows_start(rows, 4, names);
    for (size_t i = 0; i < a->count; i++) {
        const struct agenda_item *it = &a->items[i];
        struct cell *c = rows_add(rows);
        cell_text(&c[0], it->code);
        cell_text(&c[1], agenda_state_name(it->state));
        cell_text(&c[2], it->text);
        cell_text(&c[3], it->command);
    }
}

/* CSV holds the items alone; in JSON "next" repeats the first command, for
 * scripts that want nothing else. */
static void print_items(struct ctx *ctx, const struct agenda_facts *f,
                        const struct agenda *a)
{
    struct rows rows;
    fill_rows(a, &rows);
    if (ctx->format == FORMAT_CSV)
        out_rows(ctx, &rows);
    else
        out_json(ctx, json_pack("{s:I, s:s, s:s?, s:s?, s:o}", "call",
                                (json_int_t)f->year, "now", f->now, "closes",
                                f->closes, "next", agenda_next(a), "items",
                                out_rows_json(&rows)));
    rows_release(&rows);
}

/* One state's items, each with what to type. */
static void print_state(const struct agenda *a, enum agenda_state state,
                        const char *title)
{
    bool any = false;
    for (size_t i = 0; i < a->count; i++) {
        const struct agenda_item *it = &a->items[i];
        if (it->state != state)
            continue;
        if (!any)
            printf("\n%s\n", title);
        any = true;
        fputs("  - ", stdout);
        table_wrapped(it->text, 4);
        if (it->command != NULL)
            printf("      %s\n", it->command);
    }
}

/* What blocks the call comes first, what is only good to know last. */
static void print_people(const struct agenda_facts *f, const struct agenda *a)
{
    const char *next = agenda_next(a);
    printf(_("Call %lld\n"), (long long)f->year);
    print_state(a, AGENDA_MISSING, _("Missing:"));
    print_state(a, AGENDA_DUE, _("To do:"));
    print_state(a, AGENDA_NOTE, _("To know:"));
    if (next != NULL)
        printf("\n%s\n  %s\n", _("Next:"), next);
    else
        printf("\n%s\n", _("Nothing is due now."));
}

/* Where the year had to be said, what to type next says it too. */
static void say_year(struct agenda *a, int64_t year)
{
    for (size_t i = 0; i < a->count; i++) {
        char *plain = a->items[i].command;
        if (plain != NULL)
            a->items[i].command =
                xasprintf("%s --call %lld", plain, (long long)year);
        free(plain);
    }
}

static enum status run_status(struct ctx *ctx)
{
    struct agenda_facts facts = {0};
    struct agenda agenda = {0};
    int64_t call = 0;
    enum status st = ctx_call(ctx, &call);
    if (st == ST_OK)
        st = facts_load(ctx->db, call, ctx->now, &facts, ctx->err);
    if (st == ST_OK) {
        agenda_make(&facts, &agenda);
        if (ctx->call != NULL)
            say_year(&agenda, call);
        if (ctx->format == FORMAT_TABLE)
            print_people(&facts, &agenda);
        else
            print_items(ctx, &facts, &agenda);
    }
    agenda_release(&agenda);
    agenda_facts_release(&facts);
    return st;
}

const struct command status_commands[] = {
    {"status", run_status, NEEDS_READ, GROUP_REPORT, "",
     N_("say what is missing or due in the call, and what to type next")},
    {NULL}};
