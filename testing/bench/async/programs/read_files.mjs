import { readFile } from 'node:fs/promises';
async function pool(n, k, one) {
  let next = 0;
  const out = new Array(n);
  await Promise.all(Array.from({ length: k }, async () => {
    for (let i; (i = next++) < n; ) out[i] = await one(i);
  }));
  return out;
}
const n = Number(process.argv[2]);
const dir = process.argv[3];
const start = performance.now();
const texts = await pool(n, 256, (i) => readFile(`${dir}/f${i}`, 'utf8'));
let s = 0;
for (const t of texts) s += t.length;
console.log(`MS=${performance.now() - start}`);
console.log(`CHECK=${s}`);
