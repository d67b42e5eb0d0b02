// Everything that is drawn from the data, in its order, and what lies under a click.
import type { View } from "./canvas";
import { about, besieged, encircled, type Holding, type Place, type Route, type Situation } from "./data";
import { precisionOf, readEvents, thin, type Events, type Heap } from "./events";
import { assign } from "./holders";
import { worldX, worldY } from "./mercator";
import { writeLabels, type Label } from "./labels";
import type { Palette } from "./palette";
import { drawControl, drawEncircled, drawEvent, drawOther, drawOtherPlace, drawRoute, drawSiege, drawStub, drawVague, eventRadius, type Control } from "./symbols";

/** What a reader wants to see. */
export interface Shown {
  control: boolean;
  routes: boolean;
  events: boolean;
}

/** Something drawn that can be asked about, at its point in pixels of the world. */
export type Mark = { x: number; y: number; radius: number } & (
  | { kind: "place"; place: Place }
  | { kind: "route"; route: Route }
  | { kind: "events"; heap: Heap }
);

/** Who holds a place, as it is drawn; nothing when nobody is said to. */
export function control(place: Place): Control | undefined {
  const holding = about(place, "control");
  const holder = holding?.by[0];
  if (!holding || holder === undefined) return undefined;
  const rival = holding.rivals.find((other) => other.by[0] !== undefined && other.by[0] !== holder)?.by[0];
  return {
    holder,
    rival: holding.status === "contested" ? rival : undefined,
    strength: strengthOf(holding),
    denied: holding.value === "not" || holding.value === false,
  };
}

function strengthOf(holding: Holding): Control["strength"] {
  if (["stale", "unattributed", "unknown"].includes(holding.status)) return "hollow";
  return ["presupposed", "inferred"].includes(holding.status) ? "derived" : "firm";
}

/** A situation made ready for drawing. */
export class Scene {
  readonly events: Events;
  private readonly others = new Map<string, string>();
  /** What the last drawing put where. */
  marks: Mark[] = [];

  constructor(readonly situation: Situation, readonly compared: Situation | undefined) {
    this.events = readEvents(situation.events);
    const places = [...situation.places, ...(compared?.places ?? [])];
    assign(places.flatMap((place) => about(place, "control")).flatMap((holding) => [...(holding?.by ?? []), ...(holding?.rivals ?? []).flatMap((rival) => rival.by)]));
    for (const place of compared?.places ?? []) {
      const other = control(place);
      if (other && !other.denied) this.others.set(place.id, other.holder);
    }
  }

  /** The places of both days of a comparison, each once. */
  places(): Place[] {
    const here = new Set(this.situation.places.map((place) => place.id));
    const only = (this.compared?.places ?? []).filter((place) => !here.has(place.id) && this.others.has(place.id));
    return [...this.situation.places, ...only.map((place) => ({ ...place, holdings: [] }))];
  }

  draw(context: CanvasRenderingContext2D, view: View, shown: Shown, colours: Palette): void {
    this.marks = [];
    const places = shown.control ? this.places().sort((a, b) => weight(a) - weight(b)) : [];
    if (shown.events) this.drawEvents(context, view, places, colours);
    if (shown.routes) for (const route of this.situation.routes) this.drawRoute(context, view, route, colours);
    const labels: Label[] = [];
    for (const place of places) this.drawPlace(context, view, place, labels, colours);
    writeLabels(context, labels.reverse(), view.seen, colours);
  }

  private drawRoute(context: CanvasRenderingContext2D, view: View, route: Route, colours: Palette): void {
    const ends = [route.from, route.to].map((end) => [worldX(end.lon) * view.scale, worldY(end.lat) * view.scale] as const);
    const [a, b] = ends as [readonly [number, number], readonly [number, number]];
    if (Math.hypot(a[0] - b[0], a[1] - b[1]) < 2) {
      const [x, y] = drawStub(context, a[0] - view.left, a[1] - view.top, placeRadius(view.zoom), route.value, colours);
      this.marks.push({ kind: "route", route, x: x + view.left, y: y + view.top, radius: 11 });
      return;
    }
    drawRoute(context, [a[0] - view.left, a[1] - view.top], [b[0] - view.left, b[1] - view.top], route.value, colours);
    this.marks.push({ kind: "route", route, x: (a[0] + b[0]) / 2, y: (a[1] + b[1]) / 2, radius: 9 });
  }

  private drawEvents(context: CanvasRenderingContext2D, view: View, places: Place[], colours: Palette): void {
    const radius = placeRadius(view.zoom);
    const spots = places.map((place) => [worldX(place.lon) * view.scale, worldY(place.lat) * view.scale] as const);
    for (const heap of thin(this.events, view)) {
      // An event at a place with a symbol would lie under it: it stands beside it, at the lower right.
      const spot = spots.find(([x, y]) => Math.hypot(x - heap.x, y - heap.y) < radius + 4);
      if (spot) [heap.x, heap.y] = [spot[0] + radius + 9, spot[1] + radius + 7];
      const size = eventRadius(this.events.origins[heap.head] as number);
      const precision = precisionOf(this.events, heap.head);
      drawEvent(context, heap.x - view.left, heap.y - view.top, size, precision, heap.rows.length > 1, colours);
      this.marks.push({ kind: "events", heap, x: heap.x, y: heap.y, radius: size });
    }
  }

  private drawPlace(context: CanvasRenderingContext2D, view: View, place: Place, labels: Label[], colours: Palette): void {
    const [worldLeft, worldTop] = [worldX(place.lon) * view.scale, worldY(place.lat) * view.scale];
    const [x, y] = [worldLeft - view.left, worldTop - view.top];
    if (x < -20 || y < -20 || x > view.width + 20 || y > view.height + 20) return;
    const radius = placeRadius(view.zoom);
    const [held, siege, other] = [control(place), besieged(place), this.others.get(place.id)];
    let reach = radius;
    if (place.precision !== "exact") {
      drawVague(context, x, y, radius, place.precision, colours);
      reach = radius + 5;
    }
    if (siege) {
      drawSiege(context, x, y, radius, siege.value === "partial", colours);
      reach = radius + 10;
    }
    if (encircled(place)) {
      drawEncircled(context, x, y, radius + (siege ? 4 : 0), colours);
      reach = radius + 14;
    }
    if (other !== undefined && other !== held?.holder) drawOther(context, x, y, radius, other, colours);
    if (held) drawControl(context, x, y, radius, held, colours);
    else drawOtherPlace(context, x, y, colours);
    labels.push({ text: place.name, x, y, reach });
    this.marks.push({ kind: "place", place, x: worldLeft, y: worldTop, radius: reach });
  }

  /** The places that are drawn where this one is: a symbol may hide another. This one first. */
  stacked(place: Place): Place[] {
    const spot = (mark: Mark): boolean => mark.kind === "place" && mark.place === place;
    const own = this.marks.find(spot);
    const others = this.marks.flatMap((mark) => (own && mark !== own && mark.kind === "place" && Math.hypot(mark.x - own.x, mark.y - own.y) < STACKED ? [mark.place] : []));
    return [place, ...others];
  }

  /** What lies at a point, in pixels of the world: the nearest mark, the last drawn first. */
  at(x: number, y: number, slack: number): Mark | undefined {
    let best: Mark | undefined;
    let nearest = Infinity;
    for (let index = this.marks.length - 1; index >= 0; index -= 1) {
      const mark = this.marks[index] as Mark;
      const distance = Math.hypot(mark.x - x, mark.y - y);
      if (distance <= mark.radius + slack && distance < nearest - 0.5) [best, nearest] = [mark, distance];
    }
    return best;
  }
}

/** Places nearer to each other than this many pixels cannot be clicked one by one. */
const STACKED = 8;

/** Far away symbols are smaller. */
const placeRadius = (zoom: number): number => (zoom < 6 ? 5 : zoom < 9 ? 6.5 : 8);

/** What lies on top: a siege over a dispute over the rest. */
function weight(place: Place): number {
  return (besieged(place) || encircled(place) ? 4 : 0) + (about(place, "control")?.status === "contested" ? 2 : 0) + (about(place, "control") ? 1 : 0);
}
