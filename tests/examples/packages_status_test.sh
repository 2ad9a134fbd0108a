#!/bin/sh
# Runs the packages example on this machine's own package records and compares its counts with those that awk and sort
# find in the same file.
#
#   packages_status_test.sh PACKAGES STATUS_FILE WORK_FOLDER
set -eu
packages=$1
status=$2
work=$3
rm -rf "$work"
mkdir -p "$work"
cp "$status" "$work/status"  # what runs beside the test may install something meanwhile
cd "$work"

# One line for each package that is there: section, "name version (architecture)", size in KiB, then its dependencies,
# each name once.
awk -v RS= -F '\n' '
  {
    name = version = architecture = section = size = state = depends = ""
    for (i = 1; i <= NF; i++) {
      if ($i ~ /^Package: /) name = substr($i, 10)
      if ($i ~ /^Version: /) version = substr($i, 10)
      if ($i ~ /^Architecture: /) architecture = substr($i, 15)
      if ($i ~ /^Section: /) section = substr($i, 10)
      if ($i ~ /^Installed-Size: /) size = substr($i, 17)
      if ($i ~ /^Status: /) state = substr($i, 9)
      if ($i ~ /^(Pre-)?Depends: /) { text = $i; sub(/^[^:]*: /, "", text); depends = depends "," text }
    }
    if (state ~ / (config-files|not-installed)$/) next
    gsub(/\([^)]*\)/, "", depends)
    gsub(/[ \t]/, "", depends)
    count = split(depends, list, /[,|]/)
    split("", seen)
    line = section "\t" name " " version " (" architecture ")\t" size "\t"
    for (i = 1; i <= count; i++) {
      sub(/:.*/, "", list[i])
      if (list[i] != "" && !(list[i] in seen)) { seen[list[i]] = 1; line = line " " list[i] }
    }
    print line " "
  }' status > expected

failures=0
# expect WHAT COUNT ANSWER: the answer of the example must begin with that many packages.
expect() {
  text=$(printf '%s' "$2" | sed -e ':a' -e 's/\([0-9]\)\([0-9]\{3\}\)\($\|,\)/\1,\2\3/' -e 'ta')
  if [ "$2" -eq 1 ]; then text="$text package "; else text="$text packages "; fi
  if ! printf '%s\n' "$3" | grep -F -q -- "$text"; then
    echo "$1: expected '$text' in: $3"
    failures=$((failures + 1))
  fi
}
ask() { "$packages" --no-import --store packages.mdb "$@" | grep -F ' ms)'; }

"$packages" status --store packages.mdb --largest 1 > imported
cat imported
total=$(wc -l < expected)
expect 'all packages' "$total" "$(head -n 1 imported)"
expect 'packages with a size' "$(cut -f 3 expected | grep -c .)" "$(grep -F ' ms)' imported)"

for section in $(cut -f 1 expected | sort -u | head -n 5) libs admin; do
  expect "section $section" "$(cut -f 1 expected | grep -c -x -F -- "$section" || true)" "$(ask --section "$section")"
done
for name in libc6 perl python3 debconf no-such-package; do
  expect "dependants of $name" "$(cut -f 4 expected | grep -c -F -- " $name " || true)" "$(ask --depends-on "$name")"
done
for prefix in lib python3- x; do
  expect "names with $prefix" "$(cut -f 2 expected | grep -c -- "^$prefix" || true)" "$(ask --prefix "$prefix")"
done

# The ten largest: the sizes of the packages that the example names against the ten largest sizes.
"$packages" --no-import --store packages.mdb --largest 10 | sed -n 's/^ *[0-9][0-9.,]* [KM]iB  //p' > largest
awk -F '\t' 'NR == FNR { size[$2] = $3; next } { print size[$0] }' expected largest > largest.sizes
cut -f 3 expected | sort -nr | head -n 10 > largest.expected
diff -u largest.expected largest.sizes || failures=$((failures + 1))

[ "$total" -gt 50 ] || { echo "only $total packages in $status: that shows nothing"; failures=$((failures + 1)); }
[ "$failures" -eq 0 ] || exit 1
echo "$total packages: every count as awk's"
