// Names on the map: the more important first, and none over another.
import type { Palette } from "./palette";

/** A name beside a point. */
export interface Label {
  text: string;
  x: number;
  y: number;
  /** How far the symbol reaches from its point. */
  reach: number;
}

const HEIGHT = 13;
/** Longer names are cut on the map; their popup and the list have them whole. */
const LONGEST = 30;

const short = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1).trimEnd()}…` : text);

/** Writes as many names as there is room for. */
export function writeLabels(context: CanvasRenderingContext2D, labels: Label[], seen: [number, number], colours: Palette): void {
  const taken: [number, number, number, number][] = labels.map(({ x, y }) => [x - 6, y - 6, x + 6, y + 6]);
  context.font = "600 12px system-ui, sans-serif";
  context.textBaseline = "middle";
  context.textAlign = "left";
  context.lineJoin = "round";
  labels.forEach(({ text: name, x, y, reach }, own) => {
    const text = short(name);
    const width = context.measureText(text).width;
    // At the edge of the view a name stands on the inner side.
    const right = x + reach + 5;
    const left = x - reach - 5 - width;
    const sides = right + width > seen[1] && left >= seen[0] ? [left, right] : [right, left];
    for (const start of sides) {
      const box = [start - 2, y - HEIGHT / 2, start + width + 2, y + HEIGHT / 2] as [number, number, number, number];
      const clash = taken.some((other, index) => index !== own && box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1]);
      if (clash) continue;
      taken.push(box);
      context.strokeStyle = colours.halo;
      context.lineWidth = 3.5;
      context.strokeText(text, start, y);
      context.fillStyle = colours.ink;
      context.fillText(text, start, y);
      break;
    }
  });
}
