#!/usr/bin/env bash
# The bash completion: completion_test.sh NETABASE MAKE_STORES SCRIPT FOLDER
set -euo pipefail
netabase=$1 make_stores=$2 script=$3 folder=$4
rm -rf "$folder"
mkdir -p "$folder"
cd "$folder"
"$make_stores" .
source "$script"

# completes EXPECTED WORD...: the last word may be empty.
completes() {
  local expected=$1
  shift
  COMP_WORDS=(netabase "$@")
  COMP_CWORD=$#
  local previous=netabase
  [ $# -gt 1 ] && previous=${COMP_WORDS[$# - 1]}
  _netabase "$netabase" "${COMP_WORDS[$#]}" "$previous"
  local got="${COMPREPLY[*]-}"
  [ "$got" = "$expected" ] || { echo "FAILED: 'netabase $*' completes to '$got', not '$expected'" >&2; exit 1; }
}

completes "count check compact" c
completes "repair-indexes" rep
completes "shop.mdb" info sho
completes "Product" get shop.mdb Pr
completes "User Post" scan blog.mdb ""
completes "by_author_date" find blog.mdb Post --index by
completes "user_name" find kitchen.mdb audit_entry --index ""
completes "json" export shop.mdb --format j
completes "--replace" import shop.mdb --rep
completes "--json" info --j
completes "Customer" import shop.mdb x.jsonl --model Cu
completes "" get missing.mdb ""
echo passed
