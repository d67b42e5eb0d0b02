// The bars of the days, as one path: thousands of elements would make the page slow.
import type { ScaleLinear } from "d3-scale";
import type { Selection } from "d3-selection";
import type { Days } from "./days";

/** Draws one bar for each day that has events. */
export function drawBars(
  group: Selection<SVGGElement, unknown, null, undefined> | Selection<Element & SVGGElement, unknown, null, undefined>,
  days: Days,
  [lo, hi]: [number, number],
  x: (day: number) => number,
  y: ScaleLinear<number, number>,
): void {
  const ground = y(0);
  let path = "";
  for (const [day, count] of days.counts) {
    if (day < lo || day > hi || count === 0) continue;
    const left = x(day);
    const room = x(day + 1) - left;
    const gap = room > 5 ? 1 : 0;
    // A single event of a busy year is still to be seen.
    const top = Math.min(y(count), ground - 1.5);
    path += `M${left.toFixed(1)},${ground}V${top.toFixed(1)}h${Math.max(1, room - gap).toFixed(1)}V${ground}z`;
  }
  const node = group.node();
  if (!node) return;
  let shape = node.querySelector("path");
  if (!shape) {
    shape = document.createElementNS("http://www.w3.org/2000/svg", "path");
    node.append(shape);
  }
  shape.setAttribute("d", path);
}
