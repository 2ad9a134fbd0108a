#!/usr/bin/env bash
# An installed netabase in a user's project: everything is made in one build, nothing twice, and committed files are
# kept up to date without ever being in the way.
source "$(dirname "$0")/common.sh"

build="$WORK_DIR/build"
generated="$project/schema/generated"
step "configure" cmake -S "$project" -B "$build" -G Ninja -DCMAKE_PREFIX_PATH="$NETABASE_PREFIX" -DCMAKE_BUILD_TYPE=Debug
step "build" cmake --build "$build"
step "run" "$build/app"
says "stored and read back: pear"
if [ "$NETABASE_TOOLS" = ON ]; then
  step "the command netabase" "$NETABASE_PREFIX/bin/netabase" --version
  [ -f "$NETABASE_PREFIX/share/bash-completion/completions/netabase" ] || fail "the completion was not installed"
fi
for file in shop.netabase.hpp shop.capnp staff.netabase.hpp staff.capnp; do
  [ -f "$generated/$file" ] || fail "$file was not copied to the committed folder"
done
if grep -rlF "$WORK_DIR" "$generated"; then fail "a committed file has a path of this machine in it"; fi
up_to_date "$build"

add_field stock
step "a new field: generated and compiled in one build" cmake --build "$build"
says "Generating"
grep -q stock "$generated/shop.netabase.hpp" || fail "the committed header has no new field"
grep -q stock "$generated/shop.capnp" || fail "the committed .capnp has no new field"
step "run" "$build/app"
up_to_date "$build"

touch "$generated/shop.capnp"
step "the committed .capnp is an input" cmake --build "$build"
says "Generating"
says_not "Building CXX"

step "the committed files pass the check" ctest --test-dir "$build" --output-on-failure
says "100% tests passed, 0 tests failed out of 1"

echo "  // the end" >>"$project/currency/currency.hpp"
step "an included header is an input" cmake --build "$build"
says "Generating"

step "clean" cmake --build "$build" --target clean
for file in shop.netabase.hpp shop.capnp; do
  [ -f "$generated/$file" ] || fail "clean deleted the committed $file"
done
step "build after clean" cmake --build "$build"

rm -r "$generated"
step "a deleted committed folder is made anew" cmake --build "$build"
[ -f "$generated/shop.capnp" ] || fail "the committed folder was not made anew"
up_to_date "$build"

# A source tree that cannot be written. Root may write everywhere unless it gives that power up.
enforce=()
if [ "$(id -u)" = 0 ]; then
  enforce=(setpriv --bounding-set=-dac_override --inh-caps=-dac_override)
fi
add_field shelf
chmod -R a-w "$project"
if "${enforce[@]}" touch "$generated/probe" 2>/dev/null; then fail "the read-only folder can be written"; fi
step "a read-only source tree is no failure" "${enforce[@]}" cmake --build "$build"
says "$generated"
step "run" "$build/app"
chmod -R u+w "$project"
if grep -q shelf "$generated/shop.capnp"; then fail "the read-only folder was written"; fi
refused "the check finds the stale committed files" ctest --test-dir "$build" --output-on-failure
says "shelf"
refused "and so does the target" cmake --build "$build" --target shop_schema_check
