// Filters the tables of a page by what is typed into its search field. Without it every row is shown.
(function () {
  "use strict";

  function show(filter) {
    const words = filter.input.value.toLowerCase().split(/\s+/).filter(Boolean);
    filter.tables.forEach((table) => {
      const rows = Array.from(table.tBodies[0].rows);
      let shown = 0;
      rows.forEach((row) => {
        const text = row.textContent.toLowerCase();
        const fits = words.every((word) => text.includes(word));
        row.hidden = !fits;
        shown += fits ? 1 : 0;
      });
      const count = document.querySelector(`[data-count-of="${table.id}"]`);
      if (count) {
        count.textContent = shown === rows.length ? String(rows.length) : `${shown} / ${rows.length}`;
      }
    });
  }

  // What is filtered for is part of the address, so that it can be passed on and survives a reload.
  function remember(filter) {
    const url = new URL(window.location.href);
    if (filter.input.value) {
      url.searchParams.set("q", filter.input.value);
    } else {
      url.searchParams.delete("q");
    }
    window.history.replaceState(null, "", url);
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-filters]").forEach((element) => {
      const filter = {
        input: element.querySelector("input"),
        tables: element.dataset.filters
          .split(" ")
          .map((id) => document.getElementById(id))
          .filter(Boolean),
      };
      filter.input.value = new URLSearchParams(window.location.search).get("q") || "";
      filter.input.addEventListener("input", () => {
        show(filter);
        remember(filter);
      });
      show(filter);
    });
  });
})();
