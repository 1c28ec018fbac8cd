/* Which association a row's words have meant so far. */
#include "import/matched.h"

#include <stdlib.h>
#include <string.h>

enum { PLACES = 8192 }; /* a power of two */

struct place {
    char *words; /* all fields, NULL: the place is free */
    size_t len;
    int64_t id;
};

struct matched {
    struct place places[PLACES];
    struct buf words; /* of the last matched_find */
};

struct matched *matched_new(void)
{
    return xcalloc(1, sizeof(struct matched));
}

/* Adds a field; what is not said differs from what is empty. */
static void add(struct buf *b, const char *field)
{
    buf_add(b, field != NULL ? "=" : "-", 1);
    if (field != NULL)
        buf_add(b, field, strlen(field) + 1);
}

static void join(struct buf *b, const struct association *a)
{
    const char *const fields[] = {a->name,
                                  a->acronym,
                                  a->siret,
                                  a->siret_raw,
                                  a->rna,
                                  a->rna_raw,
                                  a->address,
                                  a->postcode,
                                  a->commune,
                                  a->email,
                                  a->contact_role,
                                  a->phone,
                                  a->confidential ? "1" : NULL};
    buf_reset(b);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        add(b, fields[i]);
}

/* FNV-1a, 64 bits. */
static struct place *place_of(struct matched *m)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < m->words.len; i++)
        hash = (hash ^ (unsigned char)m->words.s[i]) * UINT64_C(1099511628211);
    return &m->places[(hash ^ hash >> 32) % PLACES];
}

int64_t matched_find(struct matched *m, const struct association *a)
{
    join(&m->words, a);
    const struct place *p = place_of(m);
    bool same = p->words != NULL && p->len == m->words.len &&
                memcmp(p->words, m->words.s, p->len) == 0;
    return same ? p->id : 0;
}

void matched_keep(struct matched *m, int64_t id)
{
    struct place *p = place_of(m);
    free(p->words);
    *p = (struct place){xmalloc(m->words.len), m->words.len, id};
    memcpy(p->words, m->words.s, m->words.len);
}

void matched_forget(struct matched *m)
{
    for (size_t i = 0; i < PLACES; i++) {
        free(m->places[i].words);
        m->places[i].words = NULL;
    }
}

void matched_free(struct matched *m)
{
    if (m == NULL)
        return;
    matched_forget(m);
    buf_release(&m->words);
    free(m);
}
