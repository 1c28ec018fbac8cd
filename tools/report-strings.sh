#!/bin/sh
# Prints the texts of reports that are looked up in the catalogue, one a line:
# those of the heading lines and those in tr('...').
for f in "$@"; do
    sed -n -e 's/^--@ \(sheet\|title\|subtitle\|heading\|note\|total\|empty\) *//p' \
        -e 's/^--@ column [^|]*| *\([^|]*[^| ]\) *|.*/\1/p' \
        -e 's/^--@ chart [^|]*| *\([^|]*[^| ]\) *|.*/\1/p' "$f"
    sed -n 's/^--@ list [^|]*| *//p' "$f" | tr '|' '\n' |
        sed -e 's/^ *//' -e 's/ *$//'
    tr '\n' ' ' <"$f" | grep -o "tr('[^']*')" | sed "s/^tr('\(.*\)')$/\1/"
done
