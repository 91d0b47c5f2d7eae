// Asks the YAML language server, which VS Code's extension and others run, about documents.
// Reads [{name, text, at?: [line, column]}] and writes, by name, the faults of each document,
// what is completed and what is shown at the place. The first argument is the folder of schemas.
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { readFileSync } from "node:fs";
import path from "node:path";

const require = createRequire(import.meta.url);
const rpc = require("vscode-jsonrpc/node");
const { asYaml } = require("../../.vscode/extensions/passerelle/extension.js");

const [, , schemas, locale = "fr"] = process.argv;
const documents = JSON.parse(readFileSync(0, "utf8"));
const program = require.resolve("yaml-language-server/bin/yaml-language-server");
const server = spawn(process.execPath, [program, "--stdio"], { stdio: ["pipe", "pipe", "ignore"] });
const connection = rpc.createMessageConnection(
  new rpc.StreamMessageReader(server.stdout),
  new rpc.StreamMessageWriter(server.stdin),
);
const waiting = new Map();
connection.onNotification("textDocument/publishDiagnostics", ({ uri, diagnostics }) =>
  waiting.get(uri)?.(diagnostics),
);
connection.onRequest("workspace/configuration", ({ items }) =>
  items.map(({ section }) =>
    section === "yaml"
      ? { validate: true, completion: true, hover: true, schemaStore: { enable: false } }
      : {},
  ),
);
connection.onRequest("client/registerCapability", () => null);
connection.listen();
await connection.sendRequest("initialize", {
  processId: process.pid,
  rootUri: null,
  locale,
  capabilities: {
    textDocument: { hover: { contentFormat: ["markdown"] } },
    workspace: { configuration: true },
  },
});
connection.sendNotification("initialized", {});
connection.sendNotification("workspace/didChangeConfiguration", { settings: {} });

// The server waits a while before it judges a document: all are opened, then all are heard.
async function answer({ name, schema, text, at }) {
  const uri = `passerelle-entete:/site/content/${name}.yaml`;
  const link = pathToFileURL(path.join(schemas, `${schema}.schema.json`)).toString();
  const yaml = asYaml(text, link) ?? `# yaml-language-server: $schema=${link}\n${text}`;
  const told = new Promise((resolve) => waiting.set(uri, resolve));
  const document = { uri, languageId: "yaml", version: 1, text: yaml };
  connection.sendNotification("textDocument/didOpen", { textDocument: document });
  const faults = (await told).map(({ range, message }) => [
    range.start.line + 1,
    range.start.character + 1,
    message,
  ]);
  if (!at) return [name, { faults }];
  const place = { textDocument: { uri }, position: { line: at[0] - 1, character: at[1] - 1 } };
  const completed = await connection.sendRequest("textDocument/completion", place);
  const shown = await connection.sendRequest("textDocument/hover", place);
  const labels = completed.items.map(({ label }) => label);
  return [name, { faults, completed: labels, shown: shown?.contents?.value ?? null }];
}

const answers = Object.fromEntries(await Promise.all(documents.map(answer)));
process.stdout.write(JSON.stringify(answers));
connection.dispose();
server.kill();
