/* Associations and their contacts: rows in and out, and joining two. Which
 * two are likely the same one is told in alike.c. */
#include "store/association.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "store/sql.h"

#include <stdlib.h>
#include <string.h>

/* What a contact is called when nobody says which role it has. */
#define ANY_ROLE "contact"

/* What is written of an association, in one order. */
#define COLUMNS \
    "name, name_key, acronym, siret, siret_raw, rna, rna_raw, address," \
    " postcode, commune, confidential"

/* "" is how a caller says: forget it. */
static bool said(const char *s)
{
    return s != NULL && *s != '\0';
}

/* Refuses what the schema would refuse, for people. `self` is the row that
 * may hold the identifiers already (0: none). */
static enum status check_taken(struct db *db, const struct association *a,
                               int64_t self, struct err *e)
{
    enum status st = sql_refuse(db, e, ST_REFUSED,
                                _("the SIRET %s is already that of \"%s\""),
                                "SELECT siret, name FROM association"
                                " WHERE siret = ? AND id <> ?",
                                "ti", a->siret, self);
    if (st != ST_OK)
        return err_column(st, e, "siret");
    st = sql_refuse(db, e, ST_REFUSED,
                    _("the RNA number %s is already that of \"%s\""),
                    "SELECT rna, name FROM association"
                    " WHERE rna = ? AND id <> ?",
                    "ti", a->rna, self);
    return err_column(st, e, "rna");
}

/* Such a name has an empty key, which nothing could find. */
static enum status check_name(const char *name, const char *key, struct err *e)
{
    if (*key != '\0')
        return ST_OK;
    return err_column(err_set(e, ST_BAD_DATA,
                              _("\"%s\" is no name: an association's name has "
                                "letters or digits"),
                              name),
                      e, "association");
}

enum status association_check_name(const char *name, struct err *e)
{
    char *key = text_key(name);
    enum status st = check_name(name, key, e);
    free(key);
    return st;
}

static enum status insert_contact(struct db *db, int64_t id,
                                  const struct association *a, struct err *e)
{
    return sql_run(db, e,
                   "INSERT INTO contact (association_id, role, email, phone)"
                   " VALUES (?, ?, nullif(?, ''), nullif(?, ''))",
                   "ittt", id,
                   said(a->contact_role) ? a->contact_role : ANY_ROLE, a->email,
                   a->phone);
}

/* Writes the contact of a role; NULL fields stay, "" forgets. Without a role
 * the association's only contact is meant, else one called "contact". */
static enum status write_contact(struct db *db, int64_t id,
                                 const struct association *a, bool *changed,
                                 struct err *e)
{
    if (a->email == NULL && a->phone == NULL && !said(a->contact_role))
        return ST_OK;
    int64_t contact = 0;
    bool found = false;
    enum status st =
        sql_int(db, e, &contact, &found,
                "SELECT id FROM contact WHERE association_id = ?1"
                "   AND (role = ?2 OR ?2 IS NULL AND 1 = (SELECT count(*)"
                "        FROM contact WHERE association_id = ?1))",
                "it", id, said(a->contact_role) ? a->contact_role : NULL);
    if (st != ST_OK)
        return st;
    if (found)
        st = sql_run(
            db, e,
            "UPDATE contact SET email = nullif(coalesce(?2, email), ''),"
            "                   phone = nullif(coalesce(?3, phone), '')"
            " WHERE id = ?1"
            "   AND (email IS NOT nullif(coalesce(?2, email), '')"
            "        OR phone IS NOT nullif(coalesce(?3, phone), ''))",
            "itt", contact, a->email, a->phone);
    else if (said(a->email) || said(a->phone) || said(a->contact_role))
        st = insert_contact(db, id, a, e);
    else
        return ST_OK;
    if (st == ST_OK && sql_changes(db) > 0)
        *changed = true;
    return st;
}

/* "" counts as not said, so that empty cells of a list need no care. */
enum status association_insert(struct db *db, const struct association *a,
                               int64_t *id, struct err *e)
{
    char *key = text_key(a->name);
    enum status st = check_name(a->name, key, e);
    if (st == ST_OK)
        st = sql_run(
            db, e,
            "INSERT INTO association (" COLUMNS ")"
            " VALUES (?1, ?2, nullif(?3, ''), nullif(?4, ''),"
            "    CASE WHEN nullif(?4, '') IS NULL THEN nullif(?5, '') END,"
            "    nullif(?6, ''),"
            "    CASE WHEN nullif(?6, '') IS NULL THEN nullif(?7, '') END,"
            "    nullif(?8, ''), nullif(?9, ''), nullif(?10, ''), ?11)",
            "tttttttttti", a->name, key, a->acronym, a->siret, a->siret_raw,
            a->rna, a->rna_raw, a->address, a->postcode, a->commune,
            (int64_t)a->confidential);
    if (st == ST_REFUSED) { /* asked only then: most numbers are nobody's */
        enum status taken = check_taken(db, a, 0, e);
        st = taken != ST_OK ? taken : st;
    }
    if (st == ST_OK) {
        *id = sql_last_id(db);
        if (said(a->email) || said(a->phone) || said(a->contact_role))
            st = insert_contact(db, *id, a, e);
    }
    free(key);
    return st;
}

/* The row as it would be, beside the row as it is: one statement, so that
 * nothing is journaled when nothing moves. */
static const char update_row[] =
    "WITH new AS (SELECT coalesce(?2, name) AS name,"
    "  coalesce(?3, name_key) AS name_key,"
    "  nullif(coalesce(?4, acronym), '') AS acronym,"
    "  nullif(coalesce(?5, siret), '') AS siret,"
    "  CASE WHEN nullif(coalesce(?5, siret), '') IS NULL"
    "       THEN nullif(coalesce(?6, siret_raw), '') END AS siret_raw,"
    "  nullif(coalesce(?7, rna), '') AS rna,"
    "  CASE WHEN nullif(coalesce(?7, rna), '') IS NULL"
    "       THEN nullif(coalesce(?8, rna_raw), '') END AS rna_raw,"
    "  nullif(coalesce(?9, address), '') AS address,"
    "  nullif(coalesce(?10, postcode), '') AS postcode,"
    "  nullif(coalesce(?11, commune), '') AS commune,"
    "  max(confidential, ?12) AS confidential"
    "  FROM association WHERE id = ?1)"
    "UPDATE association SET (" COLUMNS ") = (SELECT * FROM new)"
    " WHERE id = ?1 AND EXISTS (SELECT " COLUMNS " FROM association"
    "                            WHERE id = ?1 EXCEPT SELECT * FROM new)";

enum status association_update(struct db *db, int64_t id,
                               const struct association *a, bool *changed,
                               struct err *e)
{
    char *key = a->name != NULL ? text_key(a->name) : NULL;
    enum status st = key != NULL ? check_name(a->name, key, e) : ST_OK;
    *changed = false;
    if (st == ST_OK && (said(a->siret) || said(a->rna)))
        st = check_taken(db, a, id, e);
    if (st == ST_OK)
        st = sql_run(db, e, update_row, "itttttttttti", id, a->name, key,
                     a->acronym, a->siret, a->siret_raw, a->rna, a->rna_raw,
                     a->address, a->postcode, a->commune,
                     (int64_t)a->confidential);
    if (st == ST_OK) {
        *changed = sql_changes(db) > 0;
        st = write_contact(db, id, a, changed, e);
    }
    free(key);
    return st;
}

enum status association_reveal(struct db *db, int64_t id, bool *changed,
                               struct err *e)
{
    enum status st = sql_run(db, e,
                             "UPDATE association SET confidential = 0"
                             " WHERE id = ? AND confidential = 1",
                             "i", id);
    if (st == ST_OK && sql_changes(db) > 0)
        *changed = true;
    return st;
}

/* Lists those of the same name with what to type: their SIRET, else their
 * number. */
static enum status refuse_namesakes(struct db *db, const char *name,
                                    const char *key, struct err *e)
{
    enum status st = sql_refuse(
        db, e, ST_REFUSED,
        _("several associations are called \"%s\": %s. Give the SIRET or the "
          "commune of the one that is meant, or join them with \"cispd "
          "association merge\"."),
        "SELECT ?1, group_concat(name || coalesce(' (' || coalesce(siret,"
        "               commune) || ')', '') || ' #' || id, '; ')"
        "  FROM association_public WHERE name_key = ?2",
        "tt", name, key);
    return err_column(st, e, "association");
}

/* Where an association is, as far as that is known; the key is owned. */
struct place {
    char *commune; /* folded, without "cedex"; "" when not known */
    const char *postcode;
};

static struct place place_of(const char *commune, const char *postcode)
{
    struct place p = {text_key(commune != NULL ? commune : ""), postcode};
    char *cedex = strstr(p.commune, " cedex");
    if (cedex != NULL)
        *cedex = '\0';
    return p;
}

/* Whether one place is certainly not the other. Postcodes alone tell only
 * when they are of two departments. */
static bool elsewhere(const struct place *a, const struct place *b)
{
    bool postcodes = said(a->postcode) && said(b->postcode);
    if (*a->commune != '\0' && *b->commune != '\0')
        return strcmp(a->commune, b->commune) != 0 &&
               !(postcodes && strcmp(a->postcode, b->postcode) == 0);
    return postcodes && strncmp(a->postcode, b->postcode, 2) != 0;
}

/* An identifier that is not known on one side tells nothing apart: the
 * comparison is NULL, which IS NOT 0. Namesakes in two communes are two, and
 * the one in the very commune comes before those of which none is known. */
static enum status match_name(struct db *db, const struct association *a,
                              int64_t *id, struct err *e)
{
    char *key = text_key(a->name);
    struct place self = place_of(a->commune, a->postcode);
    int count = 0, there = 0;
    struct query q = query_start(db, e,
                                 "SELECT id, commune, postcode FROM association"
                                 " WHERE name_key = ?1"
                                 "   AND (siret = ?2) IS NOT 0"
                                 "   AND (rna = ?3) IS NOT 0",
                                 "ttt", key, a->siret, a->rna);
    while (query_next(&q)) {
        struct place other = place_of(query_text(&q, 1), query_text(&q, 2));
        bool same =
            *self.commune != '\0' && strcmp(self.commune, other.commune) == 0;
        if (!elsewhere(&self, &other) && (same || there == 0)) {
            *id = query_int(&q, 0);
            count = same && there == 0 ? 1 : count + 1;
            there += same;
        }
        free(other.commune);
    }
    enum status st = query_end(&q);
    if (st == ST_OK && count > 1) {
        *id = 0;
        st = refuse_namesakes(db, a->name, key, e);
    }
    free(self.commune);
    free(key);
    return st;
}

/* Identifiers before names: a name may be spelt anew, a SIRET is the same. */
enum status association_match(struct db *db, const struct association *a,
                              int64_t *id, struct err *e)
{
    bool found = false;
    enum status st = ST_OK;
    *id = 0;
    if (said(a->siret))
        st = sql_int(db, e, id, &found,
                     "SELECT id FROM association WHERE siret = ?", "t",
                     a->siret);
    if (st == ST_OK && !found && said(a->rna))
        st = sql_int(db, e, id, &found,
                     "SELECT id FROM association WHERE rna = ?", "t", a->rna);
    if (st == ST_OK && !found && said(a->name))
        st = match_name(db, a, id, e);
    return st;
}

enum status association_any_confidential(struct db *db,
                                         const struct association *a,
                                         bool *confidential, struct err *e)
{
    char *key = text_key(a->name);
    enum status st = sql_has(db, e, confidential,
                             "SELECT 1 FROM association WHERE confidential"
                             "   AND (siret = ? OR rna = ? OR name_key = ?)",
                             "ttt", a->siret, a->rna, key);
    free(key);
    return st;
}

/* Two SIRET of one SIREN are two places of the same firm; two SIREN are two
 * firms, whatever their names. */
static enum status check_merge(struct db *db, int64_t kept, int64_t other,
                               struct err *e)
{
    if (kept == other)
        return err_set(e, ST_REFUSED,
                       _("both names mean the same association: there is "
                         "nothing to join"));
    return sql_refuse(
        db, e, ST_REFUSED,
        _("these are two different bodies: their SIREN numbers differ. "
          "Correct one with \"cispd association edit\" if it is wrong."),
        "SELECT 1 FROM association a, association b WHERE a.id = ? AND b.id = ?"
        "   AND substr(a.siret, 1, 9) <> substr(b.siret, 1, 9)",
        "ii", kept, other);
}

/* Takes over what `kept` does not know from `other`, as JSON, once `other` is
 * gone: an identifier belongs to one row at a time. An address is taken whole
 * or not at all. */
static enum status take_over(struct db *db, int64_t kept, const char *other,
                             struct err *e)
{
    return sql_run(
        db, e,
        "UPDATE association SET acronym = coalesce(acronym, ?2 ->> 'acronym'),"
        "  siret = coalesce(siret, ?2 ->> 'siret'),"
        "  siret_raw = CASE WHEN coalesce(siret, ?2 ->> 'siret') IS NULL"
        "              THEN coalesce(siret_raw, ?2 ->> 'siret_raw') END,"
        "  rna = coalesce(rna, ?2 ->> 'rna'),"
        "  rna_raw = CASE WHEN coalesce(rna, ?2 ->> 'rna') IS NULL"
        "            THEN coalesce(rna_raw, ?2 ->> 'rna_raw') END,"
        "  (address, postcode, commune) ="
        "      (SELECT address, postcode, commune"
        "        WHERE coalesce(address, postcode, commune) IS NOT NULL"
        "       UNION ALL"
        "       SELECT ?2 ->> 'address', ?2 ->> 'postcode', ?2 ->> 'commune'"
        "        LIMIT 1),"
        "  confidential = max(confidential, ?2 ->> 'confidential')"
        " WHERE id = ?1",
        "it", kept, other);
}

/* Moves projects and contacts. A contact of a role that `kept` has too keeps
 * its e-mail and phone under a role of its own; one that says the same goes.
 */
static enum status move_rows(struct db *db, int64_t kept, int64_t other,
                             struct err *e)
{
    enum status st = sql_run(db, e,
                             "UPDATE project SET association_id = ?1"
                             " WHERE association_id = ?2",
                             "ii", kept, other);
    if (st == ST_OK)
        st = sql_run(db, e,
                     "DELETE FROM contact WHERE association_id = ?2"
                     "   AND EXISTS (SELECT 1 FROM contact k"
                     "                WHERE k.association_id = ?1"
                     "                  AND k.role = contact.role"
                     "                  AND k.email IS contact.email"
                     "                  AND k.phone IS contact.phone)",
                     "ii", kept, other);
    if (st == ST_OK)
        st = sql_run(
            db, e,
            "UPDATE contact SET association_id = ?1,"
            "   role = CASE WHEN role IN (SELECT role FROM contact"
            "                              WHERE association_id = ?1)"
            "               THEN format('%s (%d)', role, id) ELSE role END"
            " WHERE association_id = ?2",
            "ii", kept, other);
    return st;
}

/* The row goes before its identifiers are given to the other, because two rows
 * cannot hold the same one, not even for a moment. */
enum status association_merge(struct db *db, int64_t kept, int64_t other,
                              struct err *e)
{
    char *row = NULL;
    enum status st = check_merge(db, kept, other, e);
    if (st == ST_OK)
        st = sql_text(db, e, &row,
                      "SELECT json_object('acronym', acronym, 'siret', siret,"
                      "  'siret_raw', siret_raw, 'rna', rna,"
                      "  'rna_raw', rna_raw, 'address', address,"
                      "  'postcode', postcode, 'commune', commune,"
                      "  'confidential', confidential)"
                      "  FROM association WHERE id = ?",
                      "i", other);
    if (st == ST_OK)
        st = move_rows(db, kept, other, e);
    if (st == ST_OK)
        st = sql_run(db, e, "DELETE FROM association WHERE id = ?", "i", other);
    if (st == ST_OK)
        st = take_over(db, kept, row, e);
    free(row);
    return st;
}

/* From association_public: a confidential commune is not even read. */
enum status association_list(struct db *db, struct rows *rows, struct err *e)
{
    return sql_rows(db, rows, e,
                    "SELECT '#' || a.id AS id, a.name AS association,"
                    "       a.acronym, a.siret, a.rna,"
                    "       a.commune, a.confidential,"
                    "       (SELECT count(*) FROM project p"
                    "         WHERE p.association_id = a.id) AS projects"
                    "  FROM association_public a ORDER BY a.name_key, a.id",
                    "");
}

enum status association_show(struct db *db, int64_t id, bool office,
                             struct rows *rows, struct err *e)
{
    return sql_rows(
        db, rows, e,
        "SELECT name AS association, acronym, siret, siret_raw, rna, rna_raw,"
        "       CASE WHEN ?2 OR confidential = 0 THEN address END AS address,"
        "       CASE WHEN ?2 OR confidential = 0 THEN postcode END"
        "           AS postcode,"
        "       CASE WHEN ?2 OR confidential = 0 THEN commune END AS commune,"
        "       confidential"
        "  FROM association WHERE id = ?1",
        "ii", id, (int64_t)office);
}

enum status association_contacts(struct db *db, int64_t id, bool office,
                                 struct rows *rows, struct err *e)
{
    return sql_rows(db, rows, e,
                    "SELECT c.role, c.email, c.phone"
                    "  FROM contact c JOIN association a"
                    "    ON a.id = c.association_id"
                    " WHERE a.id = ?1 AND (?2 OR a.confidential = 0)"
                    " ORDER BY c.role",
                    "ii", id, (int64_t)office);
}

enum status association_projects(struct db *db, int64_t id, struct rows *rows,
                                 struct err *e)
{
    return sql_rows(db, rows, e,
                    "SELECT p.ref AS id, p.title, p.status, p.requested_cents,"
                    "       w.decision,"
                    "       CASE w.decision WHEN 'awarded'"
                    "            THEN w.amount_cents END AS awarded_cents"
                    "  FROM project p LEFT JOIN award w ON w.project_id = p.id"
                    " WHERE p.association_id = ?"
                    " ORDER BY p.call_year DESC, p.number",
                    "i", id);
}

enum status association_name(struct db *db, int64_t id, char **name,
                             struct err *e)
{
    return sql_text(db, e, name, "SELECT name FROM association WHERE id = ?",
                    "i", id);
}
