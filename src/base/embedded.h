/* The text files that travel inside the program: schema/ and reports/. */
#ifndef BASE_EMBEDDED_H
#define BASE_EMBEDDED_H

struct embedded {
    const char *name; /* as in the source tree: "schema/guards.sql" */
    const char *text;
};

/* Sorted by folder and name; ends with a NULL name. Made by tools/embed.sh. */
extern const struct embedded embedded_files[];

/* The text of the file of this name; BUG when there is none. */
const char *embedded_text(const char *name);

#endif
