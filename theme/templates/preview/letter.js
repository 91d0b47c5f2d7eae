// What the choices do in the panes, whose pages are of the same site.
{
  const form = document.querySelector(".bench__form");
  const frames = [...document.querySelectorAll(".pane__frame")];
  const ALWAYS = "(min-width: 0)";
  const NEVER = "(max-width: 0)";
  const DARK = /\(prefers-color-scheme:\s*dark\)/;
  const written = new WeakMap();

  function* mediaRules(rules) {
    for (const rule of rules) {
      if (rule.media && rule.cssRules) yield rule;
      if (rule.cssRules) yield* mediaRules(rule.cssRules);
    }
  }

  function colour(page, dark) {
    page.documentElement.style.colorScheme = dark ? "dark" : "light";
    for (const sheet of page.styleSheets) {
      for (const rule of mediaRules(sheet.cssRules)) {
        if (!written.has(rule)) written.set(rule, rule.media.mediaText);
        const text = written.get(rule);
        if (DARK.test(text)) rule.media.mediaText = text.replace(DARK, dark ? ALWAYS : NEVER);
      }
    }
  }

  function show(page, images) {
    for (const image of page.images) {
      if (!written.has(image)) written.set(image, image.getAttribute("src") ?? "");
      image.src = images ? written.get(image) : "data:,";
    }
  }

  function apply() {
    const choice = new FormData(form);
    for (const frame of frames) {
      const page = frame.contentDocument;
      if (!page?.documentElement) continue; // a viewer of PDF keeps its page to itself
      colour(page, choice.get("couleurs") === "sombre");
      show(page, choice.get("images") === "oui");
    }
  }

  const rooms = new ResizeObserver(entries => {
    for (const { target, contentRect } of entries) target.style.setProperty("--room", contentRect.width);
  });
  for (const pane of document.querySelectorAll(".pane")) rooms.observe(pane);

  // The choices stand in the address: a page that reloads after a build keeps them.
  const chosen = new URLSearchParams(location.hash.slice(1));
  for (const input of form.elements) {
    if (chosen.has(input.name)) input.checked = chosen.has(input.name, input.value);
  }
  form.addEventListener("change", () => {
    history.replaceState(null, "", `#${new URLSearchParams(new FormData(form))}`);
    apply();
  });

  // How far each pane was read stands in the history: the page that reloads after a build goes back there.
  const read = new Map(history.state?.read);
  function restore(frame) {
    apply();
    const view = frame.contentDocument?.defaultView;
    if (read.has(view?.location.href)) view.scrollTo({ top: read.get(view.location.href), behavior: "instant" });
  }
  function keep() {
    const views = frames.map(frame => frame.contentDocument?.defaultView).filter(Boolean);
    history.replaceState({ read: views.map(view => [view.location.href, view.scrollY]) }, "");
  }
  for (const frame of frames) {
    frame.addEventListener("load", () => restore(frame));
    restore(frame); // a short text may be there before this script
  }
  addEventListener("beforeunload", keep); // once a page hides, its history is closed
}
