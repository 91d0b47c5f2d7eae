// The files of the contents, read for the form and written from it.
//
// Every value of a header is text to the site, whatever YAML would make of it; the form wants lists,
// groups, numbers, yes and no. What was not changed is written back as it stood, to the byte:
// comments, order and quotes included.

import { Document, isMap, isScalar, isSeq, parseDocument } from "./vendor/yaml.js";

// Where a content keeps its file as it was read; no field has this name.
export const SOURCE = "_fichier";

const READING = { schema: "failsafe", keepSourceTokens: false, uniqueKeys: false };
const WRITING = { lineWidth: 0, flowCollectionPadding: false };
const YES = new Set(["oui", "true", "vrai"]);
const FENCE = /^---[ \t]*$/;

// Return the functions that read and write the files of a format.
export function fileFormat(format) {
  return {
    fromFile: (text) => read(text, format),
    toFile: (content) => write(content, format),
  };
}

function read(text, format) {
  const file = taken(text, format);
  const content = values(file.document.contents, format);
  if (format.body) content[format.body] = file.body;
  return { ...content, [SOURCE]: text };
}

function write(content, format) {
  const source = content[SOURCE];
  const file = source ? taken(source, format) : undefined;
  const wanted = texts(content, format.fields);
  if (!format.body) return dataFile(file, wanted, format);
  const header = file ? mended(file, wanted, format) : yaml(wanted);
  return `---\n${header}---\n${below(content[format.body] ?? "", file)}`;
}

// Take a file apart: its header, what is below, and the text that an editor sees of it.
function taken(text, format) {
  if (!format.body) return { header: `${text}\n`, document: parsed(text) };
  const lines = text.split("\n");
  const end = FENCE.test(lines[0]) ? lines.findIndex((line, n) => n && FENCE.test(line)) : -1;
  if (end < 0) throw new Error("L’en-tête du fichier n’est pas entre deux lignes « --- ».");
  const header = `${lines.slice(1, end).join("\n")}\n`;
  const rest = lines.slice(end + 1).join("\n");
  return { header, document: parsed(header), rest, body: rest.replace(/^\n+/, "") };
}

// Return what is below the header, with the empty lines that the file has there.
function below(body, file) {
  if (file && body === file.body) return file.rest;
  const gap = file ? file.rest.slice(0, file.rest.length - file.body.length) : "";
  // The editor escapes what strikes through elsewhere; here « ~ » alone is a tilde.
  const text = body.replace(/^\n+/, "").replaceAll("\\~", "~");
  return gap + (file ? restored(text, file.body) : text);
}

// Return a text with the lines that say the same as before written as they were: the editor has its
// own marks of lists and of stress, and escapes what needs it not.
function restored(text, before) {
  const [lines, old] = [text, before].map((whole) => whole.split("\n"));
  const [said, then] = [lines, old].map((all) => all.map(plain));
  // The longest common subsequence: where both go on together.
  const longest = Array.from({ length: said.length + 1 }, () => new Uint32Array(then.length + 1));
  for (let i = said.length - 1; i >= 0; i -= 1) {
    for (let j = then.length - 1; j >= 0; j -= 1) {
      longest[i][j] =
        said[i] === then[j]
          ? longest[i + 1][j + 1] + 1
          : Math.max(longest[i + 1][j], longest[i][j + 1]);
    }
  }
  for (let i = 0, j = 0; i < said.length && j < then.length; ) {
    if (said[i] === then[j]) lines[i++] = old[j++];
    else if (longest[i + 1][j] >= longest[i][j + 1]) i += 1;
    else j += 1;
  }
  return lines.join("\n");
}

function plain(line) {
  return line
    .replace(/\\(?=[\\`*_{}[\]()#+.!~<>|-])/g, "")
    .replace(/^( *)[*+-] (?=\S)/, "$1- ")
    .replace(/^ *([*_-] ?){3,}$/, "---")
    .replaceAll("_", "*")
    .replace(/(\*+)\[([^\]]*)\](\([^)]*\))\1/g, "[$1$2$1]$3")
    .replace(/^ +(?=[-*+] |\d+\. )/, " ")
    .trimEnd();
}

function parsed(text) {
  const document = parseDocument(text, READING);
  if (document.errors.length) throw document.errors[0];
  return document;
}

// --- From YAML to the values of the form

function values(node, format) {
  if (isSeq(node)) return { [format.fields[0].name]: valueOf(node, format.fields[0]) };
  return groupOf(node, format.fields, format.synonyms);
}

export function groupOf(node, fields, synonyms = {}) {
  const found = {};
  for (const field of fields) {
    const pair = pairOf(node, field, synonyms);
    const value = pair ? valueOf(pair.value, field) : undefined;
    if (value !== undefined) found[field.name] = value;
    else if (field.default !== undefined && !field.list) found[field.name] = typed(field.default, field);
  }
  return found;
}

function pairOf(node, field, synonyms = {}) {
  if (!isMap(node)) return undefined;
  return node.items.find((pair) => fieldName(pair, synonyms) === field.name);
}

function fieldName(pair, synonyms = {}) {
  const key = String(pair.key?.value ?? "");
  return synonyms[key.toLowerCase()] ?? key;
}

function valueOf(node, field) {
  if (field.list) return listOf(node, field);
  if (!field.fields) return isScalar(node) && node.value ? typed(node.value, field) : undefined;
  if (isMap(node)) return groupOf(node, field.fields);
  if (isScalar(node) && node.value && field.stands_for) {
    return { ...groupOf(undefined, field.fields), [field.stands_for]: node.value };
  }
  return undefined;
}

function listOf(node, field) {
  const one = { ...field, list: false };
  const items = isSeq(node) ? node.items : isMap(node) ? [node] : undefined;
  if (items) return items.map((item) => valueOf(item, one)).filter((item) => item !== undefined);
  const text = isScalar(node) ? node.value : "";
  if (!text) return undefined;
  if (field.fields) return [valueOf(node, one)].filter((item) => item !== undefined);
  const parts = text.split(text.includes(";") ? ";" : ",").map((part) => part.trim());
  return parts.filter(Boolean).map((part) => typed(part, one));
}

function typed(text, field) {
  switch (field.kind) {
    case "yes_no":
      return YES.has(text.trim().toLowerCase());
    case "integer":
      return /^\d+$/.test(text.trim()) ? Number(text) : text;
    case "choice":
      return field.choices.find((choice) => folded(choice) === folded(text)) ?? text;
    case "picture":
    case "file":
      // The form finds a file by its address on the site.
      return `/${text}`;
    default:
      return text;
  }
}

function folded(text) {
  return text.trim().normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

// --- From the values of the form to texts, lists of texts and groups of texts

// Return what is to be written: neither what is empty nor what goes without saying.
export function texts(content, fields) {
  const found = {};
  for (const field of fields) {
    const text = textOf(content?.[field.name], field);
    if (text !== undefined && (field.list || text !== field.default)) found[field.name] = text;
  }
  return found;
}

function textOf(value, field) {
  if (field.list) {
    const items = Array.isArray(value) ? value : value ? [value] : [];
    const found = items.map((item) => textOf(item, { ...field, list: false }));
    return found.some((item) => item !== undefined) ? found.filter((item) => item !== undefined) : undefined;
  }
  if (value === undefined || value === null || value === "") return undefined;
  if (field.fields) {
    const group = texts(value, field.fields);
    return Object.keys(group).length ? group : undefined;
  }
  if (typeof value === "boolean") return value ? "oui" : "non";
  const text = String(value).trim();
  if (field.kind === "picture" || field.kind === "file") return text.replace(/^\//, "") || undefined;
  return text || undefined;
}

// --- From texts to YAML

function yaml(value) {
  const document = new Document(null, { schema: "failsafe" });
  document.contents = updated(document, undefined, value);
  return document.toString(WRITING);
}

// Return a header with its changed fields written anew, and the others as they stand.
function mended(file, wanted, format) {
  const { header, document } = file;
  const map = document.contents;
  const old = texts(values(map, format), format.fields);
  if (!isMap(map) || map.flow) return same(old, wanted) ? header : yaml(wanted);
  const pieces = cut(header, map, format);
  const order = format.fields.map((field) => field.name);
  const known = new Set(order);

  const kept = [];
  for (const piece of pieces) {
    const value = wanted[piece.name];
    if (!known.has(piece.name) || same(old[piece.name], value)) kept.push(piece);
    else if (value === undefined) kept.push({ ...piece, text: "" });
    else kept.push({ ...piece, text: pair(piece.name, value, piece.node) });
  }
  for (const name of order) {
    if (wanted[name] === undefined || pieces.some((piece) => piece.name === name)) continue;
    const earlier = order.slice(0, order.indexOf(name)).reverse();
    const last = earlier.find((other) => kept.some((piece) => piece.name === other));
    const place = kept.findLastIndex((piece) => piece.name === last);
    kept.splice(place + 1, 0, { name, before: "", text: pair(name, wanted[name]) });
  }
  const end = pieces.length ? pieces.at(-1).after : header;
  return kept.map((piece) => piece.before + piece.text).join("") + end;
}

// Cut a header into its fields, each with the comments above it.
function cut(header, map, format) {
  const starts = map.items.map((item) => header.lastIndexOf("\n", item.key.range[0]) + 1);
  let before = header.slice(0, starts[0]);
  return map.items.map((item, n) => {
    const whole = header.slice(starts[n], starts[n + 1] ?? header.length);
    const lines = whole.split("\n").slice(0, -1);
    let end = lines.length;
    while (end > 1 && /^(#.*|\s*)$/.test(lines[end - 1])) end -= 1;
    const text = lines.slice(0, end).map((line) => `${line}\n`).join("");
    const piece = { name: fieldName(item, format.synonyms), before, text, node: item.value };
    before = whole.slice(text.length);
    piece.after = before;
    return piece;
  });
}

function pair(name, value, node) {
  const document = new Document({}, { schema: "failsafe" });
  document.contents.add(document.createPair(name, updated(document, node, value)));
  return document.toString(WRITING);
}

// Return a node with a value, its parts that did not change kept with their comments.
function updated(document, node, value) {
  if (Array.isArray(value)) {
    if (isScalar(node) && value.join() === node.value) return node;
    const made = document.createNode([]);
    const old = isSeq(node) ? node.items : [];
    made.flow = isSeq(node) ? node.flow : isShort(value);
    made.items = value.map((item, n) => updated(document, twin(old, item) ?? old[n], item));
    return made;
  }
  if (typeof value === "object") {
    const made = document.createNode({});
    if (isMap(node)) {
      made.flow = node.flow;
      made.commentBefore = node.commentBefore;
      for (const item of node.items) {
        const name = fieldName(item);
        if (name in value) {
          item.value = updated(document, item.value, value[name]);
          made.items.push(item);
        }
      }
    }
    for (const [name, inner] of Object.entries(value)) {
      if (!made.has(name)) made.add(document.createPair(name, updated(document, undefined, inner)));
    }
    return made;
  }
  if (isScalar(node) && node.value === value) return node;
  return document.createNode(value);
}

function isShort(list) {
  return list.every((item) => typeof item === "string") && list.join(", ").length < 60;
}

// Find the group that a value was made of, when others came or went before it.
function twin(nodes, value) {
  return nodes.find((node) => (isScalar(node) ? node.value === value : same(node.toJSON?.(), value)));
}

// Write a file of data, which is a group of fields, or the list of its only field.
function dataFile(file, wanted, format) {
  const list = wanted[format.fields[0].name] ?? [];
  if (!file) return yaml(format.is_list ? list : wanted);
  const { header, document } = file;
  const old = document.contents;
  if (!isSeq(old)) return mended(file, wanted, format);
  if (same(texts(values(old, format), format.fields)[format.fields[0].name] ?? [], list)) return header;
  document.contents = updated(document, old, list);
  document.contents.commentBefore = old.commentBefore;
  return document.toString(WRITING);
}

function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}
