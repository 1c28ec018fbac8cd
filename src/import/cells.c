/* Cells as values. */
#include "import/cells.h"
#include "base/i18n.h"
#include "base/text.h"
#include "import/aliases.h"
#include "core/money.h"

#include <stdlib.h>
#include <string.h>

/* A column called *_cents holds cents in this program's JSON, and may have been
 * made a table by somebody who kept the name and not the unit: nobody should
 * find that out from a grant a hundred times too large. */
static bool may_be_cents(const struct table *t, int field, const char *text)
{
    const char *heading = table_heading(t, field);
    size_t n = strlen(heading);
    return table_own(t, field) != NULL && n > 6 &&
           strcmp(heading + n - 6, "_cents") == 0 &&
           strpbrk(text, ".,") == NULL && strcmp(text, "0") != 0;
}

bool cell_money(struct table *t, int field, int64_t *cents)
{
    struct err why;
    const char *text = table_get(t, field);
    if (text == NULL)
        return false;
    if (may_be_cents(t, field, text)) {
        table_field_error(t, field,
                          _("euros or cents? Write the amount with its two "
                            "decimals: 3000,00"));
        return false;
    }
    if (money_parse(text, cents, &why) == ST_OK)
        return true;
    table_field_error(t, field, why.msg);
    return false;
}

bool cell_count(struct table *t, int field, int64_t *n)
{
    struct err why;
    const char *text = table_get(t, field);
    if (text == NULL)
        return false;
    /* "1 200" and "35.0" are numbers as spreadsheets write them. */
    int64_t hundredths;
    bool number = money_parse(text, &hundredths, NULL) == ST_OK;
    if (number && hundredths % 100 == 0 && hundredths >= 0) {
        *n = hundredths / 100;
        return true;
    }
    if (!number && decimal_parse(text, 0, n, &why) != ST_OK)
        table_field_error(t, field, why.msg);
    else
        table_field_error(t, field,
                          _("a count is a whole number, zero or more"));
    return false;
}

bool cell_day(struct table *t, int field, char out[DAY_LEN])
{
    struct err why;
    const char *text = table_get(t, field);
    if (text == NULL)
        return false;
    if (day_parse_cell(text, out, &why) == ST_OK)
        return true;
    table_field_error(t, field, why.msg);
    return false;
}

bool cell_minute(struct table *t, int field, char out[MINUTE_LEN])
{
    struct err why;
    const char *text = table_get(t, field);
    if (text == NULL)
        return false;
    if (minute_parse_cell(text, "00:00", out, &why) == ST_OK)
        return true;
    table_field_error(t, field, why.msg);
    return false;
}

/* Takes over the five digits that `s` begins with; false when it does not. */
static bool take_postcode(const char *s, char postcode[6])
{
    if (strspn(s, "0123456789") != 5)
        return false;
    memcpy(postcode, s, 5);
    postcode[5] = '\0';
    return true;
}

char *place_name(const char *text, size_t len, char postcode[6])
{
    char *name = text_trim(xstrndup(text, len));
    char *open = strchr(name, '(');
    postcode[0] = '\0';
    if (open != NULL) {
        take_postcode(open + 1, postcode);
        *open = '\0';
    } else if (name[strspn(name, "0123456789")] == ' ' &&
               take_postcode(name, postcode)) {
        memmove(name, name + 6, strlen(name + 6) + 1);
    }
    return text_trim(name);
}

/*-------------------------------------------------------- the association */

const int applicant_spared[] = {F_ACRONYM,  F_SIRET,   F_RNA,  F_ADDRESS,
                                F_POSTCODE, F_COMMUNE, F_ROLE, F_EMAIL,
                                F_PHONE,    -1};

static void read_siret(struct applicant *a, struct table *t)
{
    struct err why;
    bool repaired = false;
    const char *text = table_get(t, F_SIRET);
    a->is.siret_raw = text == NULL ? table_get(t, F_SIRET_RAW) : NULL;
    if (text == NULL)
        return;
    if (siret_parse(text, a->siret, &repaired, &why) != ST_OK) {
        a->is.siret_raw = text;
        table_field_warn(t, F_SIRET, why.msg);
        return;
    }
    a->is.siret = a->siret;
    if (repaired)
        table_field_warn(t, F_SIRET,
                         _("leading zeros were missing and were put back"));
}

static void read_rna(struct applicant *a, struct table *t)
{
    struct err why;
    const char *text = table_get(t, F_RNA);
    a->is.rna_raw = text == NULL ? table_get(t, F_RNA_RAW) : NULL;
    if (text == NULL)
        return;
    if (rna_parse(text, a->rna, &why) == ST_OK) {
        a->is.rna = a->rna;
        return;
    }
    a->is.rna_raw = text;
    table_field_warn(t, F_RNA, why.msg);
}

/* Five digits; four are five whose leading zero a spreadsheet ate. */
static void read_postcode(struct applicant *a, struct table *t)
{
    const char *text = table_get(t, F_POSTCODE);
    char digits[6] = "";
    size_t n = 0;
    if (text == NULL)
        return;
    while (*text != '\0' && n < 5) { /* "59 600", with any space */
        size_t space = text_space(text);
        if (space == 0 && (*text < '0' || *text > '9'))
            break;
        if (space == 0)
            digits[n++] = *text;
        text += space > 0 ? space : 1;
    }
    if (*text != '\0' || n < 4) {
        table_field_warn(t, F_POSTCODE,
                         _("this is no postcode (5 digits); it was left out"));
        return;
    }
    a->postcode[0] = '0';
    memcpy(a->postcode + 5 - n, digits, n + 1);
    a->is.postcode = a->postcode;
}

static void read_place(struct applicant *a, struct table *t)
{
    char postcode[6];
    const char *text = table_get(t, F_COMMUNE);
    read_postcode(a, t);
    if (text == NULL)
        return;
    a->commune = place_name(text, strlen(text), postcode);
    a->is.commune = *a->commune != '\0' ? a->commune : NULL;
    if (a->is.postcode == NULL && *postcode != '\0') {
        memcpy(a->postcode, postcode, sizeof postcode);
        a->is.postcode = a->postcode;
    }
}

static void read_contact(struct applicant *a, struct table *t)
{
    struct err why;
    const char *email = table_get(t, F_EMAIL), *phone = table_get(t, F_PHONE);
    a->is.contact_role = table_get(t, F_ROLE);
    if (email != NULL && email_check(email, &why) == ST_OK)
        a->is.email = email;
    else if (email != NULL)
        table_field_warn(t, F_EMAIL, why.msg);
    if (phone != NULL && phone_parse(phone, a->phone, &why) == ST_OK)
        a->is.phone = a->phone;
    else if (phone != NULL)
        table_field_warn(t, F_PHONE, why.msg);
}

/* An answer that cannot be read must not uncover an address: an error. */
static void read_confidential(struct applicant *a, struct table *t)
{
    const char *text = table_get(t, F_CONFIDENTIAL);
    int answer = text != NULL ? text_answer(text) : 0;
    a->is.confidential = answer != 0; /* until somebody has answered */
    if (answer < 0)
        table_field_error(t, F_CONFIDENTIAL,
                          _("answer \"oui\" or \"non\": is the address "
                            "confidential?"));
}

void applicant_read(struct applicant *a, struct table *t)
{
    *a = (struct applicant){.siret = ""};
    a->is.name = table_get(t, F_ASSOCIATION);
    int second = t->headings.second[F_ASSOCIATION];
    if (a->is.name == NULL && second >= 0 && *t->row.cells[second] != '\0')
        a->is.name = t->row.cells[second];
    if (a->is.name == NULL)
        table_field_error(t, F_ASSOCIATION,
                          _("the association's name is missing (of merged "
                            "cells only the first row has it: repeat it on "
                            "each)"));
    a->is.acronym = table_get(t, F_ACRONYM);
    a->is.address = table_get(t, F_ADDRESS);
    read_siret(a, t);
    read_rna(a, t);
    read_place(a, t);
    read_contact(a, t);
    read_confidential(a, t);
}

void applicant_release(struct applicant *a)
{
    free(a->commune);
    *a = (struct applicant){.siret = ""};
}

enum status applicant_check_name(const struct applicant *a, struct table *t,
                                 struct db *db, int64_t id, bool *unlike,
                                 struct err *e)
{
    char *name = NULL;
    *unlike = false;
    if (a->is.siret == NULL && a->is.rna == NULL)
        return ST_OK;
    enum status st = association_unlike(db, id, &a->is, &name, e);
    if (name != NULL) {
        *unlike = true;
        char *message =
            xasprintf(_("the SIRET or RNA number of \"%s\" is that of \"%s\" "
                        "here: the row is taken to be about the latter; check "
                        "which of the two is wrong"),
                      a->is.name, name);
        table_field_warn(t, F_ASSOCIATION, message);
        free(message);
    }
    free(name);
    return st;
}

/* Whether the association that the row means is known to be confidential. Of
 * several namesakes one is enough. */
static enum status is_shelter(const struct applicant *a, struct db *db,
                              bool *confidential, struct err *e)
{
    *confidential = a->is.confidential;
    if (*confidential || a->is.name == NULL)
        return ST_OK;
    return association_any_confidential(db, &a->is, confidential, e);
}

enum status applicant_hide(const struct applicant *a, struct table *t,
                           struct db *db, struct err *e)
{
    static const int fields[] = {F_ADDRESS, F_POSTCODE, F_COMMUNE,     F_EMAIL,
                                 F_PHONE,   F_COMMUNES, F_COMMUNES_RAW};
    const struct import_report *r = t->report;
    bool confidential = false;
    if (r->errors.count == t->first_error &&
        r->warnings.count == t->first_warning)
        return ST_OK;
    enum status st = is_shelter(a, db, &confidential, e);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (confidential && fields[i] < (int)t->set->count)
            table_hide(t, fields[i]);
    return st;
}
