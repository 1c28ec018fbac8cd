/* What the parts of `cispd rank` write in the same way. */
#include "cli/ranking.h"

#include <stdio.h>

void speech_print(const struct speech *s)
{
    printf("\n");
    for (size_t i = 0; i < s->count; i++) {
        fputs("- ", stdout);
        table_wrapped(s->text[i], 2);
    }
}

json_t *speech_json(const struct speech *s)
{
    json_t *list = json_array();
    for (size_t i = 0; i < s->count; i++)
        json_array_append_new(list, json_string(s->text[i]));
    return list;
}

json_t *project_ref_json(const struct plan *p, size_t project)
{
    return json_string(p->panel.project[project].ref);
}
