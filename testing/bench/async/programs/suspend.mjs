const n = Number(process.argv[2]);
async function t(i) {
  await null;
  return i;
}
const start = performance.now();
const ps = new Array(n);
for (let i = 0; i < n; i++) ps[i] = t(i);
const r = await Promise.all(ps);
let s = 0;
for (const x of r) s += x;
console.log(`MS=${performance.now() - start}`);
console.log(`CHECK=${s}`);
