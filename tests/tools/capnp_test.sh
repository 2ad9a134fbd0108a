#!/usr/bin/env bash
# Cap'n Proto's own tool reads what the command writes: capnp_test.sh NETABASE CAPNP MAKE_STORES FOLDER
set -euo pipefail
netabase=$1 capnp=$2 make_stores=$3 folder=$4
rm -rf "$folder"
mkdir -p "$folder"
cd "$folder"
"$make_stores" .

fail() { echo "FAILED: $*" >&2; exit 1; }

for definition in shop blog kitchen office sightings games; do
  "$netabase" schema $definition.mdb >$definition.capnp
  for model in $("$netabase" count $definition.mdb --json | tr '{,' '\n\n' | sed -n 's/^"\([^"]*\)":.*/\1/p'); do
    struct=$model
    case $model in nested_things) struct=Nested ;; audit_entry) struct=AuditEntry ;; esac
    count=$("$netabase" count $definition.mdb $model)
    [ "$count" != 0 ] || continue
    "$netabase" export $definition.mdb $model --format capnp >messages
    "$capnp" decode --quiet --short $definition.capnp $struct <messages >decoded || fail "capnp cannot decode $model"
    [ "$(wc -l <decoded)" = "$count" ] || fail "$model: $(wc -l <decoded) of $count records decoded"
    # What it encodes again, as it pleases, is imported as the same records.
    "$capnp" encode $definition.capnp $struct <decoded >again || fail "capnp cannot encode $model"
    cp $definition.mdb copy.mdb
    "$netabase" import copy.mdb again --format capnp --model $model --replace >log 2>&1 || { cat log; fail "import of $model"; }
    # But for the sign of zero, which capnp's text loses.
    "$netabase" export $definition.mdb $model --plain | sed 's/:-0\([,}]\)/:0\1/g' >left
    "$netabase" export copy.mdb $model --plain | sed 's/:-0\([,}]\)/:0\1/g' >right
    cmp left right || fail "$model is not the same"
    "$netabase" check copy.mdb >log || { cat log; fail "check after importing $model"; }
  done
done
grep -q "hammer" <("$netabase" export shop.mdb Product --format capnp | "$capnp" decode shop.capnp Product) || fail "no hammer"
echo passed
