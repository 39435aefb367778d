import { readFileSync } from "node:fs";
import { report } from "./rounds.mjs";
const text = readFileSync(process.argv[3] + "/words.txt", "latin1");
const parts = text.split(process.argv[4] === "lines" ? "\n" : " ");
report(() => {
  const start = performance.now();
  const joined = parts.join("--");
  const ms = performance.now() - start;
  return [ms, joined.length];
});
