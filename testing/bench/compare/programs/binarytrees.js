function build(depth) {
  if (depth === 0) return { left: null, right: null }
  return { left: build(depth - 1), right: build(depth - 1) }
}
function check(t) { return t.left === null ? 1 : 1 + check(t.left) + check(t.right) }
let total = 0
for (let i = 0; i < 20; i++) total += check(build(14))
console.log(total)
