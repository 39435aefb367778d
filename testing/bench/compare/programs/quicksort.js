function quicksort(a, low, high) {
  while (low < high) {
    const pivot = a[(low + high) >> 1]
    let i = low, j = high
    while (i <= j) {
      while (a[i] < pivot) i++
      while (a[j] > pivot) j--
      if (i <= j) { const t = a[i]; a[i] = a[j]; a[j] = t; i++; j-- }
    }
    if (j - low < high - i) { quicksort(a, low, j); low = i } else { quicksort(a, i, high); high = j }
  }
}
function run(n) {
  const a = []
  let seed = 7
  for (let i = 0; i < n; i++) { seed = (seed * 16807) % 2147483647; a.push(seed) }
  quicksort(a, 0, n - 1)
  return a[n >> 1]
}
console.log(run(500000))
