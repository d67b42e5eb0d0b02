// What is done at the desk rather than looked at: a decision taken and undone, a file taken away. CLAIM names a claim's page.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, test } from "node:test";
import { BASE, launch, open, violations } from "./browser.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

const CLAIM = process.env.CLAIM;

describe("the desk", { skip: CLAIM ? false : "CLAIM is not set" }, () => {
  const listed = async () => {
    const { items } = await (await fetch(`${BASE}/claims.json?limit=1000`)).json();
    return items.some((claim) => CLAIM.includes(claim.id));
  };
  /** Until the server has read the archive on. */
  const until = async (holds) => {
    for (let tries = 0; tries < 200; tries += 1) {
      if ((await listed()) === holds) return;
      await new Promise((done) => setTimeout(done, 50));
    }
    assert.fail(`the claim is ${holds ? "not listed" : "still listed"}`);
  };
  const sign = async (form, why) => {
    await form.locator("input[name=by]").fill("Ana");
    await form.locator("input[name=why]").fill(why);
  };

  test("a claim is rejected and the rejection undone, by mouse and by keyboard", async () => {
    const { page, wrong, close } = await open(browser, `${CLAIM}?lang=en`);
    assert.equal(await listed(), true);
    assert.ok((await page.locator("#evidence .mark").count()) > 0, "no word of the sentence is marked");
    const reject = page.locator("section.review form", { has: page.locator("button[value=reject]") });
    await sign(reject, "the sentence says otherwise");
    await Promise.all([page.waitForNavigation(), reject.locator("button[value=reject]").click()]);
    await until(false);
    await page.reload();
    assert.ok((await page.locator("main").innerText()).includes("Ana"), "the page does not tell who decided");
    assert.equal(await page.locator("p.doubt").count(), 1, "the page does not tell that the claim is rejected");
    assert.deepEqual(await violations(page), []);

    await page.goto(`${BASE}/review?lang=en`);
    const undo = page.locator(".decisions li").first().locator("details.undo");
    await undo.locator("summary").focus();
    await page.keyboard.press("Enter");
    await sign(undo, "a slip");
    await undo.locator("button").focus();
    await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
    await until(true);
    await page.goto(`${BASE}${CLAIM}?lang=en`);
    assert.equal(await page.locator("p.doubt").count(), 0, "the claim still counts as rejected");
    assert.deepEqual(wrong, []);
    await close();
  });

  test("a form that is not filled in decides nothing", async () => {
    const { page, close } = await open(browser, `${CLAIM}?lang=en`);
    await page.locator("button[value=reject]").click();
    assert.equal(new URL(page.url()).pathname, CLAIM);
    assert.equal(await listed(), true);
    await close();
  });

  test("the events that are shown are taken away as a file", async () => {
    const { page, wrong, close } = await open(browser, "/events?lang=en");
    const total = await page.locator("ol.events > li").count();
    const predicate = await page.locator("select[name=predicate] option").nth(1).getAttribute("value");
    assert.ok(total > 1 && predicate);
    await Promise.all([page.waitForNavigation(), page.locator("p.total a").click()]);
    assert.equal(new URL(page.url()).pathname, "/exports");
    assert.deepEqual(await violations(page), []);
    const [download] = await Promise.all([page.waitForEvent("download"), page.locator("a[download='acled.csv']").click()]);
    assert.equal(download.suggestedFilename(), "acled.csv");
    const text = await readFile(await download.path(), "utf8");
    assert.equal(text.split("\n")[0].split(",").length, 31);
    assert.ok(text.trim().split("\n").length > 1, text);
    assert.deepEqual(wrong, []);
    await close();
  });
});
