/**
 * Today by the reader's clock: the page is built now and then, its dates go on.
 *
 * It moves the marks of the day and the month, tells what is held, over or closed, and follows the
 * time while the page is open. Days are those of Paris. A preview is frozen: it gives its instant.
 */
const MINUTE = 60_000;
const SHORTER_THAN_A_DAY = 23 * 60 * MINUTE;

const frozen = document.documentElement.dataset.now;
const paris = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Paris" });

const dayOf = (instant) => paris.format(instant);
const all = (selector) => document.querySelectorAll(selector);

function follow() {
  const now = frozen ? new Date(frozen) : new Date();
  const today = dayOf(now);
  markMonth(today.slice(0, 7));
  markDay(today);
  markMatrix(today.slice(0, 4), String(Number(today.slice(5, 7))));
  for (const item of all("li[data-ends]")) tellItem(item, now);
  for (const event of all("[data-event]")) tellEvent(event, now);
  for (const registration of all("[data-closes]")) tellRegistration(registration, now);
}

/** Return when a thing is held, at an instant: upcoming, today, ongoing or past. */
function stateOf({ starts, ends }, now) {
  const end = new Date(ends);
  if (now >= end) return "past";
  if (!starts) return "upcoming";
  const start = new Date(starts);
  const hours = end - start < SHORTER_THAN_A_DAY;
  const days = dayOf(start) !== dayOf(new Date(end - 1));
  if (now >= start && (hours || days)) return "ongoing";
  return dayOf(now) === dayOf(start) ? "today" : "upcoming";
}

function markMonth(month) {
  for (const item of all("li[data-month]")) {
    light(item, "frise__month--now", item.dataset.month === month);
    current(item.firstElementChild, item.dataset.month === month);
  }
  for (const tick of all("i[data-month]")) {
    light(tick, "ticks__tick--now", tick.dataset.month === month);
  }
}

function markDay(day) {
  for (const head of all("th[data-day]")) {
    light(head, "month-grid__day--now", head.dataset.day === day);
    current(head, head.dataset.day === day);
  }
  for (const cell of all("td[data-day]")) {
    light(cell, "month-grid__cell--now", cell.dataset.day === day);
  }
}

/** Light the column that holds the month; a column of several months has its head lit alone. */
function markMatrix(year, month) {
  for (const matrix of all("table[data-year]")) {
    for (const head of matrix.querySelectorAll("th[data-months]")) {
      const here = matrix.dataset.year === year && head.dataset.months.split(" ").includes(month);
      light(head, "matrix__month--now", here);
    }
    for (const cell of matrix.querySelectorAll("td[data-month]")) {
      light(cell, "matrix__cell--now", matrix.dataset.year === year && cell.dataset.month === month);
    }
  }
}

function tellItem(item, now) {
  const state = stateOf(item.dataset, now);
  const over = state === "past";
  item.toggleAttribute("data-over", over);
  if (over) item.classList.add("occurrence--past");
  const words = { ongoing: "En cours", today: "Aujourd’hui" }[state];
  const title = item.querySelector(".occurrence__title");
  let label = item.querySelector("[data-live]");
  if (!words) {
    label?.remove();
  } else if (label) {
    label.textContent = words;
  } else if (title && item.dataset.starts) {
    label = document.createElement("span");
    label.className = "status status--live";
    label.dataset.live = "";
    label.textContent = words;
    title.insertBefore(label, title.querySelector("a") ?? title.firstChild);
    label.after(" ");
  }
}

/** Say of the whole event what is true of its sittings, and put the next of them forward. */
function tellEvent(event, now) {
  if (event.dataset.event === "off") return;
  const leads = [...event.querySelectorAll("[data-lead]")];
  const states = leads.map((lead) => stateOf(lead.dataset, now));
  const held = states.filter((_, index) => leads[index].dataset.starts);
  const live = ["ongoing", "today", "upcoming"].find((state) => held.includes(state));
  const state = live ?? (states.every((one) => one === "past") ? "past" : "upcoming");
  event.dataset.event = state;
  for (const part of event.querySelectorAll("[data-state]")) {
    part.hidden = !part.dataset.state.split(" ").includes(state);
  }
  const next = Math.max(0, states.findIndex((one) => one !== "past"));
  leads.forEach((lead, index) => {
    lead.hidden = index !== next;
  });
}

function tellRegistration(registration, now) {
  const closed = now >= new Date(registration.dataset.closes);
  for (const part of registration.querySelectorAll("[data-registration]")) {
    part.hidden = (part.dataset.registration === "closed") !== closed;
  }
}

function light(element, name, on) {
  element.classList.toggle(name, on);
}

function current(element, on) {
  if (on) element.setAttribute("aria-current", "date");
  else element.removeAttribute("aria-current");
}

follow();
if (!frozen) {
  setInterval(follow, MINUTE);
  addEventListener("pageshow", follow);
  document.addEventListener("visibilitychange", follow);
}
