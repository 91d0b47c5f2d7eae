// Follows the builds of the preview: reloads after a good one, shows the report of a failed one.
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

  let panel;

  function show(report) {
    panel?.remove();
    panel = document.createElement("div");
    panel.lang = "fr";
    const shadow = panel.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    shadow.adoptedStyleSheets = [sheet];

    const section = document.createElement("section");
    section.setAttribute("role", "alert");
    const title = document.createElement("h2");
    title.textContent = "La compilation a échoué : la page affichée est celle d’avant.";
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

  const source = new EventSource(evenements);
  source.addEventListener("message", ({ data }) => {
    const state = JSON.parse(data);
    if (state.version !== version) {
      source.close();
      location.reload();
    } else if (state.report) {
      show(state.report);
    } else {
      panel?.remove();
    }
  });
  addEventListener("pagehide", () => source.close());
}
