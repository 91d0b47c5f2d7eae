// How a content and its blocks look in the form, roughly: `make apercu` shows the pages themselves.

const TEXT = "texte";
const SUMMARY = "resume";
const IMAGE = "image";
const CONTENT = "_contenu";
const APART = new Set([TEXT, SUMMARY, IMAGE]);

// What the form's editor would change: kept as it is written.
export const raw = {
  id: "markdown",
  label: "Passage en Markdown",
  icon: "code",
  fields: [
    {
      name: "texte",
      label: "Markdown",
      widget: "text",
      use_emoji_autocomplete: false,
      hint: "Écrit tel quel dans le fichier : un tableau, une note, une définition, du HTML.",
    },
  ],
  mode: "dialog",
  summary: "Markdown – {{texte | truncate(60)}}",
  pattern:
    /^(?<texte>(?:<[a-z][^\n]*|\[\^[^\]\n]+\]:[^\n]*|\*\[[^\]\n]+\]:[^\n]*|\|[^\n]*|[^\s/>#-][^\n]*\n: [^\n]*)(?:\n[^\n]+)*)/im,
  toBlock: ({ texte }) => texte ?? "",
  toPreview: ({ texte }) => `<pre>${escaped(texte ?? "")}</pre>`,
};

// Return the component that shows a content of a collection as its page would.
export function pagePreview(collection) {
  const { createElement: h } = window;
  return ({ entry, widgetFor }) => {
    const data = entry.get("data").toJS();
    const facts = collection.fields
      .filter(({ name, preview }) => preview !== false && !APART.has(name) && said(data[name]))
      .filter(({ name }) => name !== collection.identifier_field)
      .map(({ name, label }) =>
        h("div", { key: name, className: "facts__item" }, h("dt", null, label), h("dd", null, asWritten(said(data[name])))),
      );
    return h(
      "main",
      { className: "main" },
      h(
        "div",
        { className: "container" },
        h(
          "article",
          { className: "sheet" },
          h(
            "header",
            { className: "title title--1" },
            h("p", { className: "title__kicker" }, collection.label_singular),
            h("h1", { className: "title__text" }, data[collection.identifier_field] || "Sans titre"),
            h("p", { className: "title__lede" }, data[SUMMARY]),
          ),
          h("div", { className: "sheet__margin" }, h("dl", { className: "facts" }, facts)),
          h(
            "div",
            { className: "sheet__body" },
            data[IMAGE]?.fichier && h("div", { className: "figure" }, widgetFor(`${IMAGE}.fichier`)),
            h("div", { ref: dressed }, widgetFor(TEXT)),
          ),
        ),
      ),
    );
  };
}

// Return a value that the site's style does not begin with a capital: it may be a mailbox.
function asWritten(text) {
  return window.createElement("span", { style: { display: "inline-block" } }, text);
}

// Give the text the look of the site's texts, as soon as it is there.
function dressed(node) {
  if (!node) return;
  const dress = () => node.querySelector("[data-rich-text-preview]")?.classList.add("prose");
  new MutationObserver(dress).observe(node, { childList: true, subtree: true });
}

// Return the HTML that stands for a block.
export function blockPreview(values, block) {
  const told = block.fields
    .filter(({ name }) => name !== CONTENT && said(values[name]))
    .map(({ name, label }) => `${escaped(label)} : ${escaped(said(values[name]))}`);
  const head = `<strong>${escaped(block.label)}</strong>${told.length ? ` – ${told.join(", ")}` : ""}`;
  const content = values[CONTENT] ? `\n\n${values[CONTENT]}\n\n` : "";
  return `<div class="callout"><p>${head}</p>${content}</div>`;
}

// Return a value in words, empty when there is nothing to say.
function said(value) {
  if (Array.isArray(value)) return value.map(said).filter(Boolean).join(" ; ");
  if (value && typeof value === "object") return Object.values(value).map(said).filter(Boolean).join(", ");
  if (value === true) return "oui";
  return value === false || value === undefined || value === null ? "" : String(value);
}

function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
