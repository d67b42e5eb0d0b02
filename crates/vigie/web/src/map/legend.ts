// The legend: every symbol that the map can show, drawn by the functions that draw the map.
import { el } from "../dom";
import { say, writeDay } from "../strings";
import { about } from "./data";
import type { Palette } from "./palette";
import type { Scene } from "./scene";
import * as draw from "./symbols";

const [WIDTH, HEIGHT] = [44, 36];

function entry(text: string, paint: (context: CanvasRenderingContext2D, x: number, y: number) => void): HTMLElement {
  const ratio = Math.min(window.devicePixelRatio || 1, 2);
  const canvas = el("canvas", { width: WIDTH * ratio, height: HEIGHT * ratio, "aria-hidden": "true" });
  const context = canvas.getContext("2d");
  if (context) {
    context.scale(ratio, ratio);
    paint(context, WIDTH / 2, HEIGHT / 2);
  }
  return el("li", {}, canvas, el("span", {}, text));
}

/** The holders that are drawn, with their names, most places first. */
function holders(scene: Scene): [string, string][] {
  const found = new Map<string, { name: string; places: number }>();
  for (const place of [...scene.situation.places, ...(scene.compared?.places ?? [])]) {
    const holding = about(place, "control");
    for (const side of holding ? [holding, ...holding.rivals] : []) {
      const id = side.by[0];
      if (id === undefined) continue;
      const known = found.get(id) ?? { name: side.by_names[0] ?? id, places: 0 };
      found.set(id, { ...known, places: known.places + 1 });
    }
  }
  return [...found].sort((a, b) => b[1].places - a[1].places || a[1].name.localeCompare(b[1].name)).map(([id, { name }]) => [id, name]);
}

/** The groups of the legend for what is shown. */
export function legend(scene: Scene, colours: Palette): HTMLElement[] {
  const firm = { strength: "firm", denied: false } as const;
  const sides = holders(scene);
  const one = sides[0]?.[0] ?? "a";
  const two = sides[1]?.[0] ?? "b";
  // No headings: the page around decides which level they would have.
  const group = (key: string, ...entries: HTMLElement[]): HTMLElement =>
    el("div", {}, el("p", { class: "isle-title", id: `isle-${key}` }, say(key)), el("ul", { "aria-labelledby": `isle-${key}` }, ...entries));
  const held = (text: string, of: Partial<draw.Control>): HTMLElement =>
    entry(text, (context, x, y) => draw.drawControl(context, x, y, 7.5, { holder: one, ...firm, ...of }, colours));
  const route = (value: string): HTMLElement =>
    entry(say(`page-map-legend-route-${value}`), (context, _x, y) => draw.drawRoute(context, [5, y], [WIDTH - 5, y], value, colours));
  const event = (precision: "exact" | "near" | "region" | "country"): HTMLElement =>
    entry(say(`page-map-legend-event-${precision}`), (context, x, y) => draw.drawEvent(context, x, y, 6, precision, false, colours));
  const { compared } = scene;
  return [
    ...(sides.length > 0 ? [group("page-map-legend-holders", ...sides.map(([id, name]) => held(name, { holder: id })))] : []),
    group(
      "page-map-legend-knowledge",
      held(say("page-map-legend-firm"), {}),
      held(say("page-map-legend-derived"), { strength: "derived" }),
      held(say("page-map-legend-hollow"), { strength: "hollow" }),
      held(say("page-map-legend-contested"), { rival: two }),
      held(say("page-map-legend-denied"), { strength: "hollow", denied: true }),
      entry(say("page-map-legend-other"), (context, x, y) => draw.drawOtherPlace(context, x, y, colours)),
      ...(compared ? [entry(`${say("page-map-legend-compared")} ${writeDay(compared.valid)}`, (context, x, y) => draw.drawOther(context, x, y, 6, one, colours))] : []),
    ),
    group(
      "page-map-legend-situation",
      entry(say("page-map-legend-siege"), (context, x, y) => draw.drawSiege(context, x, y, 4, false, colours)),
      entry(say("page-map-legend-siege-partial"), (context, x, y) => draw.drawSiege(context, x, y, 4, true, colours)),
      entry(say("page-map-legend-encircled"), (context, x, y) => draw.drawEncircled(context, x, y, 3, colours)),
      route("open"),
      route("threatened"),
      route("cut"),
      entry(say("page-map-legend-route-stub"), (context) => draw.drawStub(context, WIDTH - 8, 1, 4, "open", colours)),
      entry(say("page-map-legend-disputed"), (context, _x, y) => disputed(context, y, colours)),
    ),
    group(
      "page-map-legend-events",
      event("exact"),
      event("near"),
      event("region"),
      event("country"),
      entry(say("page-map-legend-size"), (context, _x, y) => {
        draw.drawEvent(context, 12, y, draw.eventRadius(1), "exact", false, colours);
        draw.drawEvent(context, 30, y, draw.eventRadius(16), "exact", false, colours);
      }),
      entry(say("page-map-legend-several"), (context, x, y) => draw.drawEvent(context, x, y, 6, "exact", true, colours)),
    ),
  ];
}

function disputed(context: CanvasRenderingContext2D, y: number, colours: Palette): void {
  context.beginPath();
  context.moveTo(4, y);
  context.lineTo(WIDTH - 4, y);
  context.setLineDash([4, 4]);
  context.lineWidth = 1.2;
  context.strokeStyle = colours.border;
  context.stroke();
}
