#!/usr/bin/env bash
# The short list of .clang-tidy over the runtime, netabase-gen and the command netabase. Needs clang-tidy, and a build
# tree to read compile commands from.
#
#   scripts/tidy.sh [BUILD_DIR]    default: build/clang
set -euo pipefail
cd "$(dirname "$0")/.."
build=${1:-build/clang}

[ -f "$build/compile_commands.json" ] || { echo "there is no $build/compile_commands.json: configure it first" >&2; exit 1; }
log=$build/clang-tidy.log
if ! run-clang-tidy -quiet -p "$build" -j "$(nproc)" "^$PWD/(runtime/src|compiler|tools)/" >"$log" 2>&1; then
  grep -A 4 -E '(warning|error):' "$log" || cat "$log"
  exit 1
fi
