#!/usr/bin/env bash
# Random schema changes, as many as asked for: verdicts against stored data, and versions that are compiled.
#
#   scripts/evolution.sh BUILD [CHANGES] [PROGRAMS] [SEED]
#
# BUILD: a configured build folder. CHANGES (10000): changes that are tried without a compiler. PROGRAMS (20): schemas of
# which four versions each are compiled, with the build folder's compiler and flags, two at a time. SEED: the first one;
# a random one by default. Stops at the first failure, which names its seed.
set -euo pipefail
cd "$(dirname "$0")/.."
build=${1:?usage: scripts/evolution.sh BUILD [CHANGES] [PROGRAMS] [SEED]}
changes=${2:-10000} programs=${3:-20} seed=${4:-$((RANDOM * 32768 + RANDOM))}
setting() { sed -n "s/^NETABASE_EVOLUTION_$1:.*=//p" "$build/CMakeCache.txt"; }
configure() { cmake -S . -B "$build" -D NETABASE_EVOLUTION_SEED="$1" -D NETABASE_EVOLUTION_CHAINS="$2" >/dev/null; }

cmake --build "$build" --target evolution_test
NETABASE_TEST_SEED=$seed NETABASE_TEST_CHANGES=$changes "$build/tests/evolution/evolution_test"

usual_seed=$(setting SEED) usual_chains=$(setting CHAINS)
trap 'configure "$usual_seed" "$usual_chains"' EXIT
for ((made = 0; made < programs; made += 2, ++seed)); do
  echo "programs of seed $seed"
  configure "$seed" 2
  cmake --build "$build" --target evolution_programs
  "$build/tests/evolution/evolution_programs" "$build/tests/evolution/programs" || {
    cat "$build/tests/evolution/programs/changes.txt"
    exit 1
  }
done
echo "$changes changes and $programs schemas in four versions: verdicts and data agree"
