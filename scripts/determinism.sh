#!/usr/bin/env bash
# Generates every schema of the tree twice, from different folders and under different locales, and compares the bytes:
# with each other, and with what is committed.
#
#   scripts/determinism.sh [NETABASE_GEN]    default: build/gcc/compiler/netabase-gen
set -euo pipefail
cd "$(dirname "$0")/.."
top=$PWD
gen=$(realpath "${1:-build/gcc/compiler/netabase-gen}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

count=0
for lock in $(find benchmarks examples tests -path '*/generated/*.capnp' | LC_ALL=C sort); do
  committed=$(dirname "$lock")
  header=$(dirname "$committed")/$(basename "$lock" .capnp).hpp
  first=$work/first/$header second=$work/a/much/longer/way/to/the/second/$header
  mkdir -p "$first" "$second"
  (cd "$(dirname "$header")" && LC_ALL=C "$gen" "$(basename "$header")" -o "$first" --lock generated)
  (cd "$second" && LC_ALL=C.UTF-8 TZ=Asia/Tokyo "$gen" "$top/$header" -o . --lock "$top/$committed")
  diff -r "$first" "$second"
  for file in "$first"/*; do diff "$file" "$committed/$(basename "$file")"; done
  count=$((count + 1))
done
[ "$count" -gt 0 ] || { echo "no schema was found" >&2; exit 1; }
echo "$count schemas: generated twice, the same bytes, and the same as committed"
