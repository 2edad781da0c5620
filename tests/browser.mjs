// The report in a real browser: `node browser.mjs report.html`. Fails on an exception, a console error, a request, a filter that
// does not filter, or a violation of WCAG 2.2 AA that axe can see, in the light and the dark scheme.
import { chromium } from "playwright-core";
import { readFileSync } from "node:fs";
import assert from "node:assert/strict";

const address = "file://" + process.argv[2];
const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
let passed = 0;
const check = async (name, body) => {
  await body();
  passed += 1;
  console.log("ok - " + name);
};

for (const colorScheme of ["light", "dark"]) {
  const context = await browser.newContext({ colorScheme, viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const trouble = [];
  page.on("pageerror", (error) => trouble.push(String(error)));
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && trouble.push(message.text()));
  page.on("request", (request) => request.url() !== address && !request.url().startsWith("data:") && trouble.push(request.url()));
  await page.goto(address);
  await page.evaluate(() => document.fonts.ready);

  await check(colorScheme + ": the verdict, the figures and the three charts are on the page", async () => {
    assert.match(await page.textContent("h1, #verdict"), /left/);
    assert.ok((await page.locator("svg[role=img]").count()) >= 3);
    assert.ok(await page.locator("#verdict").isVisible());
  });
  await check(colorScheme + ": search and filter narrow the findings and a reset brings them back", async () => {
    const rows = page.locator("#findings-table tbody tr:visible");
    const all = await rows.count();
    await page.selectOption("#findings [data-filter=severity]", "critical");
    const critical = await rows.count();
    assert.ok(critical > 0 && critical < all, `${critical} of ${all}`);
    await page.fill("#findings [data-search]", "no such finding");
    assert.equal(await rows.count(), 0);
    await page.fill("#findings [data-search]", "");
    await page.selectOption("#findings [data-filter=severity]", "");
    assert.equal(await rows.count(), all);
  });
  await check(colorScheme + ": axe finds no violation of WCAG 2.2 AA", async () => {
    await page.addScriptTag({ content: readFileSync("node_modules/axe-core/axe.min.js", "utf8") }).catch(() => {});
    if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(readFileSync("node_modules/axe-core/axe.min.js", "utf8"));
    const result = await page.evaluate(() => window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }));
    const told = result.violations.map((v) => `${v.id}: ${v.help}\n  ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join("\n  ")}`);
    assert.deepEqual(told, []);
  });
  await check(colorScheme + ": nothing was requested, nothing was complained of", async () => {
    assert.deepEqual(trouble.filter((text) => !text.includes("Content Security Policy")), []);
  });
  await context.close();
}
await browser.close();
console.log(`${passed} passed, 0 failed`);
