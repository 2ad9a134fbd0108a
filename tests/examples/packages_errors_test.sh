#!/bin/sh
# Bad input to the packages example: each kind has its own message and exit code, and costs nobody a file.
#
#   packages_errors_test.sh PACKAGES FIXTURE WORK_FOLDER
set -eu
packages=$1
work=$3
rm -rf "$work"
mkdir -p "$work/folder"
cp "$2" "$work/records.txt"
cd "$work"

failures=0
# refused CODE TEXT ARGUMENTS...: the example must end with that code and say the text on stderr.
refused() {
  wanted=$1 text=$2
  shift 2
  code=0
  "$packages" "$@" > output 2> errors || code=$?
  if [ "$code" -ne "$wanted" ] || ! grep -F -q -- "$text" errors; then
    echo "packages $*: expected exit code $wanted and '$text', got $code and:"
    cat output errors
    failures=$((failures + 1))
  fi
}
check() { "$@" || { echo "not true: $*"; failures=$((failures + 1)); }; }

refused 1 "cannot read 'missing.txt': No such file or directory" missing.txt
refused 1 "'folder' is a directory" folder
: > empty.txt
refused 1 "'empty.txt' is empty" empty.txt
printf '\n\n' > blank.txt
refused 1 "'blank.txt' has no package record" blank.txt
printf '\037\213\010\000garbage\n\001\002\003' > compressed.gz
refused 1 "is it compressed" compressed.gz
if [ "$(id -u)" -ne 0 ]; then
  cp records.txt unreadable.txt
  chmod 0 unreadable.txt
  refused 1 "cannot read 'unreadable.txt': Permission denied" unreadable.txt
fi

refused 2 "--section" --section
refused 2 "--largest" --largest many
refused 2 "excludes" records.txt --available
refused 2 "excludes" records.txt --no-import
refused 2 "--unknown" --unknown

refused 1 "no-such-store.mdb" --no-import --store no-such-store.mdb
check test ! -e no-such-store.mdb
refused 1 "is a directory" records.txt --store folder
refused 1 "does not exist" records.txt --store no-folder/packages.mdb

# A file that is no store is not replaced by one.
cp records.txt precious.txt
refused 1 "precious.txt" records.txt --store precious.txt
check cmp -s records.txt precious.txt

# When the input cannot be read, the store of the run before is still there.
check "$packages" records.txt --store kept.mdb --largest 1 > output 2> errors
refused 1 "cannot read" missing.txt --store kept.mdb
check "$packages" --no-import --store kept.mdb --largest 1 > output
check grep -q 'libc6 2.36-9 (amd64)' output

# Records may also come through a pipe.
check "$packages" /dev/stdin --store piped.mdb --largest 1 < records.txt > output 2> errors
check grep -q 'Imported 8 packages' output

# No room: for the store, and for the answers.
(
  ulimit -f 40 # blocks of 512 bytes
  trap '' XFSZ
  code=0
  "$packages" records.txt --store full.mdb > output 2> errors || code=$?
  [ "$code" -eq 1 ] && grep -q '^packages: ' errors
) || { echo "a store without room: $(cat "$work/output" "$work/errors")"; failures=$((failures + 1)); }
if [ -c /dev/full ]; then
  code=0
  "$packages" --no-import --store kept.mdb --largest 1 > /dev/full 2> errors || code=$?
  check test "$code" -eq 1
  check grep -q 'cannot write the answers' errors
fi

# --available: without apt-cache; with one that fails, knows nothing, or prints records.
mkdir bin
apt_cache() {
  printf '#!/bin/sh\n%s\n' "$1" > bin/apt-cache
  chmod +x bin/apt-cache
}
path=$PATH
PATH=/nonexistent
code=0
"$packages" --available --store apt.mdb > output 2> errors || code=$?
PATH=$work/bin:$path
check test "$code" -eq 1
check grep -q "there is no apt-cache" errors
apt_cache 'exit 100'
refused 1 "'apt-cache dumpavail' failed" --available --store apt.mdb
apt_cache 'exit 0'
refused 1 'apt-get update' --available --store apt.mdb
apt_cache "cat '$work/records.txt'"
check "$packages" --available --store apt.mdb --largest 1 > output 2> errors
check grep -q 'Imported 8 packages from apt-cache dumpavail' output
PATH=$path

[ "$failures" -eq 0 ] || exit 1
