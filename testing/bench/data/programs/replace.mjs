import { readFileSync } from "node:fs";
const text = readFileSync(process.argv[3] + "/words.txt", "latin1");
const start = performance.now();
const replaced = text.replaceAll(" ", "--");
const length = replaced.length;
console.log(`MS=${performance.now() - start}`);
console.log(`CHECK=${length}`);
