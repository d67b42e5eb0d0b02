// Very many events: read once into arrays of numbers, then thinned to what a view can show.
import type { Precision, Table } from "./data";
import type { View } from "./canvas";
import { worldX, worldY } from "./mercator";

const PRECISIONS: Precision[] = ["exact", "near", "region", "country"];
/** Events nearer to each other than this many pixels are drawn as one; the next distance when more than `CROWD` are left. */
const CELLS = [13, 24, 40, 64];
/** So many symbols of events a view can hold and still be read, on a million pixels. */
const CROWD = 650;

/** Events in columns. */
export interface Events {
  count: number;
  x: Float64Array;
  y: Float64Array;
  precision: Uint8Array;
  origins: Uint16Array;
  /** A value of a row by the name of its column. */
  text(row: number, column: string): string;
}

/** Events that are drawn as one: the one with most origins stands for all. */
export interface Heap {
  head: number;
  rows: number[];
  /** Where it is drawn, in pixels of the world. */
  x: number;
  y: number;
}

/** Reads the rows of the server. */
export function readEvents(table: Table): Events {
  const column = new Map(table.columns.map((name, index) => [name, index]));
  const at = (name: string): number => column.get(name) ?? -1;
  const [lat, lon, precision, origins] = [at("lat"), at("lon"), at("precision"), at("origins")];
  const count = table.rows.length;
  const events: Events = {
    count,
    x: new Float64Array(count),
    y: new Float64Array(count),
    precision: new Uint8Array(count),
    origins: new Uint16Array(count),
    text: (row, name) => String(table.rows[row]?.[at(name)] ?? ""),
  };
  table.rows.forEach((row, index) => {
    // An event without a point stays off the map: nothing is worse than a symbol at a wrong place.
    const placed = typeof row[lat] === "number" && typeof row[lon] === "number";
    events.x[index] = placed ? worldX(row[lon] as number) : NaN;
    events.y[index] = placed ? worldY(row[lat] as number) : NaN;
    events.precision[index] = Math.max(0, PRECISIONS.indexOf(row[precision] as Precision));
    events.origins[index] = Number(row[origins] ?? 1);
  });
  return events;
}

/** How sure the point of an event is. */
export const precisionOf = (events: Events, row: number): Precision => PRECISIONS[events.precision[row] as number] ?? "exact";

/** The events of a view, those that would cover each other put together. */
export function thin(events: Events, view: View): Heap[] {
  const most = Math.max(200, (CROWD * view.width * view.height) / 1e6);
  let heaps: Heap[] = [];
  for (const cell of CELLS) {
    heaps = gather(events, view, cell);
    if (heaps.length <= most) break;
  }
  return heaps;
}

function gather(events: Events, view: View, size: number): Heap[] {
  const cells = new Map<number, Heap>();
  const { left, top, width, height, scale } = view;
  // Cells are counted from the corner of the world, or dragging the map would shuffle them.
  const columns = Math.ceil(scale / size) + 1;
  for (let row = 0; row < events.count; row += 1) {
    const x = (events.x[row] as number) * scale;
    const y = (events.y[row] as number) * scale;
    if (!(x >= left && x <= left + width && y >= top && y <= top + height)) continue;
    const cell = Math.floor(y / size) * columns + Math.floor(x / size);
    const heap = cells.get(cell);
    if (!heap) cells.set(cell, { head: row, rows: [row], x, y });
    else {
      heap.rows.push(row);
      if ((events.origins[row] as number) > (events.origins[heap.head] as number)) Object.assign(heap, { head: row, x, y });
    }
  }
  return [...cells.values()];
}
