const n = Number(process.argv[2]);
const k = n / 2;
async function f(i, k) {
  await null;
  if (i === k) {
    const e = new Error('x');
    e.index = i;
    throw e;
  }
  return i;
}
const start = performance.now();
const ps = new Array(n);
for (let i = 0; i < n; i++) ps[i] = f(i, k);
let index = -1;
try {
  await Promise.all(ps);
} catch (e) {
  index = e.index;
}
console.log(`MS=${performance.now() - start}`);
console.log(`CHECK=${index}`);
