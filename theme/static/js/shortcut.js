/**
 * Leads to the search by « / » and by Ctrl or Cmd and K, as `aria-keyshortcuts` says.
 *
 * Never while one types in a field.
 */
const link = document.querySelector(".masthead__search");

addEventListener("keydown", (event) => {
  if (!link || event.defaultPrevented || event.isComposing || !isAsked(event)) return;
  if (event.target.closest?.("input, textarea, select, [contenteditable]")) return;
  event.preventDefault();
  const words = document.getElementById("recherche-mots");
  if (words?.checkVisibility?.() ?? words) {
    words.focus();
    words.select();
  } else {
    location.assign(link.href);
  }
});

function isAsked({ key, ctrlKey, metaKey, altKey, shiftKey }) {
  const isCommand = ctrlKey || metaKey;
  // The shift may be what writes « / », as on a French keyboard.
  if (key === "/") return !isCommand && !altKey;
  return key.toLowerCase() === "k" && isCommand && !altKey && !shiftKey;
}
