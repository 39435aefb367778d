import { readFileSync } from "node:fs";
const text = readFileSync(process.argv[3] + "/document.json", "utf8");
const start = performance.now();
const value = JSON.parse(text);
console.log(`MS=${performance.now() - start}`);
console.log(`CHECK=${value.rows.length}${value.rows[17].name}`);
