// The blocks of a text (`/// agenda` … `///`), read for the form and written from it.

import { Document, parseDocument } from "./vendor/yaml.js";
import { groupOf, texts } from "./files.js";

// The fields of what a block names after its bar, of what it holds, and of how it is written.
const ARGUMENT = "_montre";
const CONTENT = "_contenu";
const SOURCE = "_source";

// Return the pattern of a block: its groups are the parts of its syntax.
export function patternOf(block) {
  return new RegExp(
    `^(?<bars>/{3,}) *${block.name}(?: *\\|[ \\t]*(?<argument>[^\\n]*?))?[ \\t]*\\n` +
      `(?<options>(?: {4,}[^\\n]*\\n)*)(?<content>[\\s\\S]*?)^\\k<bars>[ \\t]*$`,
    "im",
  );
}

// Return the values of the fields of a block from a match of its pattern.
export function fromBlock(match, block) {
  const { argument, options, content } = match.groups;
  const read = parseDocument(options, { schema: "failsafe" });
  const found = groupOf(read.contents, block.options);
  if (argument) found[ARGUMENT] = argument.trim();
  if (block.has_content) found[CONTENT] = content.replace(/^\n+|\n+$/g, "");
  found[SOURCE] = match[0];
  return found;
}

// Return the text of a block: as it was read when nothing of it has changed.
export function toBlock(values, block) {
  const source = values[SOURCE];
  const text = written(values, block);
  const before = source?.match(patternOf(block));
  return before && written(fromBlock(before, block), block) === text ? source : text;
}

function written(values, block) {
  const argument = (values[ARGUMENT] ?? "").trim();
  const content = block.has_content ? (values[CONTENT] ?? "").replace(/^\n+|\s+$/g, "") : "";
  // Bars in the content would close the block.
  const inner = [...content.matchAll(/^\/{3,}/gm)].map(([bars]) => bars.length);
  const bars = "/".repeat(Math.max(2, ...inner) + 1);
  const options = texts(values, block.options);
  const lines = Object.keys(options).length
    ? new Document(options, { schema: "failsafe" }).toString({ lineWidth: 0 }).trimEnd().split("\n")
    : [];
  return [
    `${bars} ${block.name}${argument ? ` | ${argument}` : ""}`,
    ...lines.map((line) => `    ${line}`),
    ...(content && lines.length ? [""] : []),
    ...(content ? [content] : []),
    bars,
  ].join("\n");
}
