#!/usr/bin/env bash
# Checks every source file against .clang-format, or formats them.
#
#   scripts/format.sh [--fix]
set -euo pipefail
cd "$(dirname "$0")/.."

# Generated files come formatted from their templates; goldens are what they are on purpose.
mapfile -t files < <(find benchmarks compiler examples format runtime tests tools -name '*.[ch]pp' \
  -not -path '*/generated/*' -not -path '*/goldens/*' | LC_ALL=C sort)
echo "clang-format: ${#files[@]} files"
if [ "${1:-}" = --fix ]; then
  clang-format -i "${files[@]}"
  exit
fi
unformatted=$(clang-format --dry-run "${files[@]}" 2>&1 | sed -n 's/^\([^:]*\):.*clang-format-violations.*/\1/p' | uniq)
if [ -n "$unformatted" ]; then
  echo "Not formatted; run scripts/format.sh --fix:" >&2
  echo "$unformatted" >&2
  exit 1
fi
