#!/usr/bin/env bash
# The style checks: clang-format over every source file, and the short list of .clang-tidy over the runtime and
# netabase-gen. Needs clang-format and clang-tidy, and a build tree to read compile commands from.
#
#   scripts/style.sh [BUILD_DIR]    default: build/clang
set -euo pipefail
cd "$(dirname "$0")/.."
build=${1:-build/clang}

# Generated files come formatted from their templates; goldens are what they are on purpose.
mapfile -t files < <(find benchmarks compiler examples runtime tests tools -name '*.[ch]pp' \
  -not -path '*/generated/*' -not -path '*/goldens/*' 2>/dev/null | LC_ALL=C sort)
echo "clang-format: ${#files[@]} files"
unformatted=$(clang-format --dry-run "${files[@]}" 2>&1 | sed -n 's/^\([^:]*\):.*clang-format-violations.*/\1/p' | uniq)
if [ -n "$unformatted" ]; then
  echo "Not formatted; run clang-format -i on:" >&2
  echo "$unformatted" >&2
  exit 1
fi

[ -f "$build/compile_commands.json" ] || { echo "there is no $build/compile_commands.json: configure it first" >&2; exit 1; }
echo "clang-tidy: runtime/src and compiler"
log=$build/clang-tidy.log
if ! run-clang-tidy -quiet -p "$build" -j "$(nproc)" "^$PWD/(runtime/src|compiler)/" >"$log" 2>&1; then
  grep -A 4 -E '(warning|error):' "$log" || cat "$log"
  exit 1
fi
