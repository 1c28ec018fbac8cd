/* bare_workbook LIST FILE.xlsx [drawn]: writes the cells of LIST and nothing
 * else, as directly as libxlsxwriter can: what the committee workbook is timed
 * against. Drawn: all have a format, one and the same.
 *
 * LIST is what cells.pl makes of a finished workbook, a line for each cell:
 *   sheet NAME
 *   s ROW COL TEXT          n ROW COL NUMBER
 *   f ROW COL FORMULA TAB VALUE (a number)     g: the same, a text
 *   b ROW COL (empty)       m ROW COL ROW COL (merged; before its cells)
 * with TABs between, and \n and \\ for a line break and a backslash. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

static char *unescape(char *text)
{
    char *out = text;
    for (char *in = text; *in; in++) {
        if (*in == '\\' && in[1])
            *out++ = *++in == 'n' ? '\n' : *in;
        else
            *out++ = *in;
    }
    *out = '\0';
    return text;
}

static lxw_format *format; /* NULL: none */

static lxw_error write_cell(lxw_worksheet *sheet, char kind, char *rest)
{
    lxw_row_t row = (lxw_row_t)strtoul(rest, &rest, 10);
    lxw_col_t col = (lxw_col_t)strtoul(rest, &rest, 10);
    if (kind == 'b')
        return worksheet_write_blank(sheet, row, col, format);
    if (kind == 'm') {
        lxw_row_t last = (lxw_row_t)strtoul(rest, &rest, 10);
        return worksheet_merge_range(sheet, row, col, last,
                                     (lxw_col_t)strtoul(rest, &rest, 10), "",
                                     format);
    }
    char *value = rest + 1;
    char *result = strchr(value, '\t');
    if (result)
        *result++ = '\0';
    if (kind == 's')
        return worksheet_write_string(sheet, row, col, unescape(value), format);
    if (kind == 'n')
        return worksheet_write_number(sheet, row, col, atof(value), format);
    if (!result)
        return LXW_ERROR_PARAMETER_VALIDATION;
    if (kind == 'f')
        return worksheet_write_formula_num(sheet, row, col, unescape(value),
                                           format, atof(result));
    return worksheet_write_formula_str(sheet, row, col, unescape(value), format,
                                       unescape(result));
}

int main(int argc, char **argv)
{
    FILE *list = argc == 3 || argc == 4 ? fopen(argv[1], "r") : NULL;
    if (!list) {
        fprintf(stderr, "usage: bare_workbook LIST FILE.xlsx [drawn]\n");
        return 2;
    }
    lxw_workbook *book = workbook_new(argv[2]);
    if (argc == 4)
        format_set_bold(format = workbook_add_format(book));
    lxw_worksheet *sheet = NULL;
    lxw_error error = LXW_NO_ERROR;
    char *line = NULL;
    size_t room = 0, lines = 0;
    while (!error && getline(&line, &room, list) > 0) {
        lines++;
        line[strcspn(line, "\n")] = '\0';
        if (strncmp(line, "sheet\t", 6) == 0) {
            sheet = workbook_add_worksheet(book, line + 6);
            error = sheet ? LXW_NO_ERROR : LXW_ERROR_MEMORY_MALLOC_FAILED;
        } else {
            error = write_cell(sheet, line[0], line + 2);
        }
    }
    free(line);
    fclose(list);
    lxw_error closed = workbook_close(book);
    if (!error)
        error = closed;
    if (error)
        fprintf(stderr, "bare_workbook: line %zu: %s\n", lines,
                lxw_strerror(error));
    return error ? 1 : 0;
}
