// SPDX-License-Identifier: Apache-2.0
// Search, filter, sorting, keys and theme. The page says everything without it.
"use strict";

(() => {
  const byId = (id) => document.getElementById(id);
  const root = document.documentElement;
  const search = byId("search");
  const found = byId("found");
  const stateButtons = [...document.querySelectorAll("[data-state]")];
  const failures = [...document.querySelectorAll(".failure")];
  const tables = [...document.querySelectorAll("table[data-rows]")];
  const count = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;

  // What of file:// pages is kept differs from browser to browser; it's never needed.
  const remembered = (key) => {
    try {
      return localStorage.getItem(`op-readiness.${key}`);
    } catch {
      return null;
    }
  };
  const remember = (key, value) => {
    try {
      localStorage.setItem(`op-readiness.${key}`, value);
    } catch {
      // Then it holds for this page only.
    }
  };

  // Everything that can be found, with its text in lower case, which is read when it's first needed.
  const items = [
    ...failures.map((element) => ({ element, kind: "failure", state: element.querySelector("h3 .state").classList[1] })),
    ...tables.flatMap((table) => [...table.tBodies[0].rows].map((element) => (
      { element, kind: table.dataset.rows, state: element.cells[0].className }))),
  ];
  // What is said of a failure is found at its row in the table of cases as well.
  const failureOf = (item) => {
    const link = item.kind === "case" ? item.element.querySelector("a") : null;
    return link ? byId(decodeURIComponent(link.hash.slice(1))) : null;
  };
  const textOf = (item) => {
    item.text ??= [item.element, failureOf(item)].map((element) => element?.textContent ?? "").join(" ").toLowerCase();
    return item.text;
  };

  // What found no room on the page can't be found on it.
  const leftOut = tables.filter((table) => table.dataset.leftOut !== "0")
    .map((table) => count(Number(table.dataset.leftOut), table.dataset.rows));
  const notHere = leftOut.length === 0 ? "" : `; ${leftOut.join(" and ")} not on this page: see summary.json`;

  const show = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter((word) => word !== "");
    const states = new Set(stateButtons.filter((button) => button.getAttribute("aria-pressed") === "true")
      .map((button) => button.dataset.state));
    const all = words.length === 0 && states.size === 0;
    const shown = { failure: 0, case: 0, spec: 0 };
    for (const item of items) {
      const fits = (states.size === 0 || states.has(item.state)) && words.every((word) => textOf(item).includes(word));
      shown[item.kind] += fits ? 1 : 0;
      item.element.hidden = !fits;
    }
    found.textContent = all ? ""
      : (shown.case + shown.spec === 0 ? "Nothing found" : `${count(shown.case, "case")}, ${count(shown.spec, "spec")}`)
        + notHere;
  };

  let pending = 0;
  search.addEventListener("input", () => {
    clearTimeout(pending);
    pending = setTimeout(show, 80);
  });
  const showAll = () => {
    search.value = "";
    stateButtons.forEach((button) => button.setAttribute("aria-pressed", "false"));
    show();
  };
  for (const button of stateButtons) {
    button.addEventListener("click", () => {
      button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
      show();
    });
  }
  // A link to a failure that the filter hides must still lead somewhere.
  window.addEventListener("hashchange", () => {
    const target = byId(decodeURIComponent(location.hash.slice(1)));
    if (target?.hidden) {
      showAll();
      target.scrollIntoView();
    }
  });

  // "1h02m", "2m05s", "42s", "250ms", "2/3" as numbers; everything else as text.
  const unitSeconds = { h: 3600, m: 60, s: 1, ms: 0.001 };
  const sortKey = (text) => {
    const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|h|m|s)/g)];
    if (parts.length > 0 && parts.map((part) => part[0]).join("") === text) {
      return parts.reduce((sum, part) => sum + Number(part[1]) * unitSeconds[part[2]], 0);
    }
    const ratio = /^(\d+)\/(\d+)$/.exec(text);
    return ratio ? Number(ratio[1]) / Number(ratio[2]) : text.toLowerCase();
  };
  const compare = (left, right) => (typeof left === "number" && typeof right === "number"
    ? left - right : String(left).localeCompare(String(right), "en", { numeric: true }));

  const makeSortable = (table) => {
    const heads = [...table.tHead.rows[0].cells];
    const rows = [...table.tBodies[0].rows];
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const numeric = head.classList.contains("number");
        const first = numeric ? "descending" : "ascending";
        const second = numeric ? "ascending" : "descending";
        const was = head.getAttribute("aria-sort");
        const order = was === null ? first : was === first ? second : null;
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        let sorted = rows;
        if (order !== null) {
          head.setAttribute("aria-sort", order);
          const sign = order === "ascending" ? 1 : -1;
          sorted = rows.map((row) => ({ row, key: sortKey(row.cells[column].textContent) }))
            .sort((left, right) => sign * compare(left.key, right.key)).map((entry) => entry.row);
        }
        table.tBodies[0].append(...sorted);
      });
    });
  };
  tables.forEach(makeSortable);

  const themes = ["auto", "light", "dark"];
  const themeButton = byId("theme");
  const setTheme = (theme) => {
    if (theme === "auto") {
      delete root.dataset.theme;
    } else {
      root.dataset.theme = theme;
    }
    themeButton.textContent = `Theme: ${theme}`;
    remember("theme", theme);
  };
  const nextTheme = () => setTheme(themes[(themes.indexOf(root.dataset.theme ?? "auto") + 1) % themes.length]);
  themeButton.addEventListener("click", nextTheme);
  setTheme(themes.includes(remembered("theme")) ? remembered("theme") : "auto");

  for (const command of document.querySelectorAll(".ways .command")) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Copy";
    button.setAttribute("aria-label", `Copy the command: ${command.textContent}`);
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(command.textContent);
        button.textContent = "Copied";
      } catch {
        getSelection().selectAllChildren(command);  // The reader's own copying does the rest.
      }
    });
    command.after(button);
  }

  const goToFailure = (step) => {
    const visible = failures.filter((failure) => !failure.hidden);
    const at = visible.findIndex((failure) => failure.contains(document.activeElement));
    const next = visible[at === -1 ? (step > 0 ? 0 : visible.length - 1) : at + step];
    next?.focus();
    next?.scrollIntoView({ block: "start" });
  };
  const useKeys = byId("use-keys");
  useKeys.checked = remembered("keys") !== "off";
  useKeys.addEventListener("change", () => remember("keys", useKeys.checked ? "on" : "off"));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      showAll();
      return;
    }
    const typing = event.target instanceof Element && event.target.closest("input[type=search], textarea, select");
    if (!useKeys.checked || typing || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const actions = { "/": () => search.focus(), j: () => goToFailure(1), k: () => goToFailure(-1), t: nextTheme };
    if (Object.hasOwn(actions, event.key)) {
      event.preventDefault();
      actions[event.key]();
    }
  });

  for (const id of ["tools", "theme", "keys"]) {
    byId(id).hidden = false;
  }
})();
