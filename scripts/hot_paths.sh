#!/usr/bin/env bash
# Counts what the hot paths cost, in instructions (Valgrind's callgrind) and calls of operator new, which are the same on
# each run and on a busy machine, and compares them with the committed table. Fails when one costs more than its margin.
#
#   scripts/hot_paths.sh            compares
#   scripts/hot_paths.sh --update   writes the table anew, after a change that is wanted; commit it with the change
#
# Compared are allocations, exactly, and the ratio of instructions to those of LMDB by hand in the same run, which hardly
# depends on the machine. With the compiler and libraries that the table was made with, instructions themselves are
# compared as well; with others the ratio gets a wider margin, since their code differs.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/packages.sh

table=benchmarks/hot_paths/table.txt
build=build/hot_paths
case ${1:-} in
  "" | --update) ;;
  *) echo "usage: scripts/hot_paths.sh [--update]" >&2; exit 2 ;;
esac

install_packages "${hot_path_packages[@]}"
use_ccache
cmake --preset hot_paths >/dev/null
cmake --build --preset hot_paths --target netabase_hot_paths

# Not in TMPDIR: a path of another length lays out the heap differently, and malloc then takes other ways.
work=$(mktemp -d /tmp/netabase_hot_XXXXXX)
trap 'rm -rf "$work"' EXIT
mkdir "$work/stores" "$work/profiles"
# The count is the program's own: what files lie on does not matter. The C library chooses its memcpy by the processor;
# here the one that every 64-bit processor can run, so that machines agree.
if ! GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX_Fast_Unaligned_Load,-AVX,-AVX2,-AVX512F,-AVX512VL,-ERMS,-FSRM,-MOVBE,-SSSE3,-SSE4_1,-SSE4_2 valgrind --tool=callgrind --instr-atstart=no --callgrind-out-file="$work/profiles/callgrind" \
  "$build/benchmarks/hot_paths/netabase_hot_paths" "$work/stores" >"$work/allocations" 2>"$work/log"; then
  cat "$work/log" >&2
  exit 1
fi

# A profile for each side of each path: its name and its instructions.
for profile in "$work"/profiles/*; do
  sed -n 's/^desc: Trigger: Client Request: //p; s/^totals: //p' "$profile" | paste -sd ' '
done | awk 'NF == 3' >"$work/instructions"

package_version() { dpkg-query --show --showformat='${Version}' "$1" 2>/dev/null || echo unknown; }
made_with="$(g++ --version | head -n 1); libc6 $(package_version libc6); liblmdb0 $(package_version liblmdb0); valgrind $(package_version valgrind)"

# PATH, instructions and allocations for one operation, instructions by hand, ratio. In the program's order.
awk 'NR == FNR { instructions[$1 " " $2] = $3; next }
  !(($1 " " $2) in instructions) { print "no profile of " $1 " " $2 > "/dev/stderr"; exit 1 }
  $2 == "netabase" { ours = instructions[$1 " " $2] / $3; allocations = $4 / $3 }
  $2 == "raw" { theirs = instructions[$1 " " $2] / $3
                printf "%s %.1f %.3f %.1f %.3f\n", $1, ours, allocations, theirs, ours / theirs }' \
  "$work/instructions" "$work/allocations" >"$work/now"
[ -s "$work/now" ] || { echo "the program reported nothing" >&2; exit 1; }

if [ "${1:-}" = --update ]; then
  {
    echo "# What one operation of each hot path costs, by netabase and by LMDB by hand; see scripts/hot_paths.sh, which also"
    echo "# writes this file. Margins are kept: change them here."
    echo "# made with: $made_with"
    echo "#"
    awk -v table="$table" 'BEGIN {
        while ((getline line <table) > 0) if (split(line, field) && field[1] !~ /^#/) margin[field[1]] = field[6]
        printf "# %-20s %12s %11s %12s %7s %6s\n", "path", "instructions", "allocations", "by hand", "ratio", "margin" }
      { printf "%-22s %12s %11s %12s %7s %6s\n", $1, $2, $3, $4, $5, ($1 in margin ? margin[$1] : "3%") }' \
      "$work/now"
  } >"$work/table"
  cp "$work/table" "$table"
  cat "$table"
  exit 0
fi

same=1
if [ "$made_with" != "$(sed -n 's/^# made with: //p' "$table")" ]; then
  same=0
  echo "NOTE: the table was made with other versions, so only ratios and allocations are compared, with wider margins."
  echo "  the table: $(sed -n 's/^# made with: //p' "$table")"
  echo "  here:      $made_with"
fi

awk -v same="$same" -v table="$table" '
  function change(old, new) { return old == 0 ? (new == 0 ? 0 : 100) : 100 * (new - old) / old }
  function fail(what, old, new) {
    printf "FAILED  %s: %s for one operation went from %s to %s (%+.1f %%, the margin is %s)\n", $1, what, old, new,
      change(old, new), limit ? limit " %" : "none"
    failures++
  }
  NR == FNR { if ($1 !~ /^#/ && NF) { ours[$1] = $2; allocated[$1] = $3; ratio[$1] = $5; margin[$1] = $6 + 0; known[$1] = 1 }; next }
  !($1 in known) { printf "FAILED  %s is not in the table\n", $1; failures++; next }
  {
    seen[$1] = 1
    limit = same ? margin[$1] : 15 + margin[$1]
    printf "%-22s %9s instructions (%+5.1f %%), %s allocations, %s of LMDB by hand (was %s)\n", $1, $2, change(ours[$1], $2), $3, $5, ratio[$1]
    if (same && change(ours[$1], $2) > limit) fail("instructions", ours[$1], $2)
    if (change(ratio[$1], $5) > limit) fail("the ratio to LMDB by hand", ratio[$1], $5)
    if (same && change(ours[$1], $2) < -limit) better++
    limit = 0
    if ($3 > allocated[$1]) fail("allocations", allocated[$1], $3)
  }
  END {
    for (path in known) if (!(path in seen)) { printf "FAILED  %s is in the table, and the program does not count it\n", path; failures++ }
    if (failures) {
      print "\nA hot path costs more than the committed table says. Find out why: callgrind_annotate on a profile of"
      print "build/hot_paths/benchmarks/hot_paths/netabase_hot_paths names the functions. If the cost is wanted, run"
      print "  scripts/hot_paths.sh --update"
      print "and commit " table " with the change, saying what the cost buys."
      exit 1
    }
    if (better) print "\n" better " paths cost clearly less than the table says: run scripts/hot_paths.sh --update, so that it stays so."
  }' "$table" "$work/now"
