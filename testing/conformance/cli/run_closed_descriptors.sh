# standard descriptors that are closed at the start are taken by nothing else
cd "$RUFF_TEST_TMP" || exit 99; export NO_COLOR=1
printf 'async func f() { return execute("printf out; printf err >&2") }\nwrite_file("a.txt", await f(), true)\nprint("x")\n' > p.ruff
"$RUFF" run p.ruff <&- >&- 2>&-; echo "rc=$?"; cat a.txt; echo
"$RUFF" run p.ruff <&- 2>&-; echo "rc=$?"; cat a.txt; echo
# and children find only what they should
"$RUFF" -e 'print(execute("echo /proc/self/fd/*"))' <&- 7</dev/null
