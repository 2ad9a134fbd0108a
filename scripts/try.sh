#!/usr/bin/env bash
# Installs what is missing (Debian packages; it says which), builds the packages example and runs it: package records go
# into a store, which then answers questions about them. Takes a few minutes the first time.
#
#   scripts/try.sh [ARGUMENT...]    the example's own arguments; --help lists them. Without any it reads every package
#                                   that apt knows, or, where apt knows of none, those installed on this machine.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/packages.sh

install_packages "${build_packages[@]}"
use_ccache
cmake --preset release
cmake --build --preset release --target packages

if [ $# = 0 ]; then
  set -- --store build/packages.mdb
  if [ -n "$(apt-cache dumpavail 2>/dev/null | head -c 1)" ]; then
    set -- --available "$@"
  fi
fi
echo
echo "build/release/examples/packages/packages $*"
exec build/release/examples/packages/packages "$@"
