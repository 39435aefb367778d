import { readFileSync } from "node:fs";
import { report } from "./rounds.mjs";
const value = JSON.parse(readFileSync(process.argv[3] + "/document.json", "utf8"));
report(() => {
  const start = performance.now();
  const text = JSON.stringify(value);
  const ms = performance.now() - start;
  return [ms, text.length];
});
