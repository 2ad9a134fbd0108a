#!/usr/bin/env bash
# Wrong calls of add_netabase_schema() are refused when the project is configured, with a message that says what to write.
source "$(dirname "$0")/common.sh"

build="$WORK_DIR/build"
configure=(cmake -S "$here/wrong_use" -B "$build" -G Ninja -DCMAKE_PREFIX_PATH="$NETABASE_PREFIX")

# case_of NAME TEXT...: configuring that case fails and says each text.
case_of() {
  local name=$1 text
  shift
  refused "$name" "${configure[@]}" -DCASE="$name"
  for text in "$@"; do says "$text"; done
}

step "the same, called rightly" "${configure[@]}" -DCASE=right
case_of no_headers "add_netabase_schema(schema): no HEADERS. Name the annotated headers: HEADERS schema/blog.hpp"
case_of empty_headers "add_netabase_schema(schema): nothing follows HEADERS."
case_of no_output_dir "add_netabase_schema(schema): no OUTPUT_DIR. Name the folder the generated files are committed in"
case_of unknown_keyword "add_netabase_schema(schema): cannot make sense of: SOURCES a/blog.hpp" "It knows HEADERS, OUTPUT_DIR"
case_of missing_header "add_netabase_schema(schema): there is no header" "wrong_use/a/block.hpp"
case_of same_stem "wrong_use/a/blog.hpp and" "wrong_use/b/blog.hpp would both be generated as"
case_of same_stem_in_two_calls "add_netabase_schema(second):" "Rename one of them, or give the second an OUTPUT_DIR of its own."
case_of same_target "there is already a target of that name"
case_of no_such_generator "NETABASE_GEN_EXECUTABLE names /nowhere/netabase-gen, which is not there."
cmake_dir=$(dirname "$(find "$NETABASE_PREFIX" -name AddNetabaseSchema.cmake)")
configure+=("-DNETABASE_CMAKE_DIR=$cmake_dir")
case_of no_runtime "there is no target netabase::runtime. Call find_package(netabase REQUIRED) first"
