import { report } from "./rounds.mjs";
const n = Number(process.argv[2]);
const name = process.argv[4];
const a = [];
for (let i = 0; i < n; i++) a.push(i);
const never = (x) => false, always = (x) => true, next = (x) => x + 1, add = (acc, x) => acc + x;
const scatter = (x) => (x * 7919) % 1000003, hundreds = (x) => x % 100;
const work = {
  map: () => a.map(next).length,
  filter: () => a.filter(always).length,
  reduce: () => a.reduce(add, 0),
  find: () => a.find(never) ?? 0,
  any: () => Number(a.some(never)),
  all: () => Number(a.every(always)),
  sort_by: () => a.map((x) => [scatter(x), x]).sort((p, q) => p[0] - q[0])[1][1],
  group_by: () => {
    const groups = new Map();
    for (const x of a) {
      const group = groups.get(hundreds(x));
      if (group) group.push(x); else groups.set(hundreds(x), [x]);
    }
    return groups.size;
  },
}[name];
report(() => {
  const start = performance.now();
  const check = work();
  const ms = performance.now() - start;
  return [ms, check];
});
