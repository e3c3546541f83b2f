// A list of entries: search, filters and pages of a bearable length. Without it every row is shown.
(function () {
  "use strict";

  const PAGE = 50;

  function matches(row, words, choices) {
    const text = row.textContent.toLowerCase();
    return (
      words.every((word) => text.includes(word)) &&
      choices.every(({ key, value }) =>
        key === "owner" ? row.dataset.owner.includes(`\n${value}\n`) : row.dataset[key] === value,
      )
    );
  }

  function start(bar) {
    const table = document.getElementById(bar.dataset.entries);
    const body = table.tBodies[0];
    const pager = document.querySelector(`[data-pager-of="${table.id}"]`);
    const range = pager.querySelector("[data-range]");
    const search = bar.querySelector("input");
    const selects = Array.from(bar.querySelectorAll("select"));
    let page = 0;

    function show() {
      const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
      const choices = selects
        .filter((select) => select.value)
        .map((select) => ({ key: select.dataset.filter, value: select.value }));
      const rows = Array.from(body.rows);
      const fitting = rows.filter((row) => matches(row, words, choices));
      const pages = Math.max(1, Math.ceil(fitting.length / PAGE));
      page = Math.min(page, pages - 1);
      const shown = new Set(fitting.slice(page * PAGE, (page + 1) * PAGE));
      rows.forEach((row) => {
        row.hidden = !shown.has(row);
      });
      const first = fitting.length === 0 ? 0 : page * PAGE + 1;
      const of = fitting.length === rows.length ? `${rows.length}` : `${fitting.length} (${rows.length})`;
      range.textContent = range.dataset.of
        .replace("{0}", first)
        .replace("{1}", page * PAGE + shown.size)
        .replace("{2}", of);
      pager.querySelectorAll("[data-step]").forEach((button) => {
        const target = page + Number(button.dataset.step);
        button.disabled = target < 0 || target >= pages;
        button.hidden = pages === 1;
      });
    }

    // What is looked for is part of the address, so that it can be passed on and survives a reload.
    function remember() {
      const url = new URL(window.location.href);
      [["q", search.value], ...selects.map((select) => [select.dataset.filter, select.value])].forEach(([key, value]) => {
        if (value) {
          url.searchParams.set(key, value);
        } else {
          url.searchParams.delete(key);
        }
      });
      window.history.replaceState(null, "", url);
    }

    function changed() {
      page = 0;
      show();
      remember();
    }

    const query = new URLSearchParams(window.location.search);
    search.value = query.get("q") || "";
    selects.forEach((select) => {
      select.value = query.get(select.dataset.filter) || "";
      if (select.selectedIndex < 0) {
        select.value = "";
      }
      select.addEventListener("change", changed);
    });
    search.addEventListener("input", changed);
    pager.querySelectorAll("[data-step]").forEach((button) =>
      button.addEventListener("click", () => {
        page += Number(button.dataset.step);
        show();
        table.scrollIntoView({ block: "nearest" });
      }),
    );
    // Sorting puts the rows into another order: the first page is another one then.
    new MutationObserver(() => {
      page = 0;
      show();
    }).observe(body, { childList: true });
    show();
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-entries]").forEach(start);
  });
})();
