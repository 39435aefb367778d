import { readFile, writeFile } from 'node:fs/promises';
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
let sum = 0;
await pool(n, 256, async (i) => {
  const source = await readFile(`${dir}/post_${i}.md`, 'utf8');
  const html = `<html><body><h1>Post ${i}</h1><article>${source}</article></body></html>`;
  sum += Buffer.byteLength(html);
  await writeFile(`${dir}/out/post_${i}.html`, html);
});
console.log(`MS=${performance.now() - start}`);
console.log(`CHECK=${sum}`);
