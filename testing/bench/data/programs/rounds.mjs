// What the programs share: rounds of work and their median.

// Calls `once`, which returns milliseconds and a check, several times; prints the medians and the check.
export function report(once) {
  const rounds = [0, 1, 2, 3, 4].map(() => once());
  console.log(`MS=${rounds.map((r) => r[0]).sort((a, b) => a - b)[2]}`);
  console.log(`CHECK=${rounds[0][1]}`);
}
