#!/usr/bin/env bash
# netabase taken in with add_subdirectory(), with Make, and a netabase-gen that is named, as a cross build would.
source "$(dirname "$0")/common.sh"

build="$WORK_DIR/build"
unset CCACHE_DISABLE
step "configure" cmake -S "$project" -B "$build" -G "Unix Makefiles" -DCMAKE_BUILD_TYPE=Debug \
  -DNETABASE_SOURCE="$NETABASE_SOURCE_DIR" -DNETABASE_BUILD_COMPILER=OFF -DNETABASE_GEN_EXECUTABLE="$NETABASE_GEN"
step "build" cmake --build "$build" --parallel 2
step "run" "$build/app"
says "stored and read back: pear"
up_to_date "$build"
step "targets" cmake --build "$build" --target help
says_not "test_"
says_not "example"

add_field stock
step "a new field: generated and compiled in one build" cmake --build "$build"
says "Generating"
step "run" "$build/app"
up_to_date "$build"

step "clean" cmake --build "$build" --target clean
[ -f "$project/schema/generated/shop.capnp" ] || fail "clean deleted a committed file"
step "generate after clean" cmake --build "$build" --target shop_schema_generate
[ -f "$build/netabase/shop_schema/include/generated/shop.netabase.hpp" ] || fail "nothing was generated after clean"
