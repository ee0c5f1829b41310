// Light or dark: what the reader chose, before anything is painted, and the button that changes it.
(() => {
  "use strict";
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  // A browser may keep no memory for sites.
  const memory = {
    read() { try { return localStorage.getItem("theme"); } catch { return null; } },
    write(theme) { try { localStorage.setItem("theme", theme); } catch { /* Until the page is left, then. */ } },
  };

  const chosen = memory.read();
  if (chosen === "light" || chosen === "dark") root.dataset.theme = chosen;

  document.addEventListener("click", (event) => {
    if (!event.target.closest(".theme")) return;
    const now = root.dataset.theme || (dark.matches ? "dark" : "light");
    root.dataset.theme = now === "dark" ? "light" : "dark";
    memory.write(root.dataset.theme);
    document.dispatchEvent(new Event("theme"));
  });
})();
