#!/bin/bash
# The hook of ./bazelw: compiles the guard by itself, frees space, is quick the second time, and never fails.
# As in ./bazelw.
set -euo pipefail
source tools/disk_guard/before_build.sh
readonly root=$TEST_TMPDIR/workspace
export HOME=$TEST_TMPDIR/home TMPDIR=$TEST_TMPDIR/tmp
unset XDG_CACHE_HOME RUFF_DISK_GUARD
mkdir -p "$root/tools" "$TMPDIR" "$HOME/.cache/ruff-bazel/ac" "$HOME/.cache/ruff-bazel/cas/00"
cp -rL tools/disk_guard "$root/tools/"

fail() {
  echo "FAILED: $*" >&2
  exit 1
}

head -c 100000 /dev/zero >"$HOME/.cache/ruff-bazel/cas/00/old"
touch -d '3 days ago' "$HOME/.cache/ruff-bazel/cas/00/old"
export RUFF_MIN_FREE=0 RUFF_MAX_CACHE=1K

guard_disk "$root" info || fail "returns an error"
[[ ! -e $root/.deps ]] || fail "works although nothing is built"
RUFF_DISK_GUARD=off guard_disk "$root" build || fail "returns an error when off"
[[ ! -e $root/.deps ]] || fail "works although it is off"

if command -v clang++-19 >/dev/null; then
  guard_disk "$root" build || fail "returns an error"
  [[ -x $root/.deps/disk_guard/disk_guard ]] || fail "has not been compiled"
  [[ ! -e $HOME/.cache/ruff-bazel/cas/00/old ]] || fail "has not deleted the old file"
fi

RUFF_MIN_FREE=0 disk_is_short "$HOME" && fail "is short of nothing"
RUFF_MIN_FREE=1024P disk_is_short "$HOME" || fail "does not see that space is short"

mkdir -p "$root/.deps/disk_guard" && touch "$root/.deps/disk_guard/checked"
disk_is_short() { false; }
start=$(date +%s%N)
for _ in 1 2 3 4 5; do guard_disk "$root" build; done
milliseconds=$((($(date +%s%N) - start) / 5000000))
((milliseconds < 300)) || fail "takes $milliseconds ms although there is nothing to do"

# Sources that do not compile, a folder that cannot be written: a word on standard error, no failure.
disk_is_short() { true; }
echo 'no C++' >"$root/tools/disk_guard/main.cc"
guard_disk "$root" build 2>"$TEST_TMPDIR/err" || fail "makes the build fail"
grep -q 'building without it' "$TEST_TMPDIR/err" || fail "does not say that it is missing"
echo "passed"
