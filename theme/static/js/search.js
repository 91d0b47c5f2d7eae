/**
 * The search: what the reader types, asked of the index that Pagefind made of the site.
 *
 * The query and its filters stand in the address (?q=budget&type=Article), so that a search can be
 * sent, kept and undone. Pagefind's script is loaded at the first use; it finds words whatever
 * their accents and their endings. Function words (« le », « l’ ») are not asked for: in the index
 * each is a sign, which is read here (`plugins/french/function_words.py`).
 */
const SHOWN = 8;
const PAUSE = 250;
const OFF = "×";
const APPROXIMATE = "≈";

const form = document.querySelector("form.search");
const input = form.elements.q;
const selects = [...form.querySelectorAll("select")];
const filters = selects.filter((select) => select.dataset.filter);
const narrow = form.querySelector("details");
const count = form.querySelector("[role=status]");
const reset = form.querySelector(".search__reset");
const results = document.querySelector(".search-results");
const list = results.querySelector(".search-results__list");
const more = results.querySelector("button");
const advice = [...document.querySelectorAll("[data-advice]")];
const model = document.getElementById("recherche-resultat").content.firstElementChild;
const map = document.querySelector(".search-map");
const FUNCTION_WORDS = form.dataset.functionWords.split(" ");
const FIRST_SIGN = 0xe000;
const ELIDED = new RegExp(`^(?:${FUNCTION_WORDS.filter((word) => word.endsWith("’")).join("|")})(?=.)`, "i");

let engine = null;
let found = [];
let turn = 0;
let pause = 0;

function load() {
  engine ??= begin().catch((error) => {
    engine = null;
    throw error;
  });
  return engine;
}

async function begin() {
  const pagefind = await import(`${form.dataset.index}pagefind.js`);
  await pagefind.options({
    baseUrl: form.dataset.root,
    excerptLength: 28,
    noWorker: true,
    ranking: { metaWeights: { titre: 6, avec: 2 } },
  });
  await pagefind.init();
  return pagefind;
}

/** Returns the words that are asked of the index. */
function asked(query) {
  const words = query
    .normalize("NFC")
    .replace(/['ʼ‘`´]/gu, "’")
    .split(/[\s"«»“”]+/u)
    .map((word) => word.replace(ELIDED, "").replaceAll("’", "'"))
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
  const told = words.filter((word) => !FUNCTION_WORDS.includes(word.toLowerCase()));
  return (told.length ? told : words).join(" ");
}

function read() {
  const address = new URLSearchParams(location.search);
  input.value = address.get("q") ?? "";
  for (const select of selects) {
    const value = address.get(select.name) ?? "";
    if (value && ![...select.options].some((option) => option.value === value)) {
      select.add(new Option(value, value));
    }
    select.value = value;
  }
  if (selects.some((select) => select.value)) narrow.open = true;
  show();
}

function write(step) {
  const address = new URL(form.action, location.href);
  const fields = [input, ...selects].filter(({ value }) => value.trim());
  for (const { name, value } of fields) address.searchParams.set(name, value.trim());
  if (address.href !== location.href) history[step](null, "", address);
  show();
}

async function show() {
  const mine = ++turn;
  clearTimeout(pause);
  const query = input.value.trim();
  const chosen = filters.filter((select) => select.value);
  reset.hidden = !chosen.length;
  if (!query && !chosen.length) {
    found = [];
    tell("");
    return;
  }
  try {
    const pagefind = await load();
    // The counts of an answer are those of the filters that are loaded.
    const values = narrow.open ? await pagefind.filters() : null;
    const isByDate = form.elements.tri.value === "date" || !query;
    // Without any, all contents that the filters let through.
    const words = query ? asked(query) || query : null;
    const answer = await pagefind.search(words, {
      filters: Object.fromEntries(chosen.map((select) => [select.dataset.filter, [select.value]])),
      ...(isByDate && { sort: { date: "desc" } }),
    });
    const first = await Promise.all(answer.results.slice(0, SHOWN).map((result) => result.data()));
    if (mine !== turn) return;
    found = answer.results;
    list.replaceChildren(...first.map(drawn));
    tell(sentence(query), found.length ? "results" : "empty");
    if (values) offer(values, query ? answer.totalFilters : values);
  } catch (error) {
    if (mine !== turn) return;
    console.error(error);
    found = [];
    tell("La recherche n’a pas pu se charger.", "error");
    forget();
  }
}

/** Forgets an engine that failed, so that it is loaded anew when asked again. */
async function forget() {
  const failed = engine;
  engine = null;
  (await failed?.catch(() => null))?.destroy();
}

function tell(words, state = "") {
  count.textContent = words;
  results.hidden = state !== "results";
  map.hidden = state === "results";
  for (const part of advice) part.hidden = part.dataset.advice !== state;
  more.hidden = list.childElementCount >= found.length;
}

function sentence(query) {
  const words = query && ` pour «\u00a0${query.replaceAll("'", "’")}\u00a0»`;
  if (!found.length) return `Aucun résultat${words}.`;
  return found.length === 1 ? `1 résultat${words}` : `${found.length.toLocaleString("fr")} résultats${words}`;
}

function drawn({ url, meta, excerpt, plain_excerpt: plain, content }) {
  const node = model.cloneNode(true);
  const status = node.querySelector(".status");
  const when = node.querySelector(".teaser__when");
  const form = meta.forme ?? "";
  if (meta.etat) {
    status.classList.add(form.includes(OFF) ? "status--off" : "status--open");
    status.textContent = joined(meta.etat);
  } else {
    status.remove();
  }
  node.querySelector("[data-fact=type]").textContent = joined(meta.type);
  if (meta.quand) {
    const kind = form.includes(OFF) ? "s" : form.includes(APPROXIMATE) ? "em" : null;
    const part = kind ? when.appendChild(document.createElement(kind)) : when;
    part.textContent = joined(meta.quand);
  } else {
    node.querySelector(".teaser__sep").remove();
    when.remove();
  }
  const link = node.querySelector("a");
  link.href = url;
  link.textContent = joined(meta.titre);
  const start = content.startsWith(unescaped(plain)) ? "" : "… ";
  const end = content.endsWith(unescaped(plain)) ? "" : " …";
  node.querySelector(".teaser__summary").append(...marked(start + excerpt + end));
  return node;
}

/** Pagefind escapes these two, and no other. */
function unescaped(text) {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">");
}

/** Returns an excerpt as text and marks. */
function marked(excerpt) {
  return joined(excerpt)
    .replace(/([^\p{L}\p{N}]+)<\/mark>/gu, "</mark>$1")
    .split(/<mark>(.*?)<\/mark>/u)
    .map((part, place) => {
      if (place % 2 === 0) return unescaped(part);
      const mark = document.createElement("mark");
      mark.textContent = unescaped(part);
      return mark;
    });
}

/** Returns a text as it was written: with its function words, and its no-break spaces. */
function joined(text) {
  return text
    .replace(/([\ue000-\uf8ff])( ?)/gu, (_, sign, space) => {
      const number = sign.charCodeAt(0) - FIRST_SIGN;
      const word = FUNCTION_WORDS[number >> 1];
      const form = number % 2 ? word[0].toUpperCase() + word.slice(1) : word;
      return word.endsWith("’") ? form : form + space;
    })
    .replace(/\s(?=(?:<mark>)?[;!?](?:\s|<|$))/gu, "\u202f")
    .replace(/\s(?=(?:<mark>)?[:»](?:[\s.,;)<]|$))/gu, "\u00a0")
    .replace(/«\s/gu, "«\u00a0")
    .replace(/\s\p{L}+’\s*…$/u, " …");
}

function offer(all, counts) {
  for (const select of filters) {
    const name = select.dataset.filter;
    const values = Object.keys(all[name] ?? {}).sort((a, b) => a.localeCompare(b, "fr", { numeric: true }));
    if (name === "Année") values.reverse();
    const options = values.map((value) => {
      const number = counts[name]?.[value] ?? 0;
      return new Option(`${value} (${number.toLocaleString("fr")})`, value);
    });
    const chosen = select.value;
    select.replaceChildren(select.options[0], ...options);
    select.value = chosen;
    if (chosen && select.value !== chosen) {
      select.add(new Option(chosen, chosen));
      select.value = chosen;
    }
  }
}

more.addEventListener("click", async () => {
  const mine = turn;
  const start = list.childElementCount;
  try {
    const next = found.slice(start, start + SHOWN);
    const nodes = (await Promise.all(next.map((result) => result.data()))).map(drawn);
    if (mine !== turn) return;
    list.append(...nodes);
    more.hidden = list.childElementCount >= found.length;
    count.textContent = `${list.childElementCount} résultats affichés sur ${found.length.toLocaleString("fr")}`;
    nodes[0]?.querySelector("a").focus();
  } catch (error) {
    console.error(error);
    count.textContent = "La suite n’a pas pu se charger. Réessayez.";
  }
});
input.addEventListener("focus", () => load().catch(() => {}), { once: true });
input.addEventListener("input", () => {
  clearTimeout(pause);
  pause = setTimeout(write, PAUSE, "replaceState");
});
form.addEventListener("change", ({ target }) => {
  if (selects.includes(target)) write("pushState");
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  write("pushState");
});
narrow.addEventListener("toggle", () => {
  if (!narrow.open) return;
  if (found.length) show();
  else load().then((pagefind) => pagefind.filters()).then((all) => offer(all, all), () => {});
});
reset.addEventListener("click", (event) => {
  event.preventDefault();
  for (const select of filters) select.value = "";
  write("pushState");
  input.focus();
});
for (const part of advice) part.querySelector("button")?.addEventListener("click", show);
addEventListener("popstate", read);

form.hidden = false;
read();
if (!location.search) input.focus({ preventScroll: true });
