#!/usr/bin/env bash
# A package without netabase-gen: the committed files are used as they are; missing ones and stale ones are errors that
# say what to do.
source "$(dirname "$0")/common.sh"

build="$WORK_DIR/build"
prefix="$WORK_DIR/prefix"
step "install the runtime alone" cmake --install "$NETABASE_BUILD_DIR" --component runtime --prefix "$prefix"
[ ! -e "$prefix/bin/netabase-gen" ] || fail "the runtime's component has netabase-gen"

configure=(cmake -S "$project" -B "$build" -G Ninja -DCMAKE_PREFIX_PATH="$prefix" -DCMAKE_BUILD_TYPE=Debug)
refused "no committed files" "${configure[@]}"
says "there is no netabase-gen, so the committed files are used"
says "schema/generated/shop.netabase.hpp"
says "schema/generated/staff.netabase.hpp"
says "netabase-gen $project/schema/shop.hpp"

cd "$project/schema"
step "make them by hand" "$NETABASE_GEN" shop.hpp staff.hpp -o generated -I "../shared types" -I ../currency \
  -DCURRENCY_DECIMALS=2 "-DSHOP_NAME=\"Tom's \\\"best\\\" shop\"" -DSHOP_OPEN
step "configure" "${configure[@]}"
says "shop_schema uses the committed files"
step "build" cmake --build "$build"
step "run" "$build/app"
says "stored and read back: pear"
up_to_date "$build"

add_field stock
refused "a stale committed header does not compile" cmake --build "$build"
says "decomposes into 5 elements"
