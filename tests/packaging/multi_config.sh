#!/usr/bin/env bash
# A build tree of several configurations: each makes files of its own.
source "$(dirname "$0")/common.sh"

build="$WORK_DIR/build"
step "configure" cmake -S "$project" -B "$build" -G "Ninja Multi-Config" -DCMAKE_PREFIX_PATH="$NETABASE_PREFIX"
for config in Debug Release; do
  step "build $config" cmake --build "$build" --config $config
  step "run $config" "$build/$config/app"
  says "stored and read back: pear"
done
step "nothing is left to do in Debug" cmake --build "$build" --config Debug
says "no work to do"
