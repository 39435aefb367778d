# functions of early inputs see what later ones assign; user names shadow builtins; imports stay; a failed declaration does not count
cd "$RUFF_TEST_TMP" || exit 99; export NO_COLOR=1
printf 'export func hi(n) { return "hi " + n }\nexport let version := 3\n' > util.ruff
cat > in.txt <<'E2'
mut a := 1
func f() { return a }
a = 2
f()
items := [1, 2]
func g() { items[0] = 9
  return items }
g()
items = push(items, 3)
func len(x) { return "mine" }
len(items)
import util
hi("x")
util.version
let q := 1 / 0
let q := 5
q
break
:vars
:reset
len([1])
exit(9)
E2
"$RUFF" repl < in.txt > o.txt; echo "rc=$?"; sed -n '/^=>/,$p' o.txt
