import { readFileSync } from "node:fs";
const text = readFileSync(process.argv[3] + "/words.txt", "latin1");
const parts = text.split(" ");
const start = performance.now();
const joined = parts.join("--");
console.log(`MS=${performance.now() - start}`);
console.log(`CHECK=${joined.length}`);
