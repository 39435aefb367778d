const n = Number(process.argv[2]);
const start = performance.now();
let p = Promise.all([Promise.resolve(1)]);
for (let i = 0; i < n; i++) p = Promise.all([p]);
let v = await p;
let depth = 0;
while (Array.isArray(v)) {
  v = v[0];
  depth++;
}
console.log(`MS=${performance.now() - start}`);
console.log(`CHECK=${depth}`);
