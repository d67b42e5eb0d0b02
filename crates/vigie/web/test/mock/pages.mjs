// Plain pages around the islands, as the real server has them: complete without scripts, no inline style or script.
import { readFileSync } from "node:fs";
import { LAST, plus, situation } from "./data.mjs";

/** The one-line messages of a language, which is all that the islands need. */
function messages(lang) {
  const text = readFileSync(new URL(`../../../../../resources/messages/${lang}.ftl`, import.meta.url), "utf8");
  return Object.fromEntries(text.split("\n").map((line) => /^([a-z0-9-]+) = (.+)$/.exec(line)).filter(Boolean).map(([, key, value]) => [key, value]));
}

const WORDS = { fr: messages("fr"), en: messages("en") };
const escape = (text) => String(text).replace(/[&<>"]/g, (letter) => `&#${letter.codePointAt(0)};`);

function shell(lang, path, query, body, state) {
  const other = lang === "fr" ? "en" : "fr";
  const swapped = new URLSearchParams({ ...query, lang: other });
  const strings = Object.fromEntries(Object.entries(WORDS[lang]).filter(([key]) => /^(page|status|grade)-/.test(key)));
  const data = state ? ` data-valid="${state.valid}" data-known="${state.known}" data-from="${state.from}" data-path="${path}"` : "";
  return `<!doctype html>
<html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(state ? `Mock ${state.valid}` : "Mock")}</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/mock.css"><link rel="stylesheet" href="/static/islands.css">
<script type="module" src="/static/vigie.js"></script></head>
<body${data}><header><a href="/?lang=${lang}">vigie</a> <span data-swap="languages"><a hreflang="${other}" lang="${other}" href="${escape(`${path}?${swapped}`)}">${other}</a></span></header>
<main>${body}</main><script type="application/json" id="strings">${JSON.stringify(strings).replaceAll("<", "\\u003c")}</script></body></html>`;
}

/** What a query asks for, with the days that the server chooses. */
export function asked(query) {
  const known = query.known || plus(LAST, 12);
  const valid = query.valid || LAST;
  return { valid, known, from: query.from || plus(valid, -30), layer: query.layer || "assessed" };
}

/** The page of the situation. */
export function home(lang, query, all) {
  const state = asked(query);
  const now = situation(state, lang, all);
  const search = escape(new URLSearchParams({ valid: state.valid, known: state.known, from: state.from, lang }));
  const list = now.places.map((place) => `<li><h3><a href="${escape(place.url)}">${escape(place.name)}</a></h3>${place.holdings.map((holding) => `<p><a href="${escape(holding.url)}">${escape(holding.text)}</a></p>`).join("")}</li>`).join("");
  const compare = query.compare ? ` data-compare="${escape(query.compare)}"` : "";
  return shell(lang, "/", query, `<h1 data-swap="title">${escape(state.valid)}</h1>
<div id="timeline" data-src="/api/v1/days?known=${state.known}&amp;lang=${lang}"></div>
<div id="map" data-src="/api/v1/map?${search}"${compare}></div>
<form id="compare" action="/"><input type="hidden" name="lang" value="${lang}"><label>Compare <input type="date" name="compare" value="${escape(query.compare ?? "")}"></label> <button>OK</button></form>
<h2>${escape(WORDS[lang]["page-map-show-control"])}</h2><ul data-swap="places">${list}</ul>
<p data-swap="count">${now.events.rows.length}</p>`, state);
}

/** A page about one thing. */
export const plain = (lang, path, query) => shell(lang, path, query, `<h1>${escape(path)}</h1><p id="evidence">${escape(path.split("/").pop())}</p>`);
