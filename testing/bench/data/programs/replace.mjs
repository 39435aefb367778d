import { readFileSync } from "node:fs";
import { report } from "./rounds.mjs";
const text = readFileSync(process.argv[3] + "/words.txt", "latin1");
const from = process.argv[4] === "lines" ? "\n" : " ";
report(() => {
  const start = performance.now();
  const replaced = text.replaceAll(from, "--");
  const length = replaced.length;
  const ms = performance.now() - start;
  return [ms, length];
});
