#!/bin/bash
# The table of external packages is well formed: each has both sources and its BUILD file.
set -euo pipefail
readonly table=$1
declare -A places=()
repository= failures=0

fail() {
  echo "sources.bzl: $*"
  failures=$((failures + 1))
}

while IFS= read -r line; do
  read -r first location sha256 prefix rest <<<"$line"
  case $line in
    '') ;;
    '  '*)
      [[ $first == debian || $first == upstream ]] || fail "$repository: unknown place $first"
      [[ $sha256 =~ ^[0-9a-f]{64}$ ]] || fail "$repository: $first has no sha256"
      [[ -n $prefix && -z $rest ]] || fail "$repository: $first has not four fields"
      places[$repository]+=" $first"
      ;;
    *)
      repository=$first
      [[ -z ${places[$repository]:-} ]] || fail "$repository occurs twice"
      [[ $location == - || -e third_party/$location ]] || fail "$repository: no $location"
      places[$repository]=
      ;;
  esac
done < <(sed -n '/^SOURCES = """$/,/^"""$/p' "$table" | sed '1d;$d')

((${#places[@]})) || fail "has no packages"
for repository in "${!places[@]}"; do
  [[ ${places[$repository]} == " debian upstream" ]] ||
    fail "$repository: wants debian and upstream, has${places[$repository]}"
done
echo "${#places[@]} packages, $failures failures"
((failures == 0))
