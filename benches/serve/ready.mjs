// How long a browser waits for the first page and its map: `BASE_URL=http://… node benches/serve/ready.mjs [TIMES]`. It uses the
// browser of the page's tests. The first visit is told apart: nothing is at hand yet.
import { launch } from "../../crates/vigie/web/test/browser.mjs";

const base = process.env.BASE_URL ?? "http://127.0.0.1:8080";
const times = Number(process.argv[2] ?? 5);
const browser = await launch();
for (const path of ["/", "/?from=1900-01-01"]) {
  const waits = [];
  for (let time = 0; time < times; time += 1) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 1000 } });
    const page = await context.newPage();
    // The page itself keeps the moment, so that waiting for an answer about it is not counted.
    await page.addInitScript(() => {
      new MutationObserver(() => {
        if (!window.mapReady && document.querySelector("#map[data-ready][data-ground]")) window.mapReady = performance.now();
      }).observe(document, { subtree: true, attributes: true, childList: true });
    });
    await page.goto(base + path);
    await page.waitForSelector("#map[data-ready][data-ground]", { timeout: 120_000 });
    const [first, ready, events] = await page.evaluate(async () => {
      const url = new URL(document.querySelector("#map").dataset.src, document.baseURI);
            const [page] = performance.getEntriesByType("navigation");
      return [page.responseEnd, window.mapReady, (await (await fetch(url)).json()).events.rows.length];
    });
    waits.push({ first: Math.round(first), ready: Math.round(ready), events });
    await context.close();
  }
  const ready = waits.slice(1).map((wait) => wait.ready).sort((a, b) => a - b);
  console.log(path, `first visit: page ${waits[0].first} ms, map ${waits[0].ready} ms, ${waits[0].events} events drawn;`,
    `then: median ${ready[ready.length >> 1]} ms, longest ${ready.at(-1)} ms`);
}
await browser.close();
