# exit in a test ends the program; an uncaught error at file level is reported as by run
cd "$RUFF_TEST_TMP" || exit 99; export NO_COLOR=1
printf 'mut n := 0\nfunc bump() { n = n + 1 }\ntest "a" {\n    bump()\n    assert_equal(n, 1)\n}\ntest "b" {\n    bump()\n    print(n)\n    exit(5)\n}\ntest "c" { print("never") }\n' > a.ruff
"$RUFF" test-run a.ruff; echo "rc=$?"
printf 'func f() { throw("top") }\nf()\ntest "a" { }\n' > b.ruff
"$RUFF" test-run b.ruff 2> e.txt; echo "rc=$?"; cat e.txt
