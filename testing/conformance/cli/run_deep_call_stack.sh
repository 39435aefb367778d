# of a deep call stack both ends are shown
cd "$RUFF_TEST_TMP" || exit 99; export NO_COLOR=1
printf 'func f(n) {\n    if (n == 0) { throw("deep") }\n    return f(n - 1)\n}\nf(999)\n' > a.ruff
"$RUFF" run a.ruff 2> e.txt; echo "rc=$?"; sed -n '1,5p;28,32p' e.txt; tail -2 e.txt; grep -c '' e.txt
