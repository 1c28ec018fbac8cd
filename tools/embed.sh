#!/bin/sh
# Writes a C table of the given text files: name (as given) and content.
echo '#include "base/embedded.h"'
echo 'const struct embedded embedded_files[] = {'
for f in "$@"; do
    printf '{"%s",\n' "$f"
    sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/.*/"&\\n"/' "$f"
    echo '},'
done
echo '{0, 0}};'
