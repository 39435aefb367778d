import { readFileSync } from "node:fs";
const value = JSON.parse(readFileSync(process.argv[3] + "/document.json", "utf8"));
const start = performance.now();
const text = JSON.stringify(value);
console.log(`MS=${performance.now() - start}`);
console.log(`CHECK=${text.length}`);
