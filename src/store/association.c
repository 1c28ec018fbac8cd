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

/* Nothing where nothing is said. */
static enum status insert_contact(struct db *db, int64_t id,
                                  const struct association *a, struct err *e)
{
    if (!said(a->email) && !said(a->phone) && !said(a->contact_role))
        return ST_OK;
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
                                 const struct association *a, struct err *e)
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
    if (st != ST_OK || !found)
        return st == ST_OK ? insert_contact(db, id, a, e) : st;
    return sql_run(db, e,
                   "UPDATE contact SET email = nullif(coalesce(?2, email), ''),"
                   "                   phone = nullif(coalesce(?3, phone), '')"
                   " WHERE id = ?1",
                   "itt", contact, a->email, a->phone);
}

/* What is said, laid over what is known where there is a row `?1`; "" is not
 * known, so that empty cells of a list need no care. */
#define NEW_ROW \
    "SELECT coalesce(?2, name), coalesce(?3, name_key)," \
    "  nullif(coalesce(?4, acronym), '')," \
    "  nullif(coalesce(?5, siret), '')," \
    "  CASE WHEN nullif(coalesce(?5, siret), '') IS NULL" \
    "       THEN nullif(coalesce(?6, siret_raw), '') END," \
    "  nullif(coalesce(?7, rna), '')," \
    "  CASE WHEN nullif(coalesce(?7, rna), '') IS NULL" \
    "       THEN nullif(coalesce(?8, rna_raw), '') END," \
    "  nullif(coalesce(?9, address), '')," \
    "  nullif(coalesce(?10, postcode), '')," \
    "  nullif(coalesce(?11, commune), '')," \
    "  max(coalesce(confidential, 0), ?12)" \
    "  FROM (SELECT 1) LEFT JOIN association ON id = ?1"

static enum status write_row(struct db *db, const char *sql, int64_t id,
                             const struct association *a, const char *key,
                             struct err *e)
{
    return sql_run(db, e, sql, "itttttttttti", id, a->name, key, a->acronym,
                   a->siret, a->siret_raw, a->rna, a->rna_raw, a->address,
                   a->postcode, a->commune, (int64_t)a->confidential);
}

enum status association_insert(struct db *db, const struct association *a,
                               int64_t *id, struct err *e)
{
    static const char sql[] = "INSERT INTO association (" COLUMNS ") " NEW_ROW;
    char *key = text_key(a->name);
    enum status st = check_name(a->name, key, e);
    if (st == ST_OK)
        st = write_row(db, sql, 0, a, key, e);
    if (st == ST_REFUSED) { /* asked only then: most numbers are nobody's */
        enum status taken = check_taken(db, a, 0, e);
        st = taken != ST_OK ? taken : st;
    }
    if (st == ST_OK) {
        *id = sql_last_id(db);
        st = insert_contact(db, *id, a, e);
    }
    free(key);
    return st;
}

enum status association_update(struct db *db, int64_t id,
                               const struct association *a, struct err *e)
{
    static const char sql[] =
        "UPDATE association SET (" COLUMNS ") = (" NEW_ROW ") WHERE id = ?1";
    char *key = a->name != NULL ? text_key(a->name) : NULL;
    enum status st = key != NULL ? check_name(a->name, key, e) : ST_OK;
    if (st == ST_OK && (said(a->siret) || said(a->rna)))
        st = check_taken(db, a, id, e);
    if (st == ST_OK)
        st = write_row(db, sql, id, a, key, e);
    if (st == ST_OK)
        st = write_contact(db, id, a, e);
    free(key);
    return st;
}

/* An identifier is taken over only where no other association has it. */
enum status association_fill(struct db *db, int64_t id,
                             const struct association *a, struct err *e)
{
    bool has = false;
    enum status st = sql_run(
        db, e,
        "WITH here AS (SELECT coalesce(siret, (SELECT ?3 WHERE NOT EXISTS"
        "   (SELECT 1 FROM association WHERE siret = ?3))) AS siret,"
        "  coalesce(rna, (SELECT ?5 WHERE NOT EXISTS"
        "   (SELECT 1 FROM association WHERE rna = ?5))) AS rna"
        "  FROM association WHERE id = ?1)"
        "UPDATE association SET acronym = coalesce(acronym, ?2),"
        "  siret = here.siret, siret_raw = CASE WHEN here.siret IS NULL"
        "                                  THEN coalesce(siret_raw, ?4) END,"
        "  rna = here.rna, rna_raw = CASE WHEN here.rna IS NULL"
        "                            THEN coalesce(rna_raw, ?6) END,"
        "  address = coalesce(address, ?7),"
        "  postcode = coalesce(postcode, ?8),"
        "  commune = coalesce(commune, ?9),"
        "  confidential = max(confidential, ?10)"
        "  FROM here WHERE id = ?1",
        "itttttttti", id, a->acronym, a->siret, a->siret_raw, a->rna,
        a->rna_raw, a->address, a->postcode, a->commune,
        (int64_t)a->confidential);
    if (st == ST_OK) /* one of whom only the role was known */
        st = sql_run(db, e,
                     "UPDATE contact SET email = nullif(?2, ''),"
                     "       phone = nullif(?3, ''),"
                     "       role = coalesce(nullif(?4, ''), role)"
                     " WHERE id = (SELECT min(id) FROM contact"
                     "              WHERE association_id = ?1)"
                     "   AND email IS NULL AND phone IS NULL",
                     "ittt", id, a->email, a->phone, a->contact_role);
    if (st == ST_OK)
        st = sql_has(db, e, &has,
                     "SELECT 1 FROM contact WHERE association_id = ?", "i", id);
    return st == ST_OK && !has ? insert_contact(db, id, a, e) : st;
}

enum status association_reveal(struct db *db, int64_t id, struct err *e)
{
    return sql_run(
        db, e, "UPDATE association SET confidential = 0 WHERE id = ?", "i", id);
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

/* What `kept` may take over from `other`: an address whole, or not at all. */
static enum status read_other(struct db *db, int64_t kept, int64_t other,
                              struct rows *row, struct association *a,
                              struct err *e)
{
    enum status st = sql_rows(
        db, row, e,
        "SELECT o.acronym, o.siret, o.siret_raw, o.rna, o.rna_raw,"
        "       iif(known, NULL, o.address), iif(known, NULL, o.postcode),"
        "       iif(known, NULL, o.commune), o.confidential"
        "  FROM association o, (SELECT coalesce(address, postcode, commune)"
        "                              IS NOT NULL AS known"
        "                         FROM association WHERE id = ?)"
        " WHERE o.id = ?",
        "ii", kept, other);
    if (st != ST_OK)
        return st;
    const struct cell *c = rows_at(row, 0, 0);
    *a = (struct association){.acronym = c[0].s,
                              .siret = c[1].s,
                              .siret_raw = c[2].s,
                              .rna = c[3].s,
                              .rna_raw = c[4].s,
                              .address = c[5].s,
                              .postcode = c[6].s,
                              .commune = c[7].s,
                              .confidential = c[8].i != 0};
    return ST_OK;
}

/* The row goes before its identifiers are given to the other, because two rows
 * cannot hold the same one, not even for a moment. */
enum status association_merge(struct db *db, int64_t kept, int64_t other,
                              struct err *e)
{
    struct rows row = {0};
    struct association a;
    enum status st = check_merge(db, kept, other, e);
    if (st == ST_OK)
        st = read_other(db, kept, other, &row, &a, e);
    if (st == ST_OK)
        st = move_rows(db, kept, other, e);
    if (st == ST_OK)
        st = sql_run(db, e, "DELETE FROM association WHERE id = ?", "i", other);
    if (st == ST_OK)
        st = association_fill(db, kept, &a, e);
    rows_release(&row);
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
