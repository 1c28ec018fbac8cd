/* What cannot be. */
#ifndef BASE_BUG_H
#define BASE_BUG_H

/* What cannot be: says where, and aborts. */
#define BUG(what) bug(__FILE__, __LINE__, (what))
_Noreturn void bug(const char *file, int line, const char *what);

#endif
