// Read and write files and blocks as the form does: tasks in JSON on the standard input, results on
// the standard output.
import { readFileSync } from "node:fs";
import { fromBlock, patternOf, toBlock } from "../../theme/admin/blocks.js";
import { raw } from "../../theme/admin/preview.js";
import { SOURCE, fileFormat } from "../../theme/admin/files.js";

const { configuration, tasks } = JSON.parse(readFileSync(0, "utf8"));

function block({ name, text, set }) {
  const found = configuration.blocks.find((item) => item.name === name);
  const match = text.match(patternOf(found));
  if (!match) return null;
  const values = { ...fromBlock(match, found), ...set };
  const same = toBlock(values, found);
  const { _source: _, ...anew } = values;
  return { matched: match[0], same, anew: toBlock(anew, found), values: anew };
}

function file({ format, text, set }) {
  const { fromFile, toFile } = fileFormat(configuration.formats[format]);
  const values = text === null ? {} : fromFile(text.trim());
  const { [SOURCE]: _, ...read } = structuredClone(values);
  // Sveltia CMS ends each file with one line feed.
  return { read, written: `${toFile({ ...values, ...set }).trim()}\n` };
}

function passages({ passages: text }) {
  return [...text.matchAll(new RegExp(raw.pattern.source, "gim"))].map(([found]) => found);
}

function done(task) {
  if ("passages" in task) return passages(task);
  return "name" in task ? block(task) : file(task);
}

console.log(JSON.stringify(tasks.map(done)));
