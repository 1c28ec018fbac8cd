/* Reading one application. */
#include "import/application.h"
#include "base/i18n.h"
#include "base/text.h"
#include "import/aliases.h"
#include "core/ident.h"
#include "core/status.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* The theme by its name in any case; one that the call does not have is an
 * error, so that no project falls out of the statistics unseen. */
static void read_theme(struct intake *r, struct application *a)
{
    const char *text = table_get(&r->t, F_THEME);
    if (text == NULL)
        return;
    if (r->themes.count == 0) {
        if (!r->theme_noted)
            table_field_warn(&r->t, F_THEME,
                             _("the call has no themes: this column was not "
                               "read (see \"cispd theme add\")"));
        r->theme_noted = true;
        return;
    }
    char *key = text_key(text);
    struct buf all = BUF_INIT;
    for (size_t i = 0; i < r->themes.count; i++) {
        if (strcmp(rows_at(&r->themes, i, 1)->s, key) == 0) {
            a->theme = rows_at(&r->themes, i, 0)->i;
            a->is.theme_id = &a->theme;
        }
        buf_adds(&all, i > 0 ? ", " : "");
        buf_addf(&all, _("\"%s\""), rows_at(&r->themes, i, 2)->s);
    }
    if (a->is.theme_id == NULL) {
        char *message =
            xasprintf(_("the call has no theme \"%s\"; it has %s (\"cispd "
                        "theme add\" makes a new one)"),
                      text, buf_str(&all));
        table_field_error(&r->t, F_THEME, message);
        free(message);
    }
    buf_release(&all);
    free(key);
}

/* The INSEE code of a commune of the territory by name or code, or NULL. */
static const char *commune_code(const struct intake *r, const char *name)
{
    char *key = text_key(name);
    const char *code = NULL;
    for (size_t i = 0; i < r->communes.count && code == NULL; i++)
        if (strcmp(rows_at(&r->communes, i, 1)->s, key) == 0 ||
            strcmp(rows_at(&r->communes, i, 0)->s, name) == 0)
            code = rows_at(&r->communes, i, 0)->s;
    free(key);
    return code;
}

static void add_code(const struct intake *r, struct application *a,
                     const char *code)
{
    for (size_t i = 0; i < a->code_count; i++)
        if (strcmp(a->codes[i], code) == 0)
            return;
    if (a->codes == NULL)
        a->codes = xcalloc(r->communes.count, sizeof *a->codes);
    a->codes[a->code_count++] = code;
}

static void read_place(struct intake *r, struct application *a, int field,
                       const char *text, size_t len)
{
    char postcode[6];
    char *name = place_name(text, len, postcode);
    const char *code = commune_code(r, name);
    if (code != NULL) {
        add_code(r, a, code);
    } else if (*name != '\0') {
        buf_addf(&a->places, "%s%s", a->places.len > 0 ? ", " : "", name);
        char *message =
            xasprintf(_("\"%s\" is no commune of the territory; it is kept as "
                        "text"),
                      name);
        if (field == F_COMMUNES) /* communes_raw are those, by definition */
            table_field_warn(&r->t, field, message);
        free(message);
    }
    free(name);
}

static void read_places(struct intake *r, struct application *a)
{
    static const int fields[] = {F_COMMUNES, F_COMMUNES_RAW};
    for (size_t i = 0; i < 2; i++) {
        const char *text = table_get(&r->t, fields[i]);
        while (text != NULL && *text != '\0') {
            size_t n = strcspn(text, ",;\n");
            read_place(r, a, fields[i], text, n);
            text += n + (text[n] != '\0');
        }
    }
    if (a->places.len > 0)
        a->is.communes_raw = buf_str(&a->places);
}

/* "Public touché" and "Bénéficiaires" may be whom, and not how many. */
static bool says_no_number(const struct table *t, int field)
{
    const char *text = table_own(t, field), *heading = table_heading(t, field);
    return text != NULL && strpbrk(text, "0123456789") == NULL &&
           strncasecmp(heading, "nombre", 6) != 0 &&
           strncasecmp(heading, "nb", 2) != 0;
}

/* Of optional amounts 0 is what a platform writes for an empty field. */
static void read_amounts(struct intake *r, struct application *a)
{
    struct table *t = &r->t;
    if (cell_money(t, F_REQUESTED, &a->requested)) {
        a->is.requested_cents = &a->requested;
        totals_add(&r->totals, a->requested);
    } else {
        table_field_error(t, F_REQUESTED, _("the amount requested is missing"));
    }
    if (cell_money(t, F_MINIMUM, &a->minimum) && a->minimum != 0)
        a->is.minimum_cents = &a->minimum;
    else if (table_own(t, F_MINIMUM) != NULL && a->minimum == 0)
        table_field_warn(t, F_MINIMUM,
                         _("0 counts as none declared: by the rules of the "
                           "call the whole request may then be its smallest "
                           "useful amount; if any amount will do, write 1"));
    if (cell_money(t, F_COST, &a->cost) && a->cost != 0)
        a->is.cost_cents = &a->cost;
    if (cell_money(t, F_OTHER_PUBLIC, &a->other))
        a->is.other_public_cents = &a->other;
    if (a->is.other_public_cents != NULL && a->is.cost_cents != NULL &&
        a->other > a->cost)
        table_field_warn(t, F_OTHER_PUBLIC,
                         _("more than the total cost of the project"));
    if (says_no_number(t, F_BENEFICIARIES))
        table_field_warn(t, F_BENEFICIARIES,
                         _("this is no number of people; it was left out"));
    else if (cell_count(t, F_BENEFICIARIES, &a->beneficiaries))
        a->is.beneficiaries = &a->beneficiaries;
}

/* A row that does not say when it came is received now, if it is new. */
static void read_days(struct intake *r, struct application *a)
{
    struct table *t = &r->t;
    if (cell_day(t, F_STARTS_ON, a->starts_on))
        a->is.starts_on = a->starts_on;
    if (cell_day(t, F_ENDS_ON, a->ends_on))
        a->is.ends_on = a->ends_on;
    if (cell_minute(t, F_RECEIVED_AT, a->received_at)) {
        a->is.received_at = a->received_at;
        if (strcmp(a->received_at, r->at->now) > 0)
            table_field_warn(t, F_RECEIVED_AT, _("this is still to come"));
        else if (strtol(a->received_at, NULL, 10) < r->at->call - 1)
            table_field_warn(t, F_RECEIVED_AT,
                             _("this is more than a year before the year of "
                               "the call"));
    }
    a->is.late_reason = table_get(t, F_LATE_REASON);
}

void application_check_deadline(struct intake *r, const struct application *a)
{
    const char *received = a->is.received_at;
    char day[MINUTE_LEN], closes[MINUTE_LEN];
    if (received == NULL || r->deadline == NULL || a->is.late_reason != NULL ||
        strcmp(received, r->deadline) <= 0)
        return;
    minute_text(r->deadline, closes);
    char *message =
        table_get(&r->t, F_RECEIVED_AT) == NULL
            ? xasprintf(
                  _("the row does not say when it was received, and it is "
                    "past the deadline of %s: say it in a column or with "
                    "--set received_at=DAY; a late project needs a "
                    "reason, with --set late_reason=REASON"),
                  closes)
            : xasprintf(_("received on %s, after the deadline of %s: a late "
                          "project needs a reason, in a column \"late_reason\" "
                          "or with --set late_reason=REASON"),
                        receipt_text(received, day), closes);
    table_field_error(&r->t, F_RECEIVED_AT, message);
    free(message);
}

/* Whether a platform's word says no more than that the file came in. */
static bool says_received(const char *key)
{
    static const char *const words[] = {
        "",          "depose",   "deposee",        "transmis",
        "transmise", "complet",  "en instruction", "en cours d instruction",
        "en cours",  "a traiter"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(key, words[i]) == 0)
            return true;
    return false;
}

/* A status is ours, or what a platform says of the file, of which only
 * "received" is taken. */
static void read_status(struct intake *r, struct application *a)
{
    const char *text = table_get(&r->t, F_STATUS);
    char *key = text != NULL ? text_key(text) : xstrdup("");
    a->status = status_of_word(text);
    if (strcmp(key, "en construction") == 0 || strcmp(key, "brouillon") == 0)
        table_field_warn(&r->t, F_STATUS,
                         _("the applicant may still change this file; it is "
                           "imported as received"));
    else if (strncmp(key, "refuse", 6) == 0 ||
             strstr(key, "sans suite") != NULL ||
             strncmp(key, "annule", 6) == 0 ||
             strncmp(key, "abandon", 7) == 0 ||
             strncmp(key, "supprime", 8) == 0 ||
             strncmp(key, "cloture", 7) == 0)
        table_field_warn(&r->t, F_STATUS,
                         _("the platform has closed this file; it is imported "
                           "as received"));
    else if (a->status == NULL && !says_received(key))
        table_field_warn(&r->t, F_STATUS,
                         _("this status is not known; the project is imported "
                           "as received"));
    free(key);
}

/* The key by which the row is known again; that of a row without a number
 * is for its first occurrence. */
static void read_key(struct intake *r, struct application *a)
{
    const char *number = table_get(&r->t, F_NUMBER);
    table_digest(&r->t, a->digest);
    if (number != NULL && ident_is_rounded(number)) {
        table_field_warn(&r->t, F_NUMBER,
                         _("Excel has rounded this number: it tells no file "
                           "from another, and the row is known again by all "
                           "that it says; export the column as text"));
        number = NULL;
    }
    if (number == NULL) {
        a->key = xasprintf("row:%s#1", a->digest);
        return;
    }
    struct buf prefix = BUF_INIT;
    buf_adds(&prefix, r->own_list ? "own:" : "id:");
    for (; *number != '\0'; number++) /* the sign stands before the digest */
        buf_adds(&prefix, *number == '#' ? "%23" : (char[]){*number, '\0'});
    a->prefix = buf_take(&prefix);
    a->key = xasprintf("%s#%.32s", a->prefix, a->digest);
}

void application_read(struct intake *r, struct application *a)
{
    a->is.call_year = r->at->call;
    a->is.title = table_get(&r->t, F_TITLE);
    if (a->is.title == NULL)
        table_field_error(&r->t, F_TITLE, _("the title is missing"));
    scdl_check_row(&r->scdl, &r->t);
    applicant_read(&a->who, &r->t);
    read_amounts(r, a);
    read_days(r, a);
    read_theme(r, a);
    read_places(r, a);
    read_status(r, a);
    read_key(r, a);
}

void application_release(struct application *a)
{
    applicant_release(&a->who);
    free(a->codes);
    buf_release(&a->places);
    free(a->key);
    free(a->prefix);
}
