function* upto(n) { for (let i = 0; i < n; i++) yield i }
let total = 0
for (const x of upto(3000000)) total += x
console.log(total)
