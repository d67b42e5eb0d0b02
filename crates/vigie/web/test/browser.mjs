// What every test of a page needs: a browser, a page that records what goes wrong, and a ruler for the map.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const require = createRequire(import.meta.url);

export const BASE = (process.env.BASE_URL ?? "").replace(/\/$/, "");
/** The page with map and timeline, and every kind of page that must be accessible. */
export const START = process.env.START ?? "/";
export const PAGES = (process.env.PAGES ?? START).split(",").filter(Boolean);
export const WIDE = { width: 1440, height: 1000 };
export const NARROW = { width: 390, height: 844 };

/** Starts the browser. As root there is no sandbox to be had. */
export const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });

/** A page and the list of everything that went wrong in it. */
export async function open(browser, path, options = {}) {
  const { viewport = WIDE, ...rest } = options;
  const context = await browser.newContext({ viewport, locale: "fr-FR", ...rest });
  const page = await context.newPage();
  const wrong = [];
  page.on("console", (message) => message.type() === "error" && wrong.push(message.text()));
  page.on("pageerror", (error) => wrong.push(error.stack ?? String(error)));
  page.on("response", (response) => response.status() >= 400 && wrong.push(`${response.status()} ${response.url()}`));
  await page.exposeFunction("vigieReport", (text) => wrong.push(text));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => window.vigieReport(`policy: ${event.violatedDirective} ${event.blockedURI}`));
  });
  await page.goto(BASE + path);
  return { page, wrong, close: () => context.close() };
}

/** Waits until every island of the page stands. */
export async function ready(page) {
  if (await page.locator("#map").count()) await page.waitForSelector("#map[data-ready][data-ground]", { timeout: 20_000 });
  if (await page.locator("#timeline").count()) await page.waitForSelector("#timeline[data-ready]", { timeout: 20_000 });
  await page.waitForSelector("body:not([aria-busy])");
  // Drawing waits for the next frame.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/** What axe finds, one line each. */
export async function violations(page) {
  await page.evaluate(await readFile(require.resolve("axe-core/axe.min.js"), "utf8"));
  return page.evaluate(async () => {
    const { violations } = await window.axe.run(document, { resultTypes: ["violations"] });
    return violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target.join(" ")} ${node.failureSummary ?? ""}`));
  });
}

/** The situation that the map of this page asks for. */
export const situation = (page) =>
  page.evaluate(async () => {
    const { valid, known, from } = document.body.dataset;
    const url = new URL(document.querySelector("#map").dataset.src, document.baseURI);
    for (const [key, value] of Object.entries({ valid, known, from })) if (value) url.searchParams.set(key, value);
    return (await fetch(url)).json();
  });

/** Where a point of the earth is drawn, in pixels of the window. */
export async function pixel(page, { lat, lon }) {
  const box = await page.locator("#isle-map").boundingBox();
  const view = await page.locator("#map").getAttribute("data-view");
  const [middleLat, middleLon, zoom] = view.split(",").map(Number);
  const scale = 256 * 2 ** zoom;
  const y = (degrees) => {
    const sine = Math.sin((degrees * Math.PI) / 180);
    return (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * scale;
  };
  return { x: box.x + box.width / 2 + ((lon - middleLon) / 360) * scale, y: box.y + box.height / 2 + y(lat) - y(middleLat) };
}

/** What the server has put into the pieces of the page that change. */
export const contents = (page) => page.evaluate(() => [...document.querySelectorAll("[data-swap]")].map((piece) => piece.textContent).join("\n"));

/** A day so many days later. */
export const plus = (day, days) => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
