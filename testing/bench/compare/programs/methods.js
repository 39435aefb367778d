class Counter {
  constructor(n, step) { this.n = n; this.step = step }
  next() { this.n += this.step; return this.n }
  value() { return this.n }
}
const c = new Counter(0, 3)
let total = 0
for (let i = 0; i < 2000000; i++) { c.next(); total += c.value() % 10 }
console.log(total)
