#!/bin/bash -eu
# Builds every fuzz target into $OUT, with its dictionary and its seed corpus.
bazel=${BAZEL:-./bazelw}
mapfile -t targets < <("$bazel" query 'attr(tags, "\bfuzz\b", tests(//...))')
"$bazel" build --config=fuzz "${targets[@]}"
bin=$("$bazel" info --config=fuzz bazel-bin)
for target in "${targets[@]}"; do
  path=${target#//} name=${target##*:} package=${target%:*}
  package=${package#//}
  cp -f "$bin/${path/://}" "$OUT/$name"
  [[ ! -e $bin/$package/$name.dict ]] || cp -f "$bin/$package/$name.dict" "$OUT/$name.dict"
  for folder in corpus crashers; do
    [[ ! -d $package/$folder/$name ]] || (cd "$package/$folder/$name" && zip -q -j -r "$OUT/${name}_seed_corpus.zip" .)
  done
done
