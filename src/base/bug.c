/* The end of the program where it finds itself wrong. */
#include "base/bug.h"

#include <stdio.h>
#include <stdlib.h>

_Noreturn void bug(const char *file, int line, const char *what)
{
    fprintf(stderr, "cispd: bug at %s:%d: %s\n", file, line, what);
    abort();
}
