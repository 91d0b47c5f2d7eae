/**
 * Narrows a list of dates by what its items bear: data-collectif, data-public…
 *
 * The choice stands in the address (?collectif=numerique), so that it can be sent, kept and undone.
 * Nothing is asked of a server. What concerns everyone answers to every group.
 */
const EVERYONE = "tous";
const SHARED_WITH_ALL = "collectif";

for (const form of document.querySelectorAll("form[data-filters]")) start(form);

function start(form) {
  const list = document.getElementById(form.dataset.filters);
  const selects = [...form.querySelectorAll("select")];
  const items = [...list.querySelectorAll("li[data-ends]")];
  // A deadline goes with its event: it is no other one.
  const isEvent = (item) => !item.hasAttribute("data-deadline");
  const count = form.querySelector("[role=status]");
  const reset = form.querySelector(".filters__reset");
  // Going through the answers of one list with the arrows is one step back, not ten.
  let touched = null;

  function read() {
    const asked = new URLSearchParams(location.search);
    for (const select of selects) {
      const value = asked.get(select.name) ?? "";
      select.value = value;
      if (select.value !== value) select.value = "";
    }
    show();
  }

  function write(select) {
    const asked = new URLSearchParams(location.search);
    for (const { name, value } of selects) {
      if (value) asked.set(name, value);
      else asked.delete(name);
    }
    const address = new URL(location.pathname, location.href);
    address.search = asked;
    const step = touched === select ? "replaceState" : "pushState";
    history[step](null, "", address);
    touched = select;
    show();
  }

  function show() {
    const chosen = selects.filter((select) => select.value);
    for (const item of items) {
      item.toggleAttribute("data-filtered", !chosen.every((select) => answers(item, select)));
    }
    const kept = items.filter((item) => item.checkVisibility?.() ?? !item.matches("[data-filtered]"));
    count.textContent = sentence(kept.filter(isEvent).length);
    reset.hidden = !chosen.length;
    list.toggleAttribute("data-narrowed", chosen.length > 0);
  }

  form.addEventListener("change", ({ target }) => write(target));
  form.addEventListener("focusout", () => {
    touched = null;
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  reset.addEventListener("click", (event) => {
    event.preventDefault();
    for (const select of selects) select.value = "";
    write(null);
    touched = null;
    selects[0].focus();
  });
  addEventListener("popstate", read);
  addEventListener("pageshow", read);

  form.hidden = false;
  document.documentElement.classList.add("has-filters");
  read();
}

function answers(item, { name, value }) {
  const tags = (item.dataset[name] ?? "").split(" ");
  return tags.includes(value) || (name === SHARED_WITH_ALL && tags.includes(EVERYONE));
}

function sentence(number) {
  if (number === 0) return "Aucun rendez-vous ne répond à ce choix.";
  return number === 1 ? "1 rendez-vous" : `${number} rendez-vous`;
}
