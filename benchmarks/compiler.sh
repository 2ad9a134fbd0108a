#!/usr/bin/env bash
# What the compiler costs: netabase-gen's time and memory, the time to compile a generated header, and a build step with
# nothing to do. For the blog example and a made-up definition of 50 models with 10 fields each.
#
#   benchmarks/compiler.sh BUILD_DIR [FILE]    where netabase is built in Release, with netabase-gen; each time also goes
#                                              to FILE, as a line of JSON for report.py
#
# Times are CPU seconds (user and system), the median of 9 rounds ($ROUNDS) in which the variants take turns. $CXX: the
# compiler, g++ when not set.
set -euo pipefail
export LC_ALL=C TIMEFORMAT='%U %S'

[ $# = 1 ] || [ $# = 2 ] || { sed -n 's/^# \{0,1\}//; 2,9p' "$0" >&2; exit 2; }
samples=${2:-}
build=$(cd "$1" && pwd)
source=$(cd "$(dirname "$0")/.." && pwd)
generator=$build/compiler/netabase-gen
compiler=${CXX:-g++}
rounds=${ROUNDS:-9}
[ -x "$generator" ] || { echo "There is no netabase-gen at $generator: build netabase there first." >&2; exit 1; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/generated" "$work/blog"

# A definition of 50 models with 10 fields and 4 keys each.
{
  printf '#pragma once\n#include <cstdint>\n#include <optional>\n#include <string>\n#include <vector>\n\n'
  printf 'namespace [[netabase::definition(FiftyDefinition, FiftyKeys)]] fifty {\n'
  for i in $(seq 1 50); do
    printf '\nstruct [[netabase::model, netabase::index(by_group_time, group, desc(time))]] Model%d {\n' "$i"
    printf '  [[netabase::primary_key]] std::uint64_t id = 0;\n'
    printf '  [[netabase::secondary_key(unique)]] std::string name;\n'
    printf '  [[netabase::secondary_key]] std::optional<std::string> place;\n'
    printf '  std::uint32_t group = 0;\n  std::int64_t time = 0;\n  std::string text;\n'
    printf '  std::vector<std::string> tags;\n  std::vector<double> weights;\n  double weight = 1.5;\n  bool active = true;\n};\n'
  done
  printf '\n}  // namespace fifty\n'
} >"$work/fifty.hpp"
printf '#include "fifty.hpp"\n' >"$work/plain.cpp"
printf '#include "fifty.netabase.hpp"\n' >"$work/with.cpp"
printf '#include "netabase/netabase.hpp"\n' >"$work/runtime.cpp"
cat >"$work/user.cpp" <<'CODE'
#include "fifty.netabase.hpp"
std::uint64_t ask(const std::string& path) {
  auto store = netabase::Store<fifty::FiftyDefinition>::open(path);
  store.with_write_transaction([](auto& txn) { txn.template open_tree<fifty::Model1>().put({}); });
  auto read = store.begin_read();
  return read.open_tree<fifty::Model1>().by<&fifty::Model1::place>().count("here");
}
CODE

compile() { "$compiler" -std=c++20 -w -c -o /dev/null -DNETABASE_CHECKED=0 -I "$work" -I "$work/generated" -I "$source/runtime/include" "$1"; }
generate_fifty() { "$generator" "$work/fifty.hpp" -o "$work/generated"; }
generate_blog() { "$generator" "$source/examples/blog/schema/blog.hpp" -o "$work/blog"; }
nothing_to_do() { cmake --build "$build" >/dev/null; }

# seconds COMMAND...: the CPU seconds it took.
seconds() {
  local spent
  spent=$({ time "$@" >"$work/out" 2>&1; } 2>&1) || { cat "$work/out" >&2; return 1; }
  awk '{ printf "%.3f\n", $1 + $2 }' <<<"$spent"
}

generate_fifty >/dev/null
generate_blog >/dev/null
nothing_to_do
variants=(generate_blog generate_fifty "compile $work/plain.cpp" "compile $work/runtime.cpp" "compile $work/with.cpp"
  "compile $work/user.cpp" nothing_to_do)
for round in $(seq "$rounds"); do
  printf '\rround %d of %d' "$round" "$rounds" >&2
  # A generator that finds its files as they should be writes nothing, and is still to read, check and print everything.
  for i in "${!variants[@]}"; do
    # shellcheck disable=SC2086
    seconds ${variants[$i]} >>"$work/times.$i"
  done
done
printf '\r                \r' >&2

median() { sort -n "$work/times.$1" | sed -n "$((rounds / 2 + 1))p"; }
spread() { sort -n "$work/times.$1" | sed -n '1p;$p' | paste -sd' ' | sed 's/ / to /'; }
sample() { # operation, round, unit, value
  [ -z "$samples" ] || printf '{"workload":"compiler","records":0,"operation":"%s","side":"netabase","round":%s,"unit":"%s","value":%s}\n' "$@" >>"$samples"
}
row() {
  printf '%-58s %7s s   (%s)\n' "$2" "$(median "$1")" "$(spread "$1")"
  local round=0 seconds
  while read -r seconds; do
    sample "$2" "$round" s "$seconds"
    round=$((round + 1))
  done <"$work/times.$1"
}

row 0 "netabase-gen, blog.hpp (2 models)"
row 1 "netabase-gen, 50 models, 500 fields"
row 2 "$compiler, the 50 structs alone"
row 3 "$compiler, netabase's runtime headers alone"
row 4 "$compiler, the generated header of the 50 models"
row 5 "$compiler, the same with a store, a put and a question"
row 6 "cmake --build with nothing to do"
if [ -x /usr/bin/time ]; then
  /usr/bin/time -f '%M' -o "$work/memory" "$generator" "$work/fifty.hpp" -o "$work/generated" >/dev/null
  printf '%-58s %7s MiB\n' "netabase-gen, 50 models: memory at its peak" "$(($(cat "$work/memory") / 1024))"
  sample "netabase-gen, 50 models: memory at its peak" -1 bytes "$(($(cat "$work/memory") * 1024))"
fi
