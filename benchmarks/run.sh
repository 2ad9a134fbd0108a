#!/usr/bin/env bash
# The whole benchmark suite, by one command: installs what is missing (Debian packages; it says which), builds in Release,
# measures, and writes the figures, the table, the charts and the README's section about them.
#
#   benchmarks/run.sh              article, media, user, indexes, wide, readers, scale to 1 M records, cold, pairs, compiler
#   benchmarks/run.sh --full       also 1 M users and stores of 10 M records, on disk
#   benchmarks/run.sh --quick      some minutes of measuring; the results go to build/bench/results alone
#   benchmarks/run.sh --smoke      one tiny round of everything: does it work, and do all sides do the same?
#   … --peers                      also the stores written in Rust (benchmarks/peers), where cargo can build them
#   … --update                     with --quick: also the committed results and the README
#   … --rounds N                   instead of 9
#
# A quiet machine is needed for figures that mean something. NETABASE_BENCHMARK_MEMORY and NETABASE_BENCHMARK_DISK: a folder
# on tmpfs (/dev/shm if nothing is said) and one on a disk (the build folder's).
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/packages.sh

size=standard
rounds=9
peers=
update=
while [ $# != 0 ]; do
  case $1 in
    --full | --quick | --smoke) size=${1#--} ;;
    --peers) peers=yes ;;
    --update) update=yes ;;
    --rounds) rounds=${2:?} && shift ;;
    *) sed -n 's/^# \{0,1\}//; 2,14p' benchmarks/run.sh >&2 && exit 2 ;;
  esac
  shift
done
case $size in
  smoke) rounds=1 ;;
  standard | full) update=yes ;;
esac

build=$PWD/build/bench
out=$build/results
say() { printf '%s  %s\n' "$(date +%T)" "$1"; }
# leave_out WHAT WHY: said here, and in the table.
leave_out() {
  echo "Left out: $1: $2."
  echo "$1: $2" >>"$out/left_out.txt"
}

build_all() {
  install_packages "${benchmark_packages[@]}" || echo "Going on without them; what cannot do without says so."
  use_ccache
  cmake --preset bench
  cmake --build --preset bench
  rm -rf "$out"
  mkdir -p "$out"
}

# Folders of this run's own on both media, which go when it ends, however it ends.
make_folders() {
  memory=${NETABASE_BENCHMARK_MEMORY:-/dev/shm}
  [ -d "$memory" ] || memory=${TMPDIR:-/tmp}
  memory=$(mktemp -d -p "$memory" netabase_benchmark.XXXXXX)
  disk=$(mktemp -d -p "${NETABASE_BENCHMARK_DISK:-$build}" netabase_benchmark.XXXXXX)
  trap 'rm -rf "$memory" "$disk"' EXIT
  suite=("$build/benchmarks/suite/netabase_suite" --size "$size" --memory-folder "$memory" --disk-folder "$disk")
}

measure_suite() {
  say "The suite: netabase and its peers in turn, $rounds rounds of each case."
  "${suite[@]}" --versions >"$out/versions.json"
  local side
  for side in SQLite RocksDB; do
    grep -q "\"$side\"" "$out/versions.json" || leave_out "$side" "its Debian package was not there when the suite was configured"
  done
  leave_out ObjectBox "Debian has no package of its C++ library"
  "${suite[@]}" --rounds "$rounds" --out "$out/suite.jsonl"
  grep -q '"workload":"cold"' "$out/suite.jsonl" ||
    leave_out "reads of what is not in memory" "the system does not forget the files of the folder that is to be on a disk"
  say "Memory: a process for each side."
  for side in netabase LMDB SQLite RocksDB; do
    if [ "$side" = netabase ] || grep -q "\"$side\"" "$out/versions.json"; then
      "${suite[@]}" --memory --sides "$side" --out "$out/suite.jsonl"
    fi
  done
}

measure_pairs() {
  say "Pairs: netabase and LMDB by hand, the inner loops."
  NETABASE_BENCHMARK_DIR=$memory NETABASE_BENCHMARK_DISK=$disk "$build/benchmarks/netabase_benchmark" --benchmark_out="$out/pairs.json" \
    --benchmark_out_format=json >"$out/pairs.log" 2>&1 || { cat "$out/pairs.log" >&2 && return 1; }
}

measure_compiler() {
  say "The compiler."
  if [ "$size" = quick ]; then local -x ROUNDS=3; fi
  benchmarks/compiler.sh "$build" "$out/suite.jsonl"
}

count_instructions() {
  if ! command -v valgrind >/dev/null; then
    leave_out instructions "there is no valgrind"
    return
  fi
  say "Instructions, counted by Callgrind."
  # RocksDB takes minutes for the users.
  local what
  for what in "article netabase,LMDB,SQLite,RocksDB" "user netabase,LMDB,SQLite" "wide netabase,LMDB"; do
    valgrind --tool=callgrind --callgrind-out-file="$out/callgrind.out.${what% *}" "${suite[@]}" --size quick --instructions \
      --only "${what% *}" --sides "${what#* }" --out /dev/null 2>"$out/callgrind.log" || tail -5 "$out/callgrind.log" >&2
  done
}

# Processes of their own, so they take turns with netabase's by rounds.
measure_peers() {
  say "The stores written in Rust."
  if ! command -v cargo >/dev/null; then
    leave_out "the stores written in Rust" "there is no cargo on this machine"
    return
  fi
  if ! cargo build --release --manifest-path benchmarks/peers/Cargo.toml --target-dir "$build/peers"; then
    leave_out "the stores written in Rust" "cargo could not build them (are its packages within reach?)"
    return
  fi
  local round
  for round in $(seq 0 $((rounds - 1))); do
    printf '\rround %d of %d, in turn: netabase, then the others' "$((round + 1))" "$rounds" >&2
    "${suite[@]}" --only article,media,user,indexes,wide --sides netabase --rounds 1 --first-round "$round" --out "$out/peers.jsonl" \
      2>"$out/peers.log" || { tail -3 "$out/peers.log" >&2 && return 1; }
    "$build/peers/release/peers" --size "$size" --round "$round" --folder "$memory" --disk-folder "$disk" \
      --out "$out/peers.jsonl" 2>"$out/peers.log" || { tail -3 "$out/peers.log" >&2 && return 1; }
  done
  printf '\n' >&2
}

report() {
  say "Table and charts."
  # Debian's own Python, which is the one that has Debian's matplotlib.
  local python=/usr/bin/python3
  [ -x "$python" ] || python=python3
  "$python" -B benchmarks/report.py "$out" --size "$size" ${update:+--update}
}

build_all
make_folders
measure_suite
if [ "$size" != smoke ]; then
  measure_pairs
  measure_compiler
  count_instructions
fi
if [ -n "$peers" ]; then
  measure_peers
else
  leave_out "the stores written in Rust" "they are measured with --peers"
fi
report
exit
