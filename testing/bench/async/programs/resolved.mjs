const n = Number(process.argv[2]);
const start = performance.now();
const ps = new Array(n);
for (let i = 0; i < n; i++) ps[i] = Promise.resolve(i);
const r = await Promise.all(ps);
console.log(`MS=${performance.now() - start}`);
console.log(`CHECK=${r[0] + r[n - 1] + r.length}`);
