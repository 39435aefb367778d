import { report } from "./rounds.mjs";
const n = Number(process.argv[2]);
const a = [];
for (let i = 0, x = 42; i < n; i++) {
  x = (x * 48271) % 2147483647;
  a.push(x);
}
report(() => {
  const start = performance.now();
  const sorted = a.slice().sort((p, q) => p - q);
  const ms = performance.now() - start;
  return [ms, `${sorted[0]}/${sorted[n / 2]}/${sorted[n - 1]}`];
});
