# Keeps the disk from filling up: sourced and called by ./bazelw. Never makes a build fail.
#
#   RUFF_DISK_GUARD=off              no check
#   RUFF_MIN_FREE=10G                wanted free space (default 5G)
#   RUFF_MAX_CACHE=40G               most that build results may take (default 30G)

# guard_disk ROOT COMMAND: before builds, when the last look was long ago or space is short. Looking costs what it
# costs to read the folders of the caches; not looking costs two or three processes.
guard_disk() {
  local workspace=$1 command=$2
  [[ ${RUFF_DISK_GUARD:-} != off && $command =~ ^(build|test|run|coverage)$ ]] || return 0
  local state=$workspace/.deps/disk_guard
  mkdir -p "$state" 2>/dev/null || true
  if [[ -n $(find "$state/checked" -mmin -60 2>/dev/null) ]] && ! disk_is_short "$HOME"; then
    return 0
  fi
  local guard=$state/disk_guard
  disk_guard_is_current "$guard" "$workspace" || build_disk_guard "$guard" "$workspace" || {
    echo "bazelw: the disk guard could not be compiled; building without it" >&2
    return 0
  }
  # The output base of this workspace, what was used in the last hour and what a running build has locked stay.
  timeout 300 "$guard" --apply --quiet --keep="$workspace" --min-age=1h \
    --min-free="${RUFF_MIN_FREE:-5G}" --max-cache="${RUFF_MAX_CACHE:-30G}" --temp="${TMPDIR:-/tmp}" \
    "$HOME/.cache/ruff-bazel" "${XDG_CACHE_HOME:-$HOME/.cache}/bazel/_bazel_$(id -un)" >&2 || true
  touch "$state/checked" 2>/dev/null || true
  [[ $guard != /dev/shm/* ]] || rm -f "$guard"
}

# Is less free than wanted where the caches are?
disk_is_short() {
  local free wanted=${RUFF_MIN_FREE:-5G}
  free=$(df --output=avail -B1 "$1" 2>/dev/null | tail -n 1) || return 1
  wanted=$(numfmt --from=iec "${wanted%iB}" 2>/dev/null) || return 1
  [[ $free =~ ^\ *[0-9]+$ ]] && ((free < wanted))
}

disk_guard_is_current() {
  local source
  [[ -x $1 ]] || return 1
  for source in "$2"/tools/disk_guard/*.{cc,h}; do
    [[ $source -ot $1 ]] || return 1
  done
}

# Without Bazel, whose results may be what has filled the disk: one command, a few seconds. When there is no room
# for the program either, it is made in memory-backed /dev/shm.
build_disk_guard() {
  local sources=() source folder
  for source in "$2"/tools/disk_guard/*.cc; do
    [[ $source == *_@(test|fuzzer|properties).cc ]] || sources+=("$source")
  done
  for folder in "${1%/*}" /dev/shm; do
    local made=$folder/disk_guard.$$
    if clang++-19 -std=c++20 -O1 -fuse-ld=lld-19 -I "$2" "${sources[@]}" -o "$made" 2>/dev/null; then
      if [[ $folder == "${1%/*}" ]]; then
        mv -f "$made" "$1"
      else
        guard=$made
      fi
      return 0
    fi
    rm -f "$made"
  done
  return 1
}
