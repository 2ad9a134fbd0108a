# Shared by the packaging tests. Each is called with
#   NETABASE_SOURCE_DIR  netabase's source tree        NETABASE_GEN  the netabase-gen just built
#   NETABASE_PREFIX      where it is installed         CXX           the compiler it was built with
#   NETABASE_TOOLS       whether the command netabase is (ON)
#   WORK_DIR             a folder of the test's own, emptied here
# and works on a copy of consumer/, in a folder with a space in its name.

set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
project="$WORK_DIR/my project"
log="$WORK_DIR/log"
chmod -R u+w "$WORK_DIR" 2>/dev/null || true
rm -rf "$WORK_DIR"
mkdir -p "$WORK_DIR"
cp -r "$here/consumer" "$project"

# The consumers are compiled for the sake of compiling, and their build must not write into a cache of ours.
export CXX CXXFLAGS=-O0 CCACHE_DISABLE=1
unset CMAKE_GENERATOR DESTDIR

# step WHAT COMMAND...: runs it, keeps its output in $log, and ends the test with that output when it fails.
step() {
  local what=$1
  shift
  echo "- $what"
  if ! "$@" >"$log" 2>&1; then
    cat "$log"
    fail "$what: the command failed: $*"
  fi
}

# refused WHAT COMMAND...: as step, for a command that must fail.
refused() {
  local what=$1
  shift
  echo "- $what"
  if "$@" >"$log" 2>&1; then
    cat "$log"
    fail "$what: the command succeeded and should not have: $*"
  fi
}

fail() {
  echo "FAILED: $*" >&2
  exit 1
}

# says TEXT: the last step's output has it. CMake breaks its messages into lines, so blanks count as one.
says() {
  tr -s '[:space:]' ' ' <"$log" | grep -qF -- "$1" || { cat "$log"; fail "the output does not say: $1"; }
}

says_not() {
  if tr -s '[:space:]' ' ' <"$log" | grep -qF -- "$1"; then
    cat "$log"
    fail "the output says: $1"
  fi
}

# up_to_date BUILD_DIR: one more build has nothing to do.
up_to_date() {
  step "nothing is left to do" cmake --build "$1"
  says_not "Building CXX"
  says_not "Generating"
}

# add_field NAME: the schema gets one more field, and main.cpp uses it.
add_field() {
  sed -i "s|^  Weight weight = 0;|&\n  std::uint32_t $1 = 0;|" "$project/schema/shop.hpp"
  sed -i "s|^  store.quick_put(pear);|  pear.$1 = 3;\n&|" "$project/main.cpp"
  grep -q "$1" "$project/schema/shop.hpp" && grep -q "$1" "$project/main.cpp" || fail "add_field $1 changed nothing"
}
