/* What is missing or due in a call, in the order of its year: one small
 * function a stage, each of which adds what the facts call for. */
#include "core/agenda.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "core/day.h"
#include "core/money.h"

#include <stdlib.h>
#include <string.h>

#define SOON 7 /* days before the deadline from which it is called near */

/* Adds an item and takes over its texts. */
static void add(struct agenda *a, const char *code, enum agenda_state state,
                char *text, char *command)
{
    if (a->count == AGENDA_MAX)
        BUG("too many items on the agenda");
    a->items[a->count++] = (struct agenda_item){
        .code = code, .state = state, .text = text, .command = command};
}

/* A cut may bring the envelope back to nothing: that is missing again. */
static void money(const struct agenda_facts *f, struct agenda *a)
{
    if (f->envelope_cents == 0)
        add(a, "envelope", AGENDA_MISSING,
            xstrdup(_("The call has no money yet.")),
            xstrdup(_("cispd envelope add --amount EUR --reference TEXT")));
}

/* Weights need not add up to 100, but they are usually meant to. */
static void criteria(const struct agenda_facts *f, struct agenda *a)
{
    if (f->criteria == 0) {
        add(a, "criteria", AGENDA_MISSING,
            xstrdup(_("There are no criteria: nothing can be marked.")),
            xstrdup("cispd criterion add --default-grid"));
        return;
    }
    if (f->weight_sum != 100 && f->decided == 0)
        add(a, "weights", AGENDA_NOTE,
            xasprintf(_("The weights of the criteria add up to %lld, not to "
                        "100. Scores are out of 100 all the same."),
                      (long long)f->weight_sum),
            xstrdup("cispd criterion list"));
}

/* With fewer members than the quorum every project would stay unranked. */
static void members(const struct agenda_facts *f, struct agenda *a)
{
    if (f->members_count == 0)
        add(a, "members", AGENDA_MISSING,
            xstrdup(_("The committee has no members.")),
            xstrdup(_("cispd member add NAME")));
    else if (f->members_count < f->quorum)
        add(a, "quorum", AGENDA_MISSING,
            xasprintf(_("The quorum is %lld members, and the committee has "
                        "%lld: no project could be ranked."),
                      (long long)f->quorum, (long long)f->members_count),
            xstrdup(_("cispd member add NAME")));
}

/* Nothing to do but to wait; the command line has no reminder to send. */
static void open_call(const struct agenda_facts *f, struct agenda *a)
{
    char day[MINUTE_LEN];
    int64_t left = day_number(f->closes) - day_number(f->now);
    const char *form =
        left > SOON
            ? ngettext("The call is open until %s: %lld project so far.",
                       "The call is open until %s: %lld projects so far.",
                       (unsigned long)f->received)
            : ngettext("The deadline is near, %s: %lld project so far.",
                       "The deadline is near, %s: %lld projects so far.",
                       (unsigned long)f->received);
    add(a, "deadline", AGENDA_NOTE,
        xasprintf(form, minute_text(f->closes, day), (long long)f->received),
        NULL);
}

/* Kept until the decision: who asks why a file is late looks here. */
static void closed_call(const struct agenda_facts *f, struct agenda *a)
{
    char day[MINUTE_LEN];
    minute_text(f->closes, day);
    if (f->received == 0)
        add(a, "projects", AGENDA_MISSING,
            xasprintf(_("The deadline passed on %s and no project is "
                        "registered."),
                      day),
            xstrdup(_("cispd import projects FILE")));
    else if (f->decided == 0)
        add(a, "deadline", AGENDA_NOTE,
            xasprintf(_("The deadline passed on %s. Projects that came in: "
                        "%lld; late: %lld."),
                      day, (long long)f->received, (long long)f->late),
            NULL);
}

/* The last minute itself is still in time, as the schema has it. Once projects
 * are in, a deadline is no longer what the call waits for. */
static void intake(const struct agenda_facts *f, struct agenda *a)
{
    if (f->closes == NULL && f->decided > 0)
        return;
    if (f->closes == NULL) {
        add(a, "deadline", f->received > 0 ? AGENDA_NOTE : AGENDA_MISSING,
            xstrdup(_("The call has no deadline.")),
            xstrdup(_("cispd call edit --closes \"D HH:MM\"")));
        return;
    }
    bool over = strcmp(f->now, f->closes) > 0;
    if (over)
        closed_call(f, a);
    else
        open_call(f, a);
    if (!over && f->received == 0)
        add(a, "projects", AGENDA_DUE,
            xstrdup(_("No project is registered yet.")),
            xstrdup(_("cispd import projects FILE")));
}

/* Undecided projects first: only eligible ones can be awarded. */
static void eligibility(const struct agenda_facts *f, struct agenda *a)
{
    if (f->incomplete > 0)
        add(a, "holes", AGENDA_DUE,
            xasprintf(ngettext("Something is missing for %lld project: %s.",
                               "Something is missing for %lld projects: %s.",
                               (unsigned long)f->incomplete),
                      (long long)f->incomplete, f->incomplete_first),
            xstrdup("cispd project check"));
    if (f->complete > 0)
        add(a, "eligibility", AGENDA_DUE,
            xasprintf(ngettext("%lld project is complete and waits to be "
                               "declared eligible.",
                               "%lld projects are complete and wait to be "
                               "declared eligible.",
                               (unsigned long)f->complete),
                      (long long)f->complete),
            xstrdup("cispd project check --all --eligible"));
    if (f->eligible_incomplete > 0 && f->decided == 0)
        add(a, "eligible-holes", AGENDA_DUE,
            xasprintf(ngettext("%lld project was declared eligible, but "
                               "something is missing now: %s.",
                               "%lld projects were declared eligible, but "
                               "something is missing now: %s.",
                               (unsigned long)f->eligible_incomplete),
                      (long long)f->eligible_incomplete,
                      f->eligible_incomplete_first),
            xstrdup("cispd project list --status eligible"));
}

/* One mark is enough to say that the committee has begun. */
static bool has_marks(const struct agenda_facts *f)
{
    for (int64_t i = 0; i < f->members_count; i++)
        if (f->members[i].given > 0)
            return true;
    return false;
}

/* From the first eligible project (or the first mark) to the decision. */
static bool is_marking(const struct agenda_facts *f)
{
    return f->criteria > 0 && f->members_count > 0 &&
           (f->eligible > 0 || has_marks(f)) && f->decided == 0 &&
           f->adopted == NULL;
}

/* Names the members with their counts. A member may be absent on purpose, so
 * this blocks nothing by itself: `rank` says what the quorum makes of it. */
static void marks(const struct agenda_facts *f, struct agenda *a)
{
    struct buf list = BUF_INIT;
    int64_t waiting = 0, lacking = 0;
    for (int64_t i = 0; is_marking(f) && i < f->members_count; i++) {
        const struct agenda_member *m = &f->members[i];
        if (m->given >= m->expected)
            continue;
        buf_addf(&list, "%s%s %lld/%lld", waiting > 0 ? ", " : "", m->name,
                 (long long)m->given, (long long)m->expected);
        lacking += m->expected - m->given;
        waiting++;
    }
    if (waiting > 0)
        add(a, "marks", AGENDA_DUE,
            xasprintf(ngettext("%lld member still has marks to give: %s.",
                               "%lld members still have marks to give: %s.",
                               (unsigned long)waiting),
                      (long long)waiting, buf_str(&list)),
            xstrdup(lacking <= f->criteria /* a sheet at most: typed */
                        ? _("cispd mark set PROJECT MEMBER CODE=MARK")
                        : _("cispd import marks FILE")));
    buf_release(&list);
    if (is_marking(f) && f->recusals > 0)
        add(a, "recusals", AGENDA_NOTE,
            xasprintf(ngettext("%lld recusal is declared.",
                               "%lld recusals are declared.",
                               (unsigned long)f->recusals),
                      (long long)f->recusals),
            xstrdup("cispd recusal list"));
}

/* A seed set after the fact would look chosen, so that it is asked for as soon
 * as a tie needs it. */
static void ranking(const struct agenda_facts *f, struct agenda *a)
{
    if (!f->has_seed && f->ties_by_number > 0 && is_marking(f))
        add(a, "seed", AGENDA_DUE,
            xasprintf(ngettext("%lld tie can only be decided by lot, and no "
                               "text for it is published: the project "
                               "number decides.",
                               "%lld ties can only be decided by lot, and no "
                               "text for it is published: the project "
                               "number decides.",
                               (unsigned long)f->ties_by_number),
                      (long long)f->ties_by_number),
            xstrdup(_("cispd call edit --seed TEXT")));
}

/* Asked for once marks are there; `scenario adopt` checks that they are whole.
 */
static void scenario(const struct agenda_facts *f, struct agenda *a)
{
    if (f->adopted != NULL || f->decided > 0 || f->eligible == 0 ||
        !has_marks(f))
        return;
    if (f->scenarios == 0)
        add(a, "scenario", AGENDA_DUE,
            xstrdup(_("No allocation is saved yet.")),
            xstrdup(_("cispd allocate --save NAME")));
    else
        add(a, "scenario", AGENDA_DUE,
            xasprintf(ngettext("%lld allocation is saved, none is adopted.",
                               "%lld allocations are saved, none is adopted.",
                               (unsigned long)f->scenarios),
                      (long long)f->scenarios),
            xstrdup(_("cispd scenario adopt NAME")));
}

/* A scenario that no longer holds is not followed blindly. */
static void adopted(const struct agenda_facts *f, struct agenda *a)
{
    if (f->adopted_fault != NULL)
        add(a, "adopted", AGENDA_DUE,
            xasprintf(_("The adopted scenario \"%s\" no longer holds: %s."),
                      f->adopted, f->adopted_fault),
            xstrdup(f->decided > 0 ? "cispd award list"
                                   : _("cispd allocate --save NAME")));
}

/* Without an adopted scenario decisions are typed one by one. */
static void decisions(const struct agenda_facts *f, struct agenda *a)
{
    bool follows = f->adopted != NULL && f->adopted_fault == NULL;
    if (f->undecided > 0 && (f->adopted != NULL || f->decided > 0))
        add(a, "decisions", AGENDA_DUE,
            xasprintf(ngettext("%lld eligible project waits for its decision.",
                               "%lld eligible projects wait for their "
                               "decision.",
                               (unsigned long)f->undecided),
                      (long long)f->undecided),
            xstrdup(follows ? "cispd award set --all" : "cispd award list"));
}

/* Money that nobody gets is the association's loss: it is offered to the first
 * project of the reserve that it can help. */
static void money_left(const struct agenda_facts *f, struct agenda *a)
{
    char left[MONEY_LEN], asked[MONEY_LEN], plain[MONEY_LEN];
    if (f->fitting == 0 || f->fitting_first == NULL)
        return;
    add(a, "reserve", AGENDA_DUE,
        xasprintf(ngettext("%s are free, and %lld reserve project could be "
                           "funded: %s, which may receive up to %s.",
                           "%s are free, and %lld reserve projects could be "
                           "funded; the best-ranked, %s, may receive up to "
                           "%s.",
                           (unsigned long)f->fitting),
                  money_text(f->available_cents - f->owed_cents, left),
                  (long long)f->fitting, f->fitting_first,
                  money_text(f->fitting_asked, asked)),
        xasprintf("cispd award set %s %s%s", f->fitting_first,
                  money_plain(f->fitting_cents, plain),
                  f->adopted != NULL ? _(" --reason TEXT") : ""));
}

/* The order of the year. */
static void (*const stages[])(const struct agenda_facts *, struct agenda *) = {
    money,   criteria, members, intake,    eligibility, marks,
    ranking, scenario, adopted, decisions, money_left};

void agenda_make(const struct agenda_facts *f, struct agenda *a)
{
    a->count = 0;
    if (f->archived) {
        add(a, "archived", AGENDA_NOTE, xstrdup(_("The call is archived.")),
            NULL);
        return;
    }
    for (size_t i = 0; i < sizeof stages / sizeof *stages; i++)
        stages[i](f, a);
}

void agenda_release(struct agenda *a)
{
    for (size_t i = 0; i < a->count; i++) {
        free(a->items[i].text);
        free(a->items[i].command);
    }
    a->count = 0;
}

void agenda_facts_release(struct agenda_facts *f)
{
    for (int64_t i = 0; f->members != NULL && i < f->members_count; i++)
        free(f->members[i].name);
    free(f->members);
    free(f->now);
    free(f->closes);
    free(f->incomplete_first);
    free(f->eligible_incomplete_first);
    free(f->adopted);
    free(f->adopted_fault);
    free(f->fitting_first);
    *f = (struct agenda_facts){0};
}

const char *agenda_state_name(enum agenda_state state)
{
    static const char *const names[] = {[AGENDA_MISSING] = "missing",
                                        [AGENDA_DUE] = "due",
                                        [AGENDA_NOTE] = "note"};
    return names[state];
}

const char *agenda_next(const struct agenda *a)
{
    for (size_t i = 0; i < a->count; i++)
        if (a->items[i].state != AGENDA_NOTE && a->items[i].command != NULL)
            return a->items[i].command;
    return NULL;
}
