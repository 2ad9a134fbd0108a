#!/bin/sh
# Every C++ block of README.md is compiled and run: its lines stand, in their order, in one of the sources given.
# Indentation does not count.
#
#   check_blocks.sh README.md SOURCE...
awk '
  function trimmed(line) { sub(/^[ \t]+/, "", line); sub(/[ \t]+$/, "", line); return line }
  NR == FNR {
    if (/^```cpp/) { inside = 1; starts[++blocks] = FNR; next }
    if (/^```/) { inside = 0; next }
    if (inside && trimmed($0) != "") block[blocks, ++lines[blocks]] = trimmed($0)
    next
  }
  FNR == 1 { for (b = 1; b <= blocks; ++b) met[b] = 0 }
  {
    line = trimmed($0)
    for (b = 1; b <= blocks; ++b) {
      if (!done[b] && met[b] < lines[b] && line == block[b, met[b] + 1] && ++met[b] > best[b]) best[b] = met[b]
      if (met[b] == lines[b]) done[b] = 1
    }
  }
  END {
    if (blocks == 0) { print "no C++ block found"; exit 1 }
    for (b = 1; b <= blocks; ++b) {
      if (done[b]) continue
      missing = 1
      print "README.md:" starts[b] ": no source has this block. After " best[b] " lines of it, the next one is not there:"
      print "  " block[b, best[b] + 1]
    }
    if (!missing) print blocks " blocks of README.md are in the sources"
    exit missing
  }' "$@"
