// The pages in a real browser: `BASE_URL=… node --test test/e2e.mjs`. START, PAGES (with commas), SHOTS and SEED say more.
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { after, before, describe, test } from "node:test";
import { BASE, NARROW, PAGES, START, WIDE, contents, launch, open, pixel, plus, ready, situation, violations } from "./browser.mjs";

assert.ok(BASE, "BASE_URL must name the server, for example http://127.0.0.1:8080");

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

const data = (page, key) => page.evaluate((name) => document.body.dataset[name] ?? "", key);
const until = (page, key, not) => page.waitForFunction(([name, old]) => document.body.dataset[name] !== old && !document.body.hasAttribute("aria-busy"), [key, not]);

/** Runs with a fresh page and fails when anything went wrong in it. */
const on = (options, act) => async () => {
  const { page, wrong, close } = await open(browser, options.path ?? START, options);
  try {
    if (options.javaScriptEnabled !== false) await ready(page);
    await act(page);
    assert.deepEqual(wrong, []);
  } finally {
    await close();
  }
};

describe("every kind of page", () => {
  for (const [name, viewport] of [["wide", WIDE], ["narrow", NARROW]]) {
    for (const colorScheme of ["light", "dark"]) {
      // The colours are the same on all pages: in the dark the first two are looked at.
      (colorScheme === "dark" ? PAGES.slice(0, 2) : PAGES).forEach((path, index) =>
        test(`${path} ${name} ${colorScheme}`, on({ path, viewport, colorScheme }, async (page) => {
          for (const box of await page.locator("#map details").all()) await box.evaluate((node) => (node.open = true));
          if (process.env.SHOTS) {
            await mkdir(process.env.SHOTS, { recursive: true });
            const slug = path.replace(/[^a-z0-9]+/gi, "-").replace(/^-|-$/g, "").slice(0, 40) || "start";
            await page.screenshot({ path: `${process.env.SHOTS}/${index}-${slug}-${name}-${colorScheme}.png`, fullPage: true });
          }
          const [inner, outer] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
          assert.ok(inner <= outer, `${inner} pixels of page in a window of ${outer}`);
          assert.deepEqual(await violations(page), []);
        })));
    }
  }

  test("can be read without scripts", on({ javaScriptEnabled: false }, async (page) => {
    const answer = await page.request.get(BASE + (await page.locator("#map").getAttribute("data-src")));
    const { places } = await answer.json();
    assert.ok(places.length > 0, "the archive of this test holds no place");
    assert.equal(await page.locator("#map canvas").count(), 0);
    // What the first page has no room for stands on the list of places.
    const texts = [await page.locator("main").innerText()];
    await page.goto(`${BASE}/places${new URL(page.url()).search}`);
    texts.push(await page.locator("main").innerText());
    const text = texts.join("\n");
    for (const place of places.slice(0, 5)) assert.ok(text.includes(place.name), `${place.name} is only on the map`);
  }));
});

describe("the map", () => {
  /** The place that stands farthest from the others, so that a click on it is no click on a neighbour. */
  const lonely = ({ places }) => {
    const drawn = places.filter((place) => place.holdings.length > 0);
    const room = (one) => Math.min(Infinity, ...drawn.filter((other) => other !== one).map((other) => Math.hypot(one.lat - other.lat, one.lon - other.lon)));
    return [...drawn].sort((a, b) => room(b) - room(a))[0];
  };

  test("draws the places, and hides them on request", on({}, async (page) => {
    const place = lonely(await situation(page));
    const seen = async () => {
      await ready(page);
      const at = await pixel(page, place);
      return page.evaluate(({ x, y }) => {
        const canvas = document.querySelector(".leaflet-overlay-pane canvas");
        const box = canvas.getBoundingClientRect();
        const ratio = canvas.width / box.width;
        return canvas.getContext("2d").getImageData((x - box.x) * ratio, (y - box.y) * ratio, 1, 1).data[3] > 0;
      }, at);
    };
    assert.equal(await seen(), true, `${place.name} is not drawn`);
    for (const box of await page.locator("#map .isle-bar input[type=checkbox]").all()) await box.uncheck();
    assert.equal(await seen(), false, `${place.name} is still drawn`);
  }));

  test("leads from a symbol to its evidence", on({}, async (page) => {
    const place = lonely(await situation(page));
    await page.locator("#isle-map").scrollIntoViewIfNeeded();
    const { x, y } = await pixel(page, place);
    await page.mouse.click(x, y);
    const popup = page.locator(".leaflet-popup");
    await popup.waitFor();
    assert.ok((await popup.innerText()).includes(place.name));
    // While it fades in, its colours are not yet those that are read.
    await page.waitForFunction(() => getComputedStyle(document.querySelector(".leaflet-popup")).opacity === "1");
    assert.deepEqual(await violations(page), []);
    const [answer] = await Promise.all([page.waitForNavigation(), popup.locator("li a").first().click()]);
    assert.equal(answer.status(), 200);
    assert.equal(new URL(page.url()).pathname, new URL(place.holdings[0].url, BASE).pathname);
  }));

  test("moves and zooms with the keyboard", on({ reducedMotion: "reduce" }, async (page) => {
    const view = async () => (await page.locator("#map").getAttribute("data-view")).split(",").map(Number);
    const changed = (old) => page.waitForFunction((text) => document.querySelector("#map").dataset.view !== text, old.map((n, i) => (i < 2 ? n.toFixed(5) : n)).join(","));
    await page.locator("#isle-map").focus();
    const first = await view();
    await page.keyboard.press("ArrowRight");
    await changed(first);
    const second = await view();
    assert.ok(second[1] > first[1]);
    await page.keyboard.press("-");
    await changed(second);
    assert.ok((await view())[2] < second[2]);
  }));

  test("tells of every place that lies under one symbol", on({}, async (page) => {
    const place = lonely(await situation(page));
    await page.route("**/api/v1/map*", async (route) => {
      const answer = await route.fetch();
      const body = await answer.json();
      body.places.push({ ...place, id: "hidden", name: "Hidden beneath" });
      await route.fulfill({ response: answer, json: body });
    });
    await page.reload();
    await ready(page);
    await page.locator("#isle-map").scrollIntoViewIfNeeded();
    const { x, y } = await pixel(page, place);
    await page.mouse.click(x, y);
    const text = await page.locator(".leaflet-popup").innerText();
    assert.ok(text.includes(place.name) && text.includes("Hidden beneath"), text);
  }));

  test("opens what is in the middle with Enter, and gives the focus back", on({ reducedMotion: "reduce" }, async (page) => {
    const place = lonely(await situation(page));
    const map = page.locator("#isle-map");
    await map.scrollIntoViewIfNeeded();
    const box = await map.boundingBox();
    const at = await pixel(page, place);
    const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    await page.mouse.move(at.x + 40, at.y + 40);
    await page.mouse.down();
    await page.mouse.move(middle.x + 40, middle.y + 40, { steps: 8 });
    await page.mouse.up();
    await ready(page);
    await map.focus();
    await page.keyboard.press("Enter");
    await page.locator(".leaflet-popup a:focus").waitFor();
    assert.ok((await page.locator(".leaflet-popup").innerText()).includes(place.name));
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => document.activeElement.id === "isle-map");
  }));

  test("is ready within two seconds of the data of 100,000 events", async () => {
    const { page, close } = await open(browser, START);
    await page.route("**/api/v1/map*", async (route) => {
      const answer = await route.fetch();
      const body = await answer.json();
      const row = (index) => {
        const [lat, lon] = [((index * 7919) % 16000) / 100 - 80, ((index * 104729) % 36000) / 100 - 180];
        const of = { id: `e${index}`, lat, lon, precision: ["exact", "near", "region", "country"][index % 4], predicate: "clash", label: `E ${index}`, first: body.valid, last: body.valid, grade: "contested", origins: 1 + (index % 5), place: `P ${index}` };
        return body.events.columns.map((column) => of[column] ?? null);
      };
      body.events.rows = Array.from({ length: 100_000 }, (_, index) => row(index));
      await route.fulfill({ response: answer, json: body });
    });
    await page.reload();
    await page.waitForSelector("#map[data-ready][data-ground]");
    const took = await page.evaluate(() => {
      const loaded = performance.getEntriesByType("resource").filter((entry) => entry.name.includes("/api/v1/map")).map((entry) => entry.responseEnd);
      return performance.now() - Math.max(...loaded);
    });
    assert.ok(took < 2000, `${Math.round(took)} ms`);
    await close();
  });

  test("shows whose account is asked for, and so does the page", on({}, async (page) => {
    const asked = page.waitForResponse((response) => response.url().includes("/api/v1/map") && response.url().includes("layer=assessed"));
    await page.locator("#map input[value=assessed]").check();
    await asked;
    await ready(page);
    assert.equal(new URL(page.url()).searchParams.get("layer"), "assessed");
    await page.goBack();
    await ready(page);
    await page.locator("#map input[value=claimed]:checked").waitFor();
  }));

  test("shows text as text and keeps links on this server", async () => {
    const { page, close } = await open(browser, START);
    await page.route("**/api/v1/map*", async (route) => {
      const answer = await route.fetch();
      const body = await answer.json();
      for (const place of body.places) {
        place.name = "<img src=x onerror=document.title='taken'>";
        place.url = "javascript:document.title='taken'";
        for (const holding of place.holdings) Object.assign(holding, { text: "<script>document.title='taken'</script>", url: "https://elsewhere.example/" });
      }
      await route.fulfill({ response: answer, json: body });
    });
    await page.reload();
    await ready(page);
    await page.locator("#isle-map").scrollIntoViewIfNeeded();
    const { x, y } = await pixel(page, lonely(await situation(page)));
    await page.mouse.click(x, y);
    await page.locator(".leaflet-popup").waitFor();
    assert.equal(await page.locator(".leaflet-popup img, .leaflet-popup script").count(), 0);
    for (const link of await page.locator(".leaflet-popup a[href]").all()) {
      const address = await link.evaluate((node) => node.href);
      assert.ok(address.startsWith(BASE), address);
    }
    assert.notEqual(await page.title(), "taken");
    await close();
  });
});

describe("the timeline", () => {
  test("moves the day by the keyboard, and back again", on({}, async (page) => {
    const [valid, text] = [await data(page, "valid"), await contents(page)];
    await page.locator(".handle--e").focus();
    await page.keyboard.press("ArrowLeft");
    await until(page, "valid", valid);
    assert.equal(await data(page, "valid"), plus(valid, -1));
    assert.equal(new URL(page.url()).searchParams.get("valid"), plus(valid, -1));
    assert.notEqual(await contents(page), text);
    const other = await page.locator("a[hreflang]").first().evaluate((link) => new URL(link.href).searchParams.get("valid"));
    assert.equal(other, plus(valid, -1), "the other language would show another day");
    assert.ok((await page.locator("#isle-live").innerText()).length > 0, "nothing is announced");
    assert.equal(await page.evaluate(() => document.activeElement.classList.contains("handle--e")), true, "the focus is lost");
    await page.goBack();
    await until(page, "valid", plus(valid, -1));
    assert.equal(await data(page, "valid"), valid);
    assert.equal(await contents(page), text);
  }));

  test("moves the day by the mouse", on({}, async (page) => {
    const [valid, text] = [await data(page, "valid"), await contents(page)];
    await page.locator(".isle-chart").scrollIntoViewIfNeeded();
    const box = await page.locator(".handle--e").boundingBox();
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x - 60, y, { steps: 6 });
    await page.mouse.up();
    await until(page, "valid", valid);
    assert.ok((await data(page, "valid")) < valid);
    assert.notEqual(await contents(page), text);
  }));

  test("begins the window by the keyboard", on({}, async (page) => {
    const from = await data(page, "from");
    await page.locator(".handle--w").focus();
    await page.keyboard.press("ArrowRight");
    await until(page, "from", from);
    assert.equal(new URL(page.url()).searchParams.get("from"), await data(page, "from"));
  }));

  test("asks what was known on a day", on({}, async (page) => {
    const known = await data(page, "known");
    await page.locator("#isle-known").focus();
    await page.keyboard.press("Home");
    await until(page, "known", known);
    const early = await data(page, "known");
    assert.ok(early < known);
    assert.equal(new URL(page.url()).searchParams.get("known"), early);
    await ready(page);
    assert.equal((await situation(page)).known, early);
    await page.goBack();
    await until(page, "known", early);
    assert.equal(await data(page, "known"), known);
  }));

  test("says when the server is gone", async () => {
    const { page, close } = await open(browser, START);
    await ready(page);
    const failed = await page.evaluate(() => JSON.parse(document.getElementById("strings").textContent)["page-time-failed"]);
    await page.route("**/*", (route) => route.abort());
    await page.locator(".handle--e").focus();
    await page.keyboard.press("ArrowLeft");
    await page.waitForFunction((text) => document.getElementById("isle-live")?.textContent === text, failed);
    await close();
  });
});

test("another language", on({}, async (page) => {
  const [lang, label] = [await page.locator("html").getAttribute("lang"), await page.locator("#isle-map").getAttribute("aria-label")];
  await Promise.all([page.waitForNavigation(), page.locator(`a[hreflang]:not([hreflang="${lang}"])`).first().click()]);
  await ready(page);
  assert.notEqual(await page.locator("html").getAttribute("lang"), lang);
  assert.notEqual(await page.locator("#isle-map").getAttribute("aria-label"), label);
}));

test("the siege of the seed page begins on its day", { skip: process.env.SEED ? false : "SEED is not set" }, async () => {
  const on = (valid) => {
    const url = new URL(START, BASE);
    url.searchParams.set("valid", valid);
    return url.pathname + url.search;
  };
  const siege = async (valid) => {
    const { page, wrong, close } = await open(browser, on(valid));
    await ready(page);
    const { places } = await situation(page);
    const held = places.filter((place) => place.name.includes("Alep-Est")).flatMap((place) => place.holdings);
    const found = held.find((holding) => holding.fluent === "siege" && holding.value === "full");
    const links = await page.locator("main a").evaluateAll((all) => all.map((link) => `${link.pathname} ${link.textContent.trim()}`));
    await close();
    assert.deepEqual(wrong, []);
    return { found, links };
  };
  const day = await siege("2016-09-04");
  assert.ok(day.found, "no siege on the day");
  const { pathname } = new URL(day.found.url, BASE);
  // The same holding has a row on both days; what the row says must differ.
  const told = day.links.filter((link) => link.startsWith(`${pathname} `));
  assert.ok(told.length > 0, "the page does not tell the siege");
  const before = await siege("2016-09-03");
  assert.equal(before.found, undefined, "a siege on the day before");
  assert.deepEqual(before.links.filter((link) => told.includes(link)), [], "the page tells the siege on the day before");
});
