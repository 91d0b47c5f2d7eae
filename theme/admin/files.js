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
// What the site reads as nothing when it is not between quotes.
const NOTHING = /^(?:~|null|)$/;
const FENCE = /^---[ \t]*$/;

// Return the functions that read and write the files of a format.
export function fileFormat(format) {
  return {
    fromFile: (text) => read(text, format),
    toFile: (content) => write(content, format),
  };
}

function read(text, format) {
  const file = taken(inLineFeeds(text), format);
  const content = values(file.document.contents, format);
  if (format.body) content[format.body] = file.body;
  return { ...content, [SOURCE]: text };
}

function write(content, format) {
  const source = content[SOURCE];
  const file = source ? taken(inLineFeeds(source), format) : undefined;
  const text = written(content, format, file);
  return source?.includes("\r\n") ? text.replaceAll("\n", "\r\n") : text;
}

function written(content, format, file) {
  const wanted = texts(content, format.fields);
  if (!format.body) return dataFile(file, wanted, format);
  const header = file ? mended(file, wanted, format) : yaml(wanted, format);
  return `---\n${header}---\n${below(content[format.body] ?? "", file)}`;
}

// Windows ends lines otherwise; the editor of the text does not.
function inLineFeeds(text) {
  return text.replaceAll("\r\n", "\n");
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
  if (!file) return unescaped(body.replace(/^\n+/, ""));
  if (body === file.body) return file.rest;
  const gap = file.rest.slice(0, file.rest.length - file.body.length);
  const text = body.replace(/^\n+/, "");
  // A tilde that the text escapes itself stays so.
  return gap + restored(file.body.includes("\\~") ? text : unescaped(text), file.body);
}

// The editor escapes tildes, which strike through elsewhere.
function unescaped(text) {
  return text.replaceAll("\\~", "~");
}

// Return a text with the lines that say the same as before written as they were: the editor has its
// own marks of lists and of stress, and escapes what needs it not.
function restored(text, before) {
  const lines = text.split("\n");
  const old = before.split("\n");
  const said = plain(lines, (line) => line.replace(/\\(?=[\\`*_{}[\]()#+.!~<>|-])/g, ""));
  const then = plain(old, (line) => line);
  const isSame = (i, j) => lines[i] === old[j] || said[i] === then[j];
  // The longest common subsequence: where both go on together.
  const longest = Array.from({ length: lines.length + 1 }, () => new Uint32Array(old.length + 1));
  for (let i = lines.length - 1; i >= 0; i -= 1) {
    for (let j = old.length - 1; j >= 0; j -= 1) {
      longest[i][j] = isSame(i, j)
        ? longest[i + 1][j + 1] + 1
        : Math.max(longest[i + 1][j], longest[i][j + 1]);
    }
  }
  for (let i = 0, j = 0; i < lines.length && j < old.length; ) {
    if (isSame(i, j)) lines[i++] = old[j++];
    else if (longest[i + 1][j] >= longest[i][j + 1]) i += 1;
    else j += 1;
  }
  return lines.join("\n");
}

// Return lines with one way of writing each mark; code is left as it is.
function plain(lines, unescape) {
  let isCode = false;
  return lines.map((line) => {
    const isFence = /^ *(```|~~~)/.test(line);
    if (isFence) isCode = !isCode;
    if (isFence || isCode) return line;
    return unescape(line)
      .replace(/^( *)[*+-] (?=\S)/, "$1- ")
      .replace(/^ *([*_-] ?){3,}$/, "---")
      .replaceAll("_", "*")
      .replace(/(\*+)\[([^\]]*)\](\([^)]*\))\1/g, "[$1$2$1]$3")
      .trimEnd();
  });
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
    else if (field.default !== undefined) found[field.name] = typed(field.default, field);
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
  const text = textIn(node);
  if (!field.fields) return text ? typed(text, field) : undefined;
  if (isMap(node)) return groupOf(node, field.fields);
  if (!text || !field.stands_for) return undefined;
  return { ...groupOf(undefined, field.fields), [field.stands_for]: text };
}

function textIn(node) {
  const isNothing = !isScalar(node) || (node.type === "PLAIN" && NOTHING.test(node.value));
  return isNothing ? "" : node.value;
}

function listOf(node, field) {
  const one = { ...field, list: false };
  const items = isSeq(node) ? node.items : isMap(node) ? [node] : undefined;
  if (items) return items.map((item) => valueOf(item, one)).filter((item) => item !== undefined);
  const text = textIn(node);
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
    if (text !== undefined && text !== field.default) found[field.name] = text;
  }
  return found;
}

function textOf(value, field) {
  if (field.list) {
    const items = Array.isArray(value) ? value : value ? [value] : [];
    const found = items.map((item) => textOf(item, { ...field, list: false })).filter(Boolean);
    return found.length ? found : undefined;
  }
  if (value === undefined || value === null) return undefined;
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

// Return the YAML of a value of a field, or of a whole header; `node` is what it replaces.
function yaml(value, field, node) {
  const document = new Document(null, { schema: "failsafe" });
  document.contents = updated(document, node, value, field);
  return document.toString(WRITING);
}

// Return a header with its changed fields written anew, and the others as they stand.
function mended(file, wanted, format) {
  const { header, document } = file;
  const map = document.contents;
  const old = texts(values(map, format), format.fields);
  if (!isMap(map) || map.flow) return same(old, wanted) ? header : yaml(wanted, format);
  const pieces = cut(header, map, format);
  const kept = pieces.map((piece) => {
    const field = format.fields.find(({ name }) => name === piece.name);
    const value = wanted[piece.name];
    if (!field || same(old[piece.name], value)) return piece;
    return { ...piece, text: value === undefined ? "" : line(field, value, piece.node) };
  });
  format.fields.forEach((field, number) => {
    const { name } = field;
    if (wanted[name] === undefined || pieces.some((piece) => piece.name === name)) return;
    // After the nearest of the fields that come before it in the form.
    const earlier = format.fields.slice(0, number).reverse();
    const last = earlier.find((other) => kept.some((piece) => piece.name === other.name));
    const place = kept.findLastIndex((piece) => piece.name === last?.name);
    kept.splice(place + 1, 0, { name, before: "", text: line(field, wanted[name]) });
  });
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

function line(field, value, node) {
  const document = new Document({}, { schema: "failsafe" });
  document.contents.add(document.createPair(field.name, updated(document, node, value, field)));
  return document.toString(WRITING);
}

// Return a node with a value, its parts that did not change kept with their comments.
function updated(document, node, value, field) {
  if (Array.isArray(value)) return updatedList(document, node, value, field);
  if (typeof value === "object") return updatedGroup(document, node, value, field);
  if (isScalar(node) && node.value === value) return node;
  const made = document.createNode(value);
  if (NOTHING.test(value)) made.type = "QUOTE_DOUBLE";
  return made;
}

function updatedList(document, node, value, field) {
  if (isScalar(node) && value.join() === node.value) return node;
  const made = document.createNode([]);
  const old = isSeq(node) ? node.items : [];
  made.flow = isSeq(node) ? node.flow : isShort(value);
  const twins = twinsOf(value, old);
  // An item that is new, or has changed, is made of the one in its place, unless that is another's.
  const before = (n) => twins[n] ?? (twins.includes(old[n]) ? undefined : old[n]);
  made.items = value.map((item, n) => updated(document, before(n), item, field));
  return made;
}

function updatedGroup(document, node, value, { fields }) {
  const made = document.createNode({});
  const items = isMap(node) ? node.items : [];
  if (isMap(node)) Object.assign(made, { flow: node.flow, commentBefore: node.commentBefore });
  for (const item of items) {
    const name = fieldName(item);
    const field = fields.find((one) => one.name === name);
    if (field && !(name in value)) continue;
    // What the form does not know stays.
    if (field) item.value = updated(document, item.value, value[name], field);
    made.items.push(item);
  }
  for (const field of fields) {
    if (!(field.name in value) || made.has(field.name)) continue;
    const inner = updated(document, undefined, value[field.name], field);
    made.add(document.createPair(field.name, inner));
  }
  return made;
}

function isShort(list) {
  return list.every((item) => typeof item === "string") && list.join(", ").length < 60;
}

// Return what each value of a list was made of, when others came or went before it.
function twinsOf(values, nodes) {
  const left = [...nodes];
  return values.map((value) => {
    const place = left.findIndex((node) => same(node.toJSON(), value));
    return place < 0 ? undefined : left.splice(place, 1)[0];
  });
}

// Write a file of data, which is a group of fields, or the list of its only field.
function dataFile(file, wanted, format) {
  const [field] = format.fields;
  const list = wanted[field.name] ?? [];
  if (!file) return format.is_list ? yaml(list, field) : yaml(wanted, format);
  const old = file.document.contents;
  if (!isSeq(old)) return mended(file, wanted, format);
  if (same(texts(values(old, format), format.fields)[field.name] ?? [], list)) return file.header;
  file.document.contents = updated(file.document, old, list, field);
  file.document.contents.commentBefore = old.commentBefore;
  return file.document.toString(WRITING);
}

function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}
