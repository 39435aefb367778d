const n = Number(process.argv[2]);
async function id(x) { return x; }
async function mainLoop(n) {
  let s = 0;
  for (let i = 0; i < n; i++) s += await id(i);
  return s;
}
const start = performance.now();
const s = await mainLoop(n);
console.log(`MS=${performance.now() - start}`);
console.log(`CHECK=${s}`);
