# Debian packages: what each step needs, and installing what is missing. Sourced by the other scripts.

# To build the runtime, netabase-gen and the examples.
build_packages=(g++ cmake ninja-build liblmdb-dev libxxhash-dev libclang-dev capnproto libcapnp-dev libcli11-dev)
# To build and run the tests as well. The packaging tests build with Make too.
test_packages=("${build_packages[@]}" make doctest-dev)
# To build and count the hot paths.
hot_path_packages=(g++ cmake ninja-build liblmdb-dev libxxhash-dev valgrind)
# For the other compiler, the sanitizers, the style checks and the hot paths.
ci_packages=("${test_packages[@]}" valgrind clang clang-tidy clang-format libclang-rt-dev)
# For the benchmarks: the harness, the peers in the same binary, and the charts.
benchmark_packages=("${build_packages[@]}" libbenchmark-dev libsqlite3-dev librocksdb-dev python3-matplotlib time
  valgrind)

# install_packages PACKAGE...: says which of them are missing and installs those; does nothing when none is. Never asks
# anything. Needs root or sudo only when something is missing; returns 1, with the command to run, when it has neither.
install_packages() {
  local missing=() package status
  for package in "$@"; do
    status=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$status" = installed ] || missing+=("$package")
  done
  if [ ${#missing[@]} = 0 ]; then
    echo "Debian packages: all there."
    return 0
  fi
  if ! command -v apt-get >/dev/null; then
    echo "This machine has no apt-get, so nothing is installed. What is needed, by the names of Debian's packages:"
    echo "  $*"
    return 0
  fi

  local as_root=()
  if [ "$(id -u)" != 0 ]; then
    # Without a terminal nobody could type a password.
    if command -v sudo >/dev/null && { [ -t 0 ] || sudo -n true 2>/dev/null; }; then
      as_root=(sudo)
    else
      echo "These Debian packages are missing, and installing them needs root or sudo. As root, run:" >&2
      echo "  apt-get update && apt-get install --no-install-recommends ${missing[*]}" >&2
      echo "and then this command again." >&2
      return 1
    fi
  fi

  echo "Debian packages to install: ${missing[*]}"
  local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3
    -o Dpkg::Use-Pty=0)
  # A fresh machine has no lists of packages; an old one may have lists that name files no longer there.
  if ! apt-get -qq --simulate install --no-install-recommends "${missing[@]}" >/dev/null 2>&1 ||
    ! "${apt[@]}" install -y --no-install-recommends "${missing[@]}" </dev/null >/dev/null; then
    echo "Reading the package lists anew (apt-get update)."
    # The lists have a lock of their own that apt-get does not wait for.
    local try
    for try in 1 2 3 4 5 6; do
      if "${apt[@]}" update </dev/null; then break; fi
      [ "$try" != 6 ] || return 1
      echo "apt-get update failed; trying again in 10 s."
      sleep 10
    done
    "${apt[@]}" install -y --no-install-recommends "${missing[@]}" </dev/null >/dev/null
  fi
}

# use_ccache: compiles through ccache where it is installed.
use_ccache() {
  if command -v ccache >/dev/null; then
    export CMAKE_CXX_COMPILER_LAUNCHER=ccache
  fi
}
