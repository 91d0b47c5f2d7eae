// What the three choices do in the panes, whose pages are of the same site.
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

  // An e-mail names its pictures by the site's address, which a preview does not have.
  function local(address) {
    const { site, base } = form.dataset;
    return address.startsWith(`${site}/`) ? base + address.slice(site.length) : address;
  }

  function show(page, images) {
    for (const image of page.images) {
      if (!written.has(image)) written.set(image, local(image.getAttribute("src") ?? ""));
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

  // The choices stand in the address: a page that reloads after a build keeps them.
  for (const [name, value] of new URLSearchParams(location.hash.slice(1))) {
    const input = [...form.elements].find(i => i.name === name && i.value === value);
    if (input) input.checked = true;
  }
  form.addEventListener("change", () => {
    history.replaceState(null, "", `#${new URLSearchParams(new FormData(form))}`);
    apply();
  });
  for (const frame of frames) frame.addEventListener("load", apply);
}
