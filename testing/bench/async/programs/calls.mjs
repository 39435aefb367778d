const n = Number(process.argv[2]);
async function id(x) { return x; }
const start = performance.now();
const ps = new Array(n);
for (let i = 0; i < n; i++) ps[i] = id(i);
const r = await Promise.all(ps);
console.log(`MS=${performance.now() - start}`);
console.log(`CHECK=${r[0] + r[n - 1] + r.length}`);
