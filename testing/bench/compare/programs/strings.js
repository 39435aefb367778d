function run(n) {
  let s = ""
  for (let i = 0; i < n; i++) s = s + String(i) + ","
  const parts = s.split(",")
  let total = 0
  for (const p of parts) total += p.length
  return total
}
console.log(run(1000000))
