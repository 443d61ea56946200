// SPDX-License-Identifier: Apache-2.0
// Visits a report with real Chromium and prints, as JSON, what a reader would find; the tests judge that.
//
//   node visit.js PAGE DIRECTORY QUERY [look]   QUERY is what is searched for; with `look` the page is also looked at in
//                                               every form, screenshots go to DIRECTORY, and axe searches it for faults
//
// $OPREADY_BROWSER_MODULES is the node_modules that scripts/setup.sh filled from package-lock.json.
"use strict";

const fs = require("node:fs");
const path = require("node:path");
const { pathToFileURL } = require("node:url");

const modules = process.env.OPREADY_BROWSER_MODULES;
const { chromium } = require(path.join(modules, "playwright-core"));
const axeSource = fs.readFileSync(path.join(modules, "axe-core", "axe.min.js"), "utf8");

const [pagePath, directory, query, form] = process.argv.slice(2);
const url = pathToFileURL(pagePath).href;
const wide = { width: 1280, height: 900 };
const narrow = { width: 375, height: 800 };
const facts = { faults: [], requests: [], axe: {}, screenshots: [] };

// Whatever a page does that it shouldn't: errors, dialogs, violations of its policy, requests.
const watch = (page) => {
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") facts.faults.push(message.text());
  });
  page.on("pageerror", (error) => facts.faults.push(String(error)));
  page.on("dialog", (dialog) => {
    facts.faults.push(`dialog: ${dialog.message()}`);
    return dialog.dismiss();
  });
  page.on("request", (request) => {
    if (request.url() !== url && !request.url().startsWith("data:")) facts.requests.push(request.url());
  });
};

const faultsOfAxe = async (page) => {
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  return violations.filter((violation) => ["serious", "critical"].includes(violation.impact))
    .map((violation) => `${violation.id}: ${violation.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ")}`);
};

const shoot = async (page, name) => {
  const file = path.join(directory, `${name}.png`);
  await page.screenshot({ path: file, fullPage: true });
  facts.screenshots.push(`${name}.png`);
};

// How many rows, failures and words a reader sees.
const seen = (page) => page.evaluate(() => {
  const visible = (selector) => [...document.querySelectorAll(selector)].filter((element) => element.checkVisibility());
  return {
    found: document.getElementById("found").textContent,
    failures: visible(".failure").map((element) => element.id),
    cases: visible("table[data-rows=case] tbody tr").map((row) => row.cells[1].firstChild.textContent),
    specs: visible("table[data-rows=spec] tbody tr").length,
    focus: document.activeElement.id || document.activeElement.className || document.activeElement.localName,
    theme: document.documentElement.dataset.theme ?? "auto",
  };
});

// Types, and waits until that is searched for and drawn.
const search = async (page, text) => {
  facts.search_ms = await page.evaluate(async (wanted) => {
    const begin = performance.now();
    const field = document.getElementById("search");
    field.value = wanted;
    field.dispatchEvent(new Event("input"));
    await new Promise((resolve) => { setTimeout(() => requestAnimationFrame(() => setTimeout(resolve)), 100); });
    return performance.now() - begin;
  }, text);
};

const look = async (browser) => {
  for (const [name, viewport, colorScheme] of [["light", wide, "light"], ["dark", wide, "dark"], ["narrow", narrow, "light"]]) {
    const page = await browser.newPage({ viewport, colorScheme });
    watch(page);
    await page.goto(url);
    await shoot(page, name);
    facts.axe[name] = await faultsOfAxe(page);
    facts[`overflow_${name}`] = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (name === "light") {
      await page.emulateMedia({ media: "print" });
      await shoot(page, "print");
      await page.pdf({ path: path.join(directory, "print.pdf"), format: "A4" });
    }
    await page.close();
  }
};

const use = async (browser) => {
  const page = await browser.newPage({ viewport: wide, colorScheme: "light" });
  watch(page);
  const before = Date.now();
  await page.goto(url);
  facts.load_ms = Date.now() - before;
  facts.title = await page.title();
  facts.verdict = await page.textContent("h1");
  facts.at_first = await seen(page);
  facts.links = await page.$$eval("a", (links) => [...new Set(links.map((link) => link.protocol + link.host))].sort());
  facts.bytes = fs.statSync(pagePath).size;
  await search(page, query);
  facts.searched = await seen(page);
  await search(page, "no case has such words");
  facts.nothing = await seen(page);
  await page.focus("#search");
  await page.keyboard.press("Escape");
  facts.escaped = await seen(page);
  await filter(page);
  await escape(page);
  await keys(page);
  await sort(page);
  await page.close();
};

const filter = async (page) => {
  for (const state of ["passed", "failed"]) {
    const button = page.locator(`button[data-state=${state}]`);
    if (await button.count() > 0) {
      await button.click();
      facts[`only_${state}`] = { ...await seen(page), pressed: await button.getAttribute("aria-pressed") };
      await button.click();
    }
  }
};

// Esc with the focus elsewhere than in the search field: on a filter's button, and on a failure.
const escape = async (page) => {
  const button = page.locator("button[data-state=failed]");
  if (await button.count() === 0) return;
  facts.escaped_from = {};
  await button.click();
  await page.keyboard.press("Escape");
  facts.escaped_from.button = await seen(page);
  await button.click();
  await page.keyboard.press("j");
  await page.keyboard.press("Escape");
  facts.escaped_from.failure = await seen(page);
  await page.evaluate(() => document.activeElement.blur());
};

const keys = async (page) => {
  facts.keys = {};
  for (const [name, key] of [["first", "j"], ["second", "j"], ["back", "k"], ["theme", "t"], ["search", "/"], ["typed", "j"]]) {
    await page.keyboard.press(key);
    facts.keys[name] = await seen(page);
  }
  facts.keys.value = await page.inputValue("#search");
  await page.keyboard.press("Escape");
  await page.reload();
  await page.keyboard.press("Tab");
  facts.keys.first_tab = await seen(page);
  await page.keyboard.press("Enter");
  facts.keys.skipped = await seen(page);
};

const sort = async (page) => {
  const head = page.locator("table[data-rows=case] thead th").last();
  await head.locator("button").click();
  const times = await page.$$eval("table[data-rows=case] tbody tr", (rows) => rows.map((row) => row.cells[4].textContent));
  facts.sorted = { order: await head.getAttribute("aria-sort"), times };
};

const withoutScript = async (browser) => {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: wide });
  const page = await context.newPage();
  await page.goto(url);
  facts.without_script = {
    tools: await page.locator("#tools").isVisible(),
    cases: await page.locator("table[data-rows=case] tbody tr:visible").count(),
    text: (await page.innerText("main")).slice(0, 200_000),
  };
  await context.close();
};

const main = async () => {
  fs.mkdirSync(directory, { recursive: true });
  const browser = await chromium.launch({
    executablePath: process.env.OPREADY_CHROMIUM,
    args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"],
  });
  try {
    if (form === "look") await look(browser);
    await use(browser);
    await withoutScript(browser);
  } finally {
    await browser.close();
  }
  console.log(JSON.stringify(facts));
};

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
