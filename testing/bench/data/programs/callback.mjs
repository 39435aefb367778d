import { report } from "./rounds.mjs";
const n = Number(process.argv[2]);
const name = process.argv[4];
const a = [];
for (let i = 0; i < n; i++) a.push(i);
const never = (x) => false, always = (x) => true, next = (x) => x + 1, add = (acc, x) => acc + x;
const work = {
  map: () => a.map(next).length,
  filter: () => a.filter(always).length,
  reduce: () => a.reduce(add, 0),
  find: () => a.find(never) ?? 0,
  any: () => Number(a.some(never)),
  all: () => Number(a.every(always)),
}[name];
report(() => {
  const start = performance.now();
  const check = work();
  const ms = performance.now() - start;
  return [ms, check];
});
