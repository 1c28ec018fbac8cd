/* The rules of SCDL "subventions" 2.1.1, cell by cell. */
#include "import/scdl.h"
#include "base/i18n.h"
#include "base/text.h"
#include "core/day.h"
#include "core/ident.h"

#include <stdlib.h>
#include <string.h>

const char *const scdl_names[SCDL_COLUMNS] = {"nomAttribuant",
                                              "idAttribuant",
                                              "dateConvention",
                                              "referenceDecision",
                                              "nomBeneficiaire",
                                              "idBeneficiaire",
                                              "rnaBeneficiaire",
                                              "objet",
                                              "montant",
                                              "nature",
                                              "conditionsVersement",
                                              "datesPeriodeVersement",
                                              "idRAE",
                                              "notificationUE",
                                              "pourcentageSubvention",
                                              "dispositifAide"};

enum scdl_column scdl_column_of(const char *heading)
{
    char *key = text_key_tight(heading);
    size_t c = 0;
    for (; c < SCDL_COLUMNS; c++) {
        char *name = text_key_tight(scdl_names[c]);
        bool same = strcmp(key, name) == 0;
        free(name);
        if (same)
            break;
    }
    free(key);
    return (enum scdl_column)c;
}

static enum scdl_verdict doubtful(struct err *e, const char *why,
                                  const char *value)
{
    err_set(e, ST_BAD_DATA, why, value);
    return SCDL_DOUBTFUL;
}

static enum scdl_verdict broken(struct err *e, const char *why,
                                const char *value)
{
    err_set(e, ST_BAD_DATA, why, value);
    return SCDL_BROKEN;
}

static size_t characters(const char *s)
{
    size_t n = 0;
    for (; *s != '\0'; s++)
        n += ((unsigned char)*s & 0xC0) != 0x80;
    return n;
}

/* Digits and marks as in `shape`, where 9 stands for a digit. */
static bool has_shape(const char *s, const char *shape, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        bool digit = s[i] >= '0' && s[i] <= '9';
        if (shape[i] == '9' ? !digit : s[i] != shape[i])
            return false;
    }
    return true;
}

static const char ISO_DAY[] = "9999-99-99";

static bool is_iso_shaped(const char *s)
{
    return strlen(s) >= 10 && has_shape(s, ISO_DAY, 10);
}

static bool is_iso_day(const char *s)
{
    char day[DAY_LEN];
    return strlen(s) == 10 && is_iso_shaped(s) &&
           day_parse(s, day, NULL) == ST_OK;
}

static enum scdl_verdict check_siret(const char *value, struct err *e)
{
    char siret[SIRET_LEN];
    if (siret_parse(value, siret, NULL, e) != ST_OK)
        return SCDL_DOUBTFUL;
    if (strcmp(value, siret) != 0)
        return doubtful(e, _("\"%s\" is not 14 digits in one block"), value);
    return SCDL_GOOD;
}

static enum scdl_verdict check_rna(const char *value, struct err *e)
{
    if (!rna_is_publishable(value))
        return doubtful(e, _("RNA number \"%s\" is not W and 9 digits"), value);
    return SCDL_GOOD;
}

/* A plain number: digits with a decimal point. */
static bool is_number(const char *s)
{
    size_t whole = strspn(s, "0123456789");
    const char *rest = s + whole;
    if (whole == 0 || (*rest != '\0' && *rest != '.'))
        return false;
    return *rest == '\0' ||
           (rest[1] != '\0' &&
            strspn(rest + 1, "0123456789") == strlen(rest + 1));
}

static enum scdl_verdict check_number(const char *value, struct err *e)
{
    if (is_number(value))
        return SCDL_GOOD;
    if (strchr(value, ',') != NULL)
        return broken(e, _("\"%s\": the schema wants a decimal point"), value);
    return broken(e, _("\"%s\" is not a number"), value);
}

/* Between 0.01 and 1, told from the digits: nothing is rounded. */
static enum scdl_verdict check_share(const char *value, struct err *e)
{
    enum scdl_verdict v = check_number(value, e);
    if (v != SCDL_GOOD)
        return v;
    const char *s = value + strspn(value, "0");
    const char *point = strchr(s, '.');
    size_t whole = point != NULL ? (size_t)(point - s) : strlen(s);
    size_t zeros = point != NULL ? strspn(point + 1, "0") : 0;
    bool any = point != NULL && point[1 + zeros] != '\0';
    if (whole > 1 || (whole == 1 && (*s != '1' || any)))
        return broken(e,
                      _("\"%s\" is above 1: the share is written 0.45 for "
                        "45 %%"),
                      value);
    if (whole == 0 && (!any || zeros > 1))
        return broken(e, _("\"%s\" is below 0.01"), value);
    return SCDL_GOOD;
}

static enum scdl_verdict check_nature(const char *value, struct err *e)
{
    static const char *const legal[] = {"aide en numéraire", "aide en nature",
                                        "aide en numéraire;aide en nature",
                                        "aide en nature;aide en numéraire"};
    for (size_t i = 0; i < sizeof legal / sizeof *legal; i++)
        if (strcmp(value, legal[i]) == 0)
            return SCDL_GOOD;
    err_set(e, ST_BAD_DATA,
            _("\"%s\": the schema knows \"%s\", \"%s\" and both with \";\" "
              "between them"),
            value, legal[0], legal[1]);
    return SCDL_BROKEN;
}

/* The days are checked after the shape: the schema's own examples hold a
 * month 30 and ends before their beginnings. */
static enum scdl_verdict check_period(const char *value, struct err *e)
{
    size_t len = strlen(value);
    bool two = len == 21 && (value[10] == '/' || value[10] == '_') &&
               is_iso_shaped(value + 11);
    if (!is_iso_shaped(value) || (len != 10 && !two))
        return broken(e,
                      _("\"%s\" is not a period: write 2026-03-14 or "
                        "2026-03-14/2026-12-31"),
                      value);
    char first[DAY_LEN];
    memcpy(first, value, 10);
    first[10] = '\0';
    if (!is_iso_day(first) || (two && !is_iso_day(value + 11)))
        return doubtful(e, _("\"%s\" holds a day that does not exist"), value);
    if (two && strcmp(value + 11, first) < 0)
        return doubtful(e, _("the period \"%s\" ends before it begins"), value);
    if (two && value[10] == '_')
        return doubtful(e, _("\"%s\": the schema writes / where this has _"),
                        value);
    return SCDL_GOOD;
}

static enum scdl_verdict check_date(const char *value, struct err *e)
{
    if (!is_iso_day(value))
        return broken(e, _("\"%s\" is not a day written as 2026-03-15"), value);
    return SCDL_GOOD;
}

static enum scdl_verdict check_boolean(const char *value, struct err *e)
{
    if (strcmp(value, "oui") != 0 && strcmp(value, "non") != 0)
        return broken(e, _("\"%s\" is neither \"oui\" nor \"non\""), value);
    return SCDL_GOOD;
}

static enum scdl_verdict check_length(const char *value, size_t max,
                                      struct err *e)
{
    if (characters(value) <= max)
        return SCDL_GOOD;
    err_set(e, ST_BAD_DATA,
            _("the text has %zu characters; the schema allows %zu"),
            characters(value), max);
    return SCDL_BROKEN;
}

static bool may_be_empty(enum scdl_column column)
{
    return column == SCDL_REFERENCE_DECISION ||
           column == SCDL_ID_BENEFICIAIRE || column == SCDL_RNA_BENEFICIAIRE ||
           column == SCDL_ID_RAE || column == SCDL_DISPOSITIF_AIDE;
}

enum scdl_verdict scdl_check(enum scdl_column column, const char *value,
                             struct err *e)
{
    if (*value == '\0') {
        if (may_be_empty(column))
            return SCDL_GOOD;
        err_set(e, ST_BAD_DATA, _("%s is empty: the schema requires a value"),
                scdl_names[column]);
        return SCDL_BROKEN;
    }
    switch (column) {
    case SCDL_ID_ATTRIBUANT:
    case SCDL_ID_BENEFICIAIRE:
        return check_siret(value, e);
    case SCDL_RNA_BENEFICIAIRE:
        return check_rna(value, e);
    case SCDL_DATE_CONVENTION:
        return check_date(value, e);
    case SCDL_MONTANT:
        return check_number(value, e);
    case SCDL_POURCENTAGE_SUBVENTION:
        return check_share(value, e);
    case SCDL_NATURE:
        return check_nature(value, e);
    case SCDL_DATES_PERIODE_VERSEMENT:
        return check_period(value, e);
    case SCDL_NOTIFICATION_UE:
        return check_boolean(value, e);
    case SCDL_OBJET:
    case SCDL_CONDITIONS_VERSEMENT:
        return check_length(value, 256, e);
    case SCDL_ID_RAE:
        return check_length(value, 5, e);
    default:
        return SCDL_GOOD;
    }
}
