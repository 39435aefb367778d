const n = Number(process.argv[2]);
const a = [];
for (let i = 0, x = 42; i < n; i++) {
  x = (x * 48271) % 2147483647;
  a.push(x);
}
const start = performance.now();
a.sort((p, q) => p - q);
console.log(`MS=${performance.now() - start}`);
console.log(`CHECK=${a[0]}/${a[n / 2]}/${a[n - 1]}`);
