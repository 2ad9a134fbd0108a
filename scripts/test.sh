#!/usr/bin/env bash
# Installs what is missing (Debian packages; it says which), builds everything with GCC and runs the whole test suite.
#
#   scripts/test.sh [PRESET]    another preset of CMakePresets.json: clang, asan, tsan
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/packages.sh

preset=${1:-gcc}
case $preset in
  gcc | dev) install_packages "${test_packages[@]}" ;;
  *) install_packages "${ci_packages[@]}" ;;
esac
use_ccache
cmake --preset "$preset"
cmake --build --preset "$preset"
ctest --preset "$preset"
