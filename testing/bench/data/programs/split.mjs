import { readFileSync } from "node:fs";
import { report } from "./rounds.mjs";
const text = readFileSync(process.argv[3] + "/words.txt", "latin1");
const separator = process.argv[4] === "lines" ? "\n" : " ";
report(() => {
  const start = performance.now();
  const parts = text.split(separator);
  const ms = performance.now() - start;
  return [ms, parts.length + parts[1000]];
});
