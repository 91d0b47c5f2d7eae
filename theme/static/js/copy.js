/**
 * Puts an address on the clipboard: <button data-copy="https://…" hidden>, shown where that works.
 */
const SAID_FOR = 3000;

const status = document.querySelector("[data-copied]");

if (navigator.clipboard) {
  for (const button of document.querySelectorAll("button[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }
}

async function copy(button) {
  const label = button.querySelector("[data-label]");
  const words = (label.dataset.label ||= label.textContent);
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    label.textContent = status.textContent = "Adresse copiée";
  } catch {
    label.textContent = status.textContent = "Copie refusée";
  }
  setTimeout(() => {
    label.textContent = words;
    status.textContent = "";
  }, SAID_FOR);
}
