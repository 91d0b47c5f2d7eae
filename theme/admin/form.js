// The form of the contents: Sveltia CMS, told of our files, our blocks and our look.

import CMS from "./vendor/sveltia.js";
import { fromBlock, patternOf, toBlock } from "./blocks.js";
import { SOURCE, fileFormat } from "./files.js";
import { blockPreview, pagePreview, raw } from "./preview.js";

const configuration = await (await fetch("configuration.json")).json();

// The interface is in French, whatever the language of the browser; an editor may choose another.
const PREFERENCES = "sveltia-cms.prefs";
const preferences = JSON.parse(localStorage.getItem(PREFERENCES) ?? "{}");
localStorage.setItem(PREFERENCES, JSON.stringify({ locale: "fr", ...preferences }));

for (const [name, format] of Object.entries(configuration.formats)) {
  CMS.registerCustomFormat(name, format.extension, fileFormat(format));
}
for (const block of configuration.blocks) {
  CMS.registerEditorComponent({
    id: block.name,
    label: block.label,
    icon: block.icon,
    fields: block.fields,
    mode: "dialog",
    summary: summaryOf(block),
    pattern: patternOf(block),
    fromBlock: (match) => fromBlock(match, block),
    toBlock: (values) => toBlock(values, block),
    toPreview: (values) => blockPreview(values, block),
  });
}
CMS.registerEditorComponent(raw);
for (const collection of configuration.cms.collections) {
  CMS.registerPreviewTemplate(collection.name, pagePreview(collection));
}
CMS.registerPreviewStyle(configuration.style);
CMS.registerEventListener({
  name: "preSave",
  // A copy of a content is another one: neither its identity nor its file is that of the first.
  handler: ({ entry }) =>
    entry.get("newRecord")
      ? entry.update("data", (data) => data.delete(SOURCE).delete("identifiant").delete("alias"))
      : undefined,
});
CMS.init({ config: configuration.cms });

// Return what a block is shown by in the text: its name, then what it says.
function summaryOf({ label, fields }) {
  const told = fields.filter(({ widget }) => widget !== "boolean");
  return `${label} – ${told.map(({ name }) => `{{${name} | truncate(60)}}`).join(" ")}`;
}
