#!/usr/bin/env bash
# The whole benchmark suite, by one command: installs what is missing (Debian packages; it says which), builds in Release,
# measures, and writes the figures, the table, the charts and the README's section about them.
#
#   benchmarks/run.sh              article, user, indexes, wide, readers, scale to 1 M records, pairs, compiler
#   benchmarks/run.sh --full       also 1 M users and a store of 10 M records, on disk
#   benchmarks/run.sh --quick      about 2 minutes; the results go to build/bench/results alone
#   benchmarks/run.sh --smoke      one tiny round of everything: does it work, and do all sides do the same?
#   … --peers                      also the stores written in Rust (benchmarks/peers), where cargo can build them
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
while [ $# != 0 ]; do
  case $1 in
    --full | --quick | --smoke) size=${1#--} ;;
    --peers) peers=yes ;;
    --rounds) rounds=$2 && shift ;;
    *) sed -n 's/^# \{0,1\}//; 2,14p' "$0" >&2 && exit 2 ;;
  esac
  shift
done
[ "$size" != smoke ] || rounds=1

install_packages "${benchmark_packages[@]}" || echo "Going on without them; what cannot do without says so."
use_ccache
cmake --preset bench >build.log 2>&1 || { cat build.log >&2; exit 1; }
grep 'The benchmarks leave' build.log || true
rm build.log
cmake --build --preset bench

build=$PWD/build/bench
out=$build/results
disk=${NETABASE_BENCHMARK_DISK:-$build}
memory=${NETABASE_BENCHMARK_MEMORY:-/dev/shm}
[ -d "$memory" ] || memory=${TMPDIR:-/tmp}
suite=("$build/benchmarks/suite/netabase_suite" --size "$size" --memory-folder "$memory" --disk-folder "$disk")
rm -rf "$out"
mkdir -p "$out"
say() { printf '%s  %s\n' "$(date +%T)" "$1"; }

"${suite[@]}" --versions >"$out/versions.json"
say "The suite: netabase and its peers in turn, $rounds rounds of each case."
"${suite[@]}" --rounds "$rounds" --out "$out/suite.jsonl"

say "Memory: a process for each side."
for side in netabase LMDB SQLite RocksDB; do
  if [ "$side" = LMDB ] || [ "$side" = netabase ] || grep -q "\"$side\"" "$out/versions.json"; then
    "${suite[@]}" --memory --sides "$side" --out "$out/suite.jsonl"
  fi
done

if [ "$size" != smoke ]; then
  say "Pairs: netabase and LMDB by hand, the inner loops."
  NETABASE_BENCHMARK_DIR=$memory "$build/benchmarks/netabase_benchmark" --benchmark_out="$out/pairs.json" \
    --benchmark_out_format=json >/dev/null
  say "The compiler."
  benchmarks/compiler.sh "$build" "$out/suite.jsonl"
fi

if [ -n "$peers" ]; then
  say "The stores written in Rust."
  if ! command -v cargo >/dev/null; then
    echo "They are left out: there is no cargo on this machine."
  elif ! cargo build --release --manifest-path benchmarks/peers/Cargo.toml --target-dir "$build/peers"; then
    echo "They are left out: cargo could not build them (are its packages within reach?)."
  else
    for round in $(seq 0 $((rounds - 1))); do
      printf '\rround %d of %d, in turn: netabase, then the others' "$((round + 1))" "$rounds" >&2
      "${suite[@]}" --only article,user --sides netabase --rounds 1 --first-round "$round" \
        --out "$out/peers.jsonl" 2>/dev/null
      "$build/peers/release/peers" --size "$size" --round "$round" --folder "$memory" --out "$out/peers.jsonl" 2>/dev/null
    done
    printf '\n' >&2
  fi
fi

say "Table and charts."
# Debian's own Python, which is the one that has Debian's matplotlib.
python=/usr/bin/python3
[ -x "$python" ] || python=python3
if [ "$size" = standard ] || [ "$size" = full ]; then
  "$python" -B benchmarks/report.py "$out" --size "$size" --update
else
  "$python" -B benchmarks/report.py "$out" --size "$size"
fi
