"use strict";
// The page is complete without this: it adds search, filters, sorting and the opening of entries.
(function () {
  // Letters that Unicode does not take apart into a letter and an accent.
  const LETTERS = { "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i" };
  const fold = (text) =>
    text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/[łøđðþßæœı]/g, (letter) => LETTERS[letter]);

  // Search and filters.
  for (const form of document.querySelectorAll("form.controls")) {
    const list = document.getElementById(form.dataset.for);
    const items = list.tagName === "TABLE" ? Array.from(list.tBodies[0].rows) : Array.from(list.children);
    const texts = items.map((item) => fold(item.textContent));
    const search = form.querySelector("[data-search]");
    const filters = Array.from(form.querySelectorAll("[data-filter]"));
    const output = form.querySelector("[data-count]");
    const apply = () => {
      const words = fold(search.value).split(/\s+/).filter(Boolean);
      let shown = 0;
      items.forEach((item, i) => {
        const fits = filters.every((f) => !f.value || item.dataset[f.dataset.filter] === f.value);
        item.hidden = !(fits && words.every((word) => texts[i].includes(word)));
        shown += item.hidden ? 0 : 1;
      });
      const rest = form.dataset.rest ? "; " + form.dataset.rest + " not here" : "";
      output.textContent = shown.toLocaleString("en") + " of " + items.length.toLocaleString("en") + " shown" + rest;
    };
    form.hidden = false;
    form.addEventListener("input", apply);
    form.addEventListener("reset", () => setTimeout(apply));
    form.addEventListener("submit", (event) => event.preventDefault());
    const button = form.querySelector("[data-open-all]");
    if (button) {
      button.addEventListener("click", () => {
        const open = button.textContent === "Open all";
        items.forEach((item) => { item.open = open && !item.hidden; });
        button.textContent = open ? "Close all" : "Open all";
      });
    }
    apply();
  }

  // Sorting by a column's heading; the third press restores the order of the report.
  const order = new Intl.Collator("en", { numeric: true });
  for (const table of document.querySelectorAll("table.sortable")) {
    const body = table.tBodies[0];
    const original = Array.from(body.rows);
    const heads = Array.from(table.tHead.rows[0].cells);
    const key = (row, column) => row.cells[column].dataset.key || fold(row.cells[column].textContent.trim());
    heads.forEach((head, column) => {
      if (!("sort" in head.dataset)) return;
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const next = { none: "ascending", ascending: "descending", descending: "none" }[head.getAttribute("aria-sort") || "none"];
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        const rows = original.slice();
        if (next !== "none") {
          head.setAttribute("aria-sort", next);
          const sign = next === "ascending" ? 1 : -1;
          const keys = new Map(rows.map((row) => [row, key(row, column)]));
          // What is not known comes last in either direction.
          rows.sort((a, b) => !keys.get(a) - !keys.get(b) || sign * order.compare(keys.get(a), keys.get(b)));
        }
        body.append(...rows);
      });
    });
  }

  // A link to an entry opens it; a print shows all of them.
  const reveal = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const entry = id && document.getElementById(id);
    if (entry && entry.tagName === "DETAILS") {
      entry.hidden = false;
      entry.open = true;
      entry.scrollIntoView();
    }
  };
  window.addEventListener("hashchange", reveal);
  reveal();
  let closed = [];
  window.addEventListener("beforeprint", () => {
    closed = Array.from(document.querySelectorAll("details:not([open])"));
    closed.forEach((entry) => { entry.open = true; });
  });
  window.addEventListener("afterprint", () => closed.forEach((entry) => { entry.open = false; }));

  // The contents mark the section in view.
  const links = new Map(Array.from(document.querySelectorAll(".contents a"), (a) => [a.hash.slice(1), a]));
  const sections = Array.from(document.querySelectorAll("main > section"));
  const mark = () => {
    const current = sections.filter((s) => s.getBoundingClientRect().top < 160).pop() || sections[0];
    links.forEach((link, id) => {
      if (id === current.id) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
  };
  window.addEventListener("scroll", mark, { passive: true });
  mark();
})();
