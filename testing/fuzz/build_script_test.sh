#!/bin/bash
# .clusterfuzzlite/build.sh with a Bazel that answers from a script: program, dictionary and corpus of every
# target reach $OUT.
set -eu
work=$TEST_TMPDIR/work
export OUT=$TEST_TMPDIR/out BAZEL=$TEST_TMPDIR/bazel
mkdir -p "$work/a/b/corpus/x_fuzzer" "$work/c/crashers/y_fuzzer" "$OUT" "$TEST_TMPDIR/bin/a/b" "$TEST_TMPDIR/bin/c"
echo seed >"$work/a/b/corpus/x_fuzzer/1"
echo crasher >"$work/c/crashers/y_fuzzer/1"
echo program >"$TEST_TMPDIR/bin/a/b/x_fuzzer"
echo program >"$TEST_TMPDIR/bin/c/y_fuzzer"
echo '"if"' >"$TEST_TMPDIR/bin/a/b/x_fuzzer.dict"
cat >"$BAZEL" <<END
#!/bin/bash
case \$1 in
  query) printf '%s\n' //a/b:x_fuzzer //c:y_fuzzer ;;
  build) [[ \$* == "build --config=fuzz //a/b:x_fuzzer //c:y_fuzzer" ]] ;;
  info) echo $TEST_TMPDIR/bin ;;
esac
END
mkdir -p "$TEST_TMPDIR/tools"
printf '#!/bin/bash\ntouch "${@: -2:1}"\n' >"$TEST_TMPDIR/tools/zip"
chmod +x "$BAZEL" "$TEST_TMPDIR/tools/zip"
script=$PWD/.clusterfuzzlite/build.sh
cd "$work"
PATH=$TEST_TMPDIR/tools:$PATH bash "$script"
for file in x_fuzzer x_fuzzer.dict x_fuzzer_seed_corpus.zip y_fuzzer y_fuzzer_seed_corpus.zip; do
  [[ -e $OUT/$file ]] || { echo "FAILED: no $file" >&2 && exit 1; }
done
echo passed
