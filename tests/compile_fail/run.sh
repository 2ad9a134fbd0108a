#!/bin/sh
# Compiles cases.cpp mended, which must work, and broken, in which each case must be an error of its own.
#   run.sh CASES COMPILER FLAG...
set -u
export LC_ALL=C  # quotes that any awk matches with one dot
cases=$1
shift
log=$(mktemp) || exit 1
trap 'rm -f "$log"' EXIT

if ! "$@" -fsyntax-only "$cases" >"$log" 2>&1; then
  cat "$log"
  echo "FAILED: the mended cases do not compile"
  exit 1
fi

case $("$1" --version) in
  *clang*) options="-ferror-limit=0 -fno-caret-diagnostics" ;;
  *) options="-fmax-errors=0 -fno-diagnostics-show-caret" ;;
esac
# shellcheck disable=SC2086  # several words
if "$@" $options -DBROKEN -fsyntax-only "$cases" >"$log" 2>&1; then
  echo "FAILED: the broken cases compile"
  exit 1
fi

# An error belongs to the case that it names, or that the lines before it (GCC) or its notes (Clang) name.
awk '
  FNR == NR {
    if (sub(/^\/\/ expect: /, "")) expected = $0
    if ($1 == "#line" && match($0, /case:[a-z_]+/)) wanted[substr($0, RSTART, RLENGTH) ":"] = expected
    next
  }
  { said[FNR] = $0; lines = FNR }
  END {
    for (name in wanted) {
      found = 0
      for (i = 1; i <= lines; ++i) {
        if (said[i] !~ / error: / || said[i] !~ wanted[name]) continue
        about = said[i]
        for (k = i - 1; k > 0 && said[k] !~ / (error|note): /; --k) about = about said[k]
        for (k = i + 1; said[k] ~ / note: /; ++k) about = about said[k]
        if (index(about, name)) found = 1
      }
      ++checked
      if (!found) {
        print "FAILED: " name " no error with the words: " wanted[name]
        failed = 1
      }
    }
    print checked + 0 " cases"
    exit failed || checked < 20
  }
' "$cases" "$log"
status=$?
if [ "$status" -ne 0 ]; then
  echo "--- what the compiler said"
  cat "$log"
fi
exit "$status"
