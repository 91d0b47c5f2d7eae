// Follows the changes of the preview: reloads a page that differs, swaps its style sheet in place,
// shows the errors that the checks find.
// A block, for a classic script shares its names with the page. A page in a frame leaves it to the outer one.
if (window === window.top) {
  const { evenements, version } = document.currentScript.dataset;

  const STYLE = `
    section {
      position: fixed; inset: auto 0 0 0; z-index: 2147483647; max-block-size: 60vh; overflow: auto;
      padding: 1rem 1.25rem; background: #fff8f2; color: #241a14; border-block-start: 4px solid #a3321c;
      font: 16px/1.5 system-ui, sans-serif;
    }
    h2 { margin: 0 0 .5rem; font-size: 1.125rem; }
    pre { margin: 0 0 1rem; white-space: pre-wrap; overflow-wrap: anywhere; font: 14px/1.5 ui-monospace, monospace; }
    button { font: inherit; padding: .5rem 1rem; min-block-size: 44px; }
  `;

  const PLACE = "apercu-defilement";

  let panel, shown, source;

  function show(report) {
    if (report === shown) return;
    panel?.remove();
    shown = report;
    if (!report) return;
    panel = document.createElement("div");
    panel.lang = "fr";
    const shadow = panel.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    shadow.adoptedStyleSheets = [sheet];

    const section = document.createElement("section");
    section.setAttribute("role", "alert");
    const title = document.createElement("h2");
    title.textContent = "Une erreur empêche de publier : ce qu’elle touche est montré comme avant.";
    const details = document.createElement("pre");
    details.textContent = report;
    const close = document.createElement("button");
    close.type = "button";
    close.textContent = "Fermer";
    close.addEventListener("click", () => panel.remove());
    section.append(title, details, close);
    shadow.append(section);
    document.body.append(panel);
  }

  // The old sheet stays until the new one is there: the page never shows without.
  function dress(address) {
    const links = [...document.querySelectorAll('link[rel="stylesheet"][href*="/theme/css/main."]')];
    if (!address || links.some((link) => link.getAttribute("href") === address)) return;
    const fresh = links[0].cloneNode();
    fresh.href = address;
    fresh.addEventListener("load", () => links.forEach((link) => link.remove()));
    fresh.addEventListener("error", () => fresh.remove());
    links.at(-1).after(fresh);
  }

  // Browsers keep the scroll of a reloaded page, but not always one that has just changed.
  function reload() {
    sessionStorage.setItem(PLACE, JSON.stringify([location.pathname, scrollX, scrollY]));
    history.scrollRestoration = "manual";
    location.reload();
  }

  function restore() {
    const [path, left, top] = JSON.parse(sessionStorage.getItem(PLACE) ?? "[]");
    sessionStorage.removeItem(PLACE);
    if (path !== location.pathname) return;
    const scroll = () => scrollTo({ left, top, behavior: "instant" });
    scroll();
    addEventListener("load", () => {
      // Late pictures may have made the page longer.
      if (scrollY < top) scroll();
      history.scrollRestoration = "auto";
    });
  }

  function follow() {
    source?.close();
    source = new EventSource(`${evenements}?page=${encodeURIComponent(decodeURI(location.pathname))}`);
    source.addEventListener("message", ({ data }) => {
      const state = JSON.parse(data);
      if (state.version !== version) {
        source.close();
        reload();
        return;
      }
      dress(state.style);
      show(state.report);
    });
  }

  restore();
  // A hidden tab follows nothing: browsers keep few connections open to one host.
  addEventListener("visibilitychange", () => (document.hidden ? source?.close() : follow()));
  addEventListener("pagehide", () => source?.close());
  addEventListener("pageshow", ({ persisted }) => persisted && follow());
  if (!document.hidden) follow();
}
