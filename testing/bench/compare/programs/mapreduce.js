let total = 0
const xs = Array.from({ length: 200000 }, (_, i) => i)
for (let round = 0; round < 10; round++) {
  const squares = xs.map(x => x * x)
  const even = squares.filter(x => x % 2 === 0)
  total += even.reduce((a, x) => a + x % 1000, 0)
}
console.log(total)
