import { readFileSync } from "node:fs";
import { report } from "./rounds.mjs";
const text = readFileSync(process.argv[3] + "/document.json", "utf8");
report(() => {
  const start = performance.now();
  const value = JSON.parse(text);
  const ms = performance.now() - start;
  return [ms, value.rows.length + value.rows[17].name];
});
