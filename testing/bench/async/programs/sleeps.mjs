const n = Number(process.argv[2]);
const sleep = (ms) => new Promise((r) => setTimeout(r, ms));
async function nap(i) {
  await sleep(1);
  return i;
}
const start = performance.now();
const ps = new Array(n);
for (let i = 0; i < n; i++) ps[i] = nap(i);
const r = await Promise.all(ps);
console.log(`MS=${performance.now() - start}`);
console.log(`CHECK=${r.length + r[n - 1]}`);
