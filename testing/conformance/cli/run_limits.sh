# budgets end a program with a runtime error; the parser's limit is a syntax error
cd "$RUFF_TEST_TMP" || exit 99; export NO_COLOR=1
t() { "$RUFF" run "$@" > o.txt 2> e.txt; echo "rc=$? $(head -1 e.txt)"; cat o.txt; }
printf 'print("start")\nwhile (true) { }\n' > loop.ruff
t --max-instructions 1000 loop.ruff
t --timeout-ms 50 loop.ruff
printf 'mut a := []\nwhile (true) { a = push(a, to_string(len(a))) }\n' > grow.ruff
t --max-memory 10M grow.ruff
printf 'func f(n) { return f(n + 1) }\ntry { f(0) } except e { print(e.message) }\nf(0)\n' > deep.ruff
t --max-call-depth 500 deep.ruff
t --max-call-depth 500 --dispatch switch deep.ruff
printf 'x := ((((((1))))))\n' > nest.ruff
t --max-nesting 5 nest.ruff
t --max-nesting 10 nest.ruff
t --max-memory 1T nest.ruff
t --dispatch goto nest.ruff
