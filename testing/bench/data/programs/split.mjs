import { readFileSync } from "node:fs";
const text = readFileSync(process.argv[3] + "/words.txt", "latin1");
const start = performance.now();
const parts = text.split(" ");
console.log(`MS=${performance.now() - start}`);
console.log(`CHECK=${parts.length}${parts[1000]}`);
