# simulated time and I/O, traces, progress
cd "$RUFF_TEST_TMP" || exit 99; export NO_COLOR=1
cat > work.ruff <<'R'
async func work(i) {
    await async_sleep(60000 - i * 1000)
    return async_write_file("f" + to_string(i), to_string(i * i))
}
print(await promise_map(range(8), work, 3))
print(await async_read_files(map(range(8), func(i) { return "f" + to_string(i) })))
print(await parallel_map([1, 2, 3], func(x) { return x * 10 }))
R
for seed in 1 2 3; do RUFF_TRACE_ASYNC=t$seed.json "$RUFF" run --simulate $seed work.ruff > o$seed.txt 2>&1; echo "rc=$?"; done
cat o1.txt
cmp o1.txt o2.txt && cmp o1.txt o3.txt && echo "same output"
RUFF_TRACE_ASYNC=again.json "$RUFF" run --simulate 3 work.ruff > /dev/null
cmp t3.json again.json && echo "same trace"
cat > read.ruff <<'R'
events := parse_json(await async_read_file("t1.json"))["traceEvents"]
kinds := {}
for e in events { kinds[get_default(e, "cat", "metadata") + " " + e["ph"]] = true }
print(sort(keys(kinds)))
R
"$RUFF" run read.ruff
"$RUFF" run --simulate 9 --simulate-errors 1 -e 'try { await async_read_file("work.ruff") } except e { print(e.message) }'
"$RUFF" run --progress -e 'print(len(await promise_map(range(1000), func(i) { return i })))'
RUFF_TRACE_ASYNC=no/such/file "$RUFF" run read.ruff 2>&1; echo "rc=$?"
"$RUFF" run --simulate x read.ruff 2>&1 | head -1
