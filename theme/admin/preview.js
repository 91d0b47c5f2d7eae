// How blocks look in the form's preview, in words: the pages are shown by `make apercu`.

// Passages that the form's editor would change: kept as they are written.
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
      hint: "Écrit tel quel dans le fichier.",
    },
  ],
  collapsed: "auto",
  pattern: /^(?<texte>(?:<[a-z][^\n]*|\[\^[^\]\n]+\]:[^\n]*|\*\[[^\]\n]+\]:[^\n]*|\|[^\n]*|[^\n]+\n: [^\n]*)(?:\n[^\n]+)*)/im,
  toBlock: ({ texte }) => texte ?? "",
  toPreview: ({ texte }) => `<pre>${escaped(texte ?? "")}</pre>`,
};

// Return the HTML that stands for a block.
export function preview(values, block) {
  const told = block.fields
    .filter(({ name }) => values[name] !== undefined && values[name] !== "" && name !== "_contenu")
    .map(({ name, label }) => `${escaped(label)} : ${escaped(shown(values[name]))}`);
  const content = values._contenu ? `\n\n${values._contenu}\n\n` : "";
  return `<div class="bloc"><p><strong>${escaped(block.label)}</strong>${told.length ? ` – ${told.join(", ")}` : ""}</p>${content}</div>`;
}

function shown(value) {
  if (value === true) return "oui";
  return value === false ? "non" : String(value);
}

function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
