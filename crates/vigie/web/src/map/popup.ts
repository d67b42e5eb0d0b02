// What is said of a mark: sentences of the server, and where their evidence is.
import { el, local, some } from "../dom";
import { alike } from "../page";
import { say, writeCount, writeDay } from "../strings";
import { about, type Holding, type Place, type Route, type Situation } from "./data";
import type { Events } from "./events";
import type { Mark, Scene } from "./scene";

/** A popup lists so many events of one point; the page lists them all. */
const MOST = 12;

const link = (url: string, text: string): HTMLElement => el("a", { href: local(url) }, text);

function standing(status: string, since: string | null): HTMLElement {
  const words = since ? `${say(`status-${status}`)} · ${say("page-map-since")} ${writeDay(since)}` : say(`status-${status}`);
  return el("span", { class: `isle-status isle-status-${status}` }, words);
}

function holding(of: Holding): HTMLElement {
  const rivals = of.rivals.map((rival) => rival.by_names.join(", ")).filter((names) => names !== "");
  return el(
    "li",
    {},
    el("p", {}, of.text),
    el("p", { class: "isle-fine" }, standing(of.status, of.since)),
    ...some(rivals.length > 0 ? el("p", { class: "isle-fine" }, `${say("page-map-rival")} ${rivals.join(" ; ")}`) : null),
    el("p", {}, link(of.url, say("page-map-evidence"))),
  );
}

function place(of: Place, compared: Situation | undefined): HTMLElement {
  const twin = compared?.places.find((other) => other.id === of.id);
  const then = twin && about(twin, "control");
  return el(
    "div",
    { class: "isle-place" },
    el("p", { class: "isle-title" }, of.name),
    el("ul", {}, ...of.holdings.map(holding)),
    ...some(
      compared && then ? el("div", { class: "isle-other" }, el("p", {}, el("strong", {}, writeDay(compared.valid)), ` ${then.text}`), el("p", {}, link(then.url, say("page-map-evidence")))) : null,
      el("p", { class: "isle-more" }, link(of.url, say("page-map-place"))),
    ),
  );
}

function route(of: Route): HTMLElement {
  return el(
    "div",
    {},
    el("p", { class: "isle-title" }, of.name),
    el("p", {}, of.text),
    el("p", { class: "isle-fine" }, standing(of.status, null)),
    el("p", {}, link(of.url, say("page-map-evidence"))),
  );
}

function event(events: Events, row: number): HTMLElement {
  const [first, last] = [events.text(row, "first"), events.text(row, "last")];
  const days = first === last || last === "" ? writeDay(first) : `${writeDay(first)} – ${writeDay(last)}`;
  const origins = events.origins[row] as number;
  return el(
    "li",
    {},
    el("p", {}, link(alike(`/events/${encodeURIComponent(events.text(row, "id"))}`), events.text(row, "label"))),
    el("p", { class: "isle-fine" }, `${days} · ${say(`grade-${events.text(row, "grade")}`)} · ${say("page-map-origins")} ${writeCount(origins)}`),
  );
}

function heap(events: Events, rows: number[]): HTMLElement {
  const sorted = [...rows].sort((a, b) => (events.origins[b] as number) - (events.origins[a] as number) || a - b);
  const names = [...new Set(sorted.slice(0, MOST).map((row) => events.text(row, "place")).filter((name) => name !== ""))];
  return el(
    "div",
    {},
    el("p", { class: "isle-title" }, names.slice(0, 3).join(", ") || say("page-map-show-events")),
    el("ul", {}, ...sorted.slice(0, MOST).map((row) => event(events, row))),
    ...some(rows.length > MOST ? el("p", { class: "isle-fine" }, `+ ${writeCount(rows.length - MOST)} ${say("page-map-more")}`) : null),
  );
}

/** The contents of a popup. */
export function describe(mark: Mark, scene: Scene): HTMLElement {
  switch (mark.kind) {
    case "place":
      return el("div", {}, ...scene.stacked(mark.place).map((one) => place(one, scene.compared)));
    case "route":
      return route(mark.route);
    case "events":
      return heap(scene.events, mark.heap.rows);
  }
}
