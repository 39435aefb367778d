function run(n) {
  const counts = new Map()
  let s = 42
  for (let i = 0; i < n; i++) {
    s = Number((BigInt(s) * 1103515245n + 12345n) % 2147483648n)
    const word = "word" + String(s % 5000)
    counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  let best = 0
  for (const c of counts.values()) if (c > best) best = c
  return best
}
console.log(run(1000000))
