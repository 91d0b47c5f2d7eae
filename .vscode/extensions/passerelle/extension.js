/**
 * Gives the header of a content to the YAML extension, as a document of its own.
 *
 * The YAML extension knows `.yaml` files alone. Each version of a content has a virtual YAML
 * document: its header on the same lines, its schema on the line of the opening dashes. What the
 * YAML extension answers for it (completion, hover, faults) is thus true of the content.
 */
"use strict";

const SCHEME = "passerelle-entete";
const FENCE = /^---[ \t]*$/;
const CONTENT = /\/content\/([^/]+)\/[^/]+\.md$/;
const PAUSE = 300;

/** Return the line of the closing dashes of a header, -1 when there is no header. */
function closingLine(lines) {
  if (!FENCE.test(lines[0] ?? "")) return -1;
  return lines.findIndex((line, number) => number > 0 && FENCE.test(line));
}

/** Return the header of a content as a YAML text of the same lines; null without a header. */
function asYaml(text, schema) {
  const lines = text.split(/\r?\n/);
  const end = closingLine(lines);
  if (end < 0) return null;
  const modeline = `# yaml-language-server: $schema=${schema}`;
  return [modeline, ...lines.slice(1, end), ""].join("\n");
}

/** Return the folder of contents of a file, null for any other file. */
function folderOf(path) {
  return CONTENT.exec(path)?.[1] ?? null;
}

function activate(context) {
  const vscode = require("vscode");
  const faults = vscode.languages.createDiagnosticCollection("passerelle");
  const texts = new Map();
  let timer;

  /** Return the URI of the virtual document of a content as it is now, null if it has none. */
  function mirror(document) {
    const folder = folderOf(document.uri.path);
    const root = folder && vscode.workspace.getWorkspaceFolder(document.uri);
    if (!root) return null;
    const schema = vscode.Uri.joinPath(root.uri, ".vscode", "schemas", `${folder}.schema.json`);
    const text = asYaml(document.getText(), schema.toString());
    if (text === null) return null;
    const uri = document.uri.with({
      scheme: SCHEME,
      path: `${document.uri.path}.yaml`,
      query: String(document.version),
    });
    for (const key of texts.keys()) {
      if (vscode.Uri.parse(key).path === uri.path) texts.delete(key);
    }
    texts.set(uri.toString(), text);
    return uri;
  }

  function isInHeader(document, position) {
    return position.line > 0 && position.line < closingLine(document.getText().split(/\r?\n/));
  }

  async function judge(document) {
    const uri = mirror(document);
    if (uri) await vscode.workspace.openTextDocument(uri);
    else faults.delete(document.uri);
  }

  /** Show the faults of a virtual document in its content, unless that has changed since. */
  function showFaults(uri) {
    const document = vscode.workspace.textDocuments.find(
      (other) => `${other.uri.path}.yaml` === uri.path && other.uri.scheme !== SCHEME,
    );
    if (document && String(document.version) === uri.query) {
      faults.set(document.uri, vscode.languages.getDiagnostics(uri));
    }
  }

  const selector = { language: "markdown", pattern: "**/content/*/*.md" };
  const asked = (command) => async (document, position, ...more) => {
    if (!isInHeader(document, position)) return undefined;
    const uri = mirror(document);
    if (!uri) return undefined;
    await vscode.workspace.openTextDocument(uri);
    return vscode.commands.executeCommand(command, uri, position, ...more);
  };
  const complete = asked("vscode.executeCompletionItemProvider");
  const hover = asked("vscode.executeHoverProvider");

  context.subscriptions.push(
    faults,
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
      provideTextDocumentContent: (uri) => texts.get(uri.toString()) ?? "",
    }),
    vscode.languages.registerCompletionItemProvider(selector, {
      provideCompletionItems: (document, position) => complete(document, position),
    }),
    vscode.languages.registerHoverProvider(selector, {
      provideHover: async (document, position) => (await hover(document, position))?.[0],
    }),
    vscode.languages.onDidChangeDiagnostics((event) => {
      event.uris.filter((uri) => uri.scheme === SCHEME).forEach(showFaults);
    }),
    vscode.workspace.onDidOpenTextDocument((document) => judge(document)),
    vscode.workspace.onDidCloseTextDocument((document) => faults.delete(document.uri)),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      clearTimeout(timer);
      timer = setTimeout(() => judge(document), PAUSE);
    }),
  );
  vscode.workspace.textDocuments.forEach((document) => judge(document));
}

module.exports = { activate, asYaml, closingLine, folderOf };
