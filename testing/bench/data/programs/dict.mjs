import { report } from "./rounds.mjs";
const n = Number(process.argv[2]);
const keys = [];
for (let i = 0; i < n; i++) keys.push("key" + ((i * 7919) % n));
report(() => {
  const start = performance.now();
  const d = new Map();
  for (const key of keys) d.set(key, 1);
  let found = 0;
  for (const key of keys) found += d.get(key);
  const ms = performance.now() - start;
  return [ms, found + d.size];
});
