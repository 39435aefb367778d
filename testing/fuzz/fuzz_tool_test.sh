#!/bin/bash
# tools/fuzz with a Bazel and a fuzz target that answer from scripts: corpora are merged and kept from
# round to round, a crasher is minimised and put beside the target.
set -eu
fail() { echo "FAILED: $*" >&2 && exit 1; }
work=$TEST_TMPDIR/work
export BAZEL=$TEST_TMPDIR/bazel BIN=$TEST_TMPDIR/bin
mkdir -p "$work/tools" "$work/a/corpus/x_fuzzer" "$BIN/a"
cp -L tools/fuzz "$work/tools/fuzz"
echo seed >"$work/a/corpus/x_fuzzer/1"
cat >"$BAZEL" <<'END'
#!/bin/bash
case $1 in
  query) echo //a:x_fuzzer ;;
  info) echo "$BIN" ;;
esac
END
# Like a libFuzzer program: grows its corpus by a file a run, and crashes in the second.
cat >"$BIN/a/x_fuzzer" <<'END'
#!/bin/bash
files=()
for argument; do
  case $argument in
    -merge=1) merge=1 ;;
    -minimize_crash=1) minimize=1 ;;
    -artifact_prefix=*) prefix=${argument#*=} ;;
    -exact_artifact_path=*) exact=${argument#*=} ;;
    -*) ;;
    *) files+=("$argument") ;;
  esac
done
if [[ ${merge-} ]]; then
  cp "${files[1]}"/* "${files[0]}"
elif [[ ${minimize-} ]]; then
  head -c 1 "${files[0]}" >"$exact"
else
  count=$(ls "${files[0]}" | wc -l)
  echo "input $count of ${files[*]}" >"${files[0]}/$count"
  echo "#1 cov: 10 ft: 20 corp: $count"
  echo "stat::average_exec_per_sec:     $((count + 100))"
  ((count != 1)) || { echo crash >"${prefix}crash-1" && exit 77; }
fi
END
chmod +x "$BAZEL" "$BIN/a/x_fuzzer"
out=$("$work/tools/fuzz" --seconds 1) || fail "the first round: $out"
[[ $out == *'x_fuzzer'*'cov: 10 ft: 20 corp: 0, 100 inputs a second'* ]] || fail "summary: $out"
"$work/tools/fuzz" --seconds 1 //a:x_fuzzer >"$TEST_TMPDIR/second" && fail "the crash does not show"
grep -q 'failed: ./a/crashers/x_fuzzer/crash-1' "$TEST_TMPDIR/second" || fail "$(cat "$TEST_TMPDIR/second")"
[[ $(cat "$work/a/crashers/x_fuzzer/crash-1") == c ]] || fail "the crasher is not minimised"
[[ $(ls "$work/.deps/fuzz/x_fuzzer/corpus" | wc -l) == 2 ]] || fail "the corpus is not kept"
"$work/tools/fuzz" --seconds 1 --forever >"$TEST_TMPDIR/forever" &
until (($(grep -c 'inputs a second' "$TEST_TMPDIR/forever") > 2)); do sleep 0.1; done
kill $!
wait $! && fail "--forever ends by itself"
grep -q 'a/corpus/x_fuzzer' "$work/.deps/fuzz/x_fuzzer/corpus/3" || fail "no seeds"
echo passed
