# disasm shows functions and instructions with their places; it never runs the program
cd "$RUFF_TEST_TMP" || exit 99; export NO_COLOR=1
printf 'func add(a, b) {\n    return a + b\n}\nprint(add(1, 2))\n' > a.ruff
"$RUFF" disasm a.ruff > o.txt; echo "rc=$?"
grep -o 'function 1 add(a, b)' o.txt; grep -c '2:12 *Add ' o.txt
printf 'print(1)\n' | "$RUFF" disasm - | grep -c '^function 0'
printf 'let x := (\n' > p.ruff; "$RUFF" disasm p.ruff 2> e.txt; echo "rc=$? $(grep -c RUFPARSE001 e.txt)"
"$RUFF" disasm nofile.ruff 2> /dev/null; echo "rc=$?"
"$RUFF" disasm 2> /dev/null; echo "rc=$?"
