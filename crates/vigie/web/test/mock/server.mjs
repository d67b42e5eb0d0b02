// A small stand-in for the server of the pages: `node test/mock/server.mjs [PORT] [EVENTS]` prints its address.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { days, events, situation } from "./data.mjs";
import { asked, home, plain } from "./pages.mjs";

const all = events(Number(process.argv[3] ?? 260));
const TYPES = { js: "text/javascript", css: "text/css", json: "application/json", txt: "text/plain" };
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const STYLE = "body{margin:0 auto;max-width:76rem;padding:0 1rem 3rem;font:1rem/1.5 system-ui,sans-serif;color:#1d2730;background:#fff}a{color:#005a8f}header{display:flex;gap:1rem;padding:.8rem 0}@media(prefers-color-scheme:dark){body{color:#e3e8ec;background:#14191e}a{color:#7cc4f2}}";

const server = createServer(async (request, response) => {
  const url = new URL(request.url, "http://mock");
  const query = Object.fromEntries(url.searchParams);
  const lang = query.lang === "en" ? "en" : "fr";
  const send = (type, body, status = 200) => response.writeHead(status, { "content-type": `${type}; charset=utf-8`, "content-security-policy": POLICY }).end(body);
  try {
    const path = url.pathname;
    const state = asked(query);
    if (path === "/api/v1/map") return send("application/json", JSON.stringify(situation(state, lang, all)));
    if (path === "/api/v1/days") return send("application/json", JSON.stringify(days(state.known, all)));
    if (path === "/mock.css") return send("text/css", STYLE);
    if (/^\/static\/[\w.]+$/.test(path)) return send(TYPES[path.split(".").pop()], await readFile(new URL(`../../dist/${path.slice(8)}`, import.meta.url)));
    if (path === "/") return send("text/html", home(lang, query, all));
    if (/^\/(evidence|events|places)\/[\w-]+$/.test(path)) return send("text/html", plain(lang, path, query));
    return send("text/plain", "no such page", 404);
  } catch (error) {
    return send("text/plain", String(error), 500);
  }
});
server.listen(Number(process.argv[2] ?? 0), "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));
