const n = Number(process.argv[2]);
const sleep = (ms) => new Promise((r) => setTimeout(r, ms));
const start = performance.now();
const ps = new Array(n);
for (let i = 0; i < n; i++) ps[i] = sleep(((i * 7919) % 50) + 1);
const r = await Promise.all(ps);
console.log(`MS=${performance.now() - start}`);
console.log(`CHECK=${r.length}`);
