// How each thing is drawn. The legend uses the same functions, so it cannot disagree with the map.
import type { Precision } from "./data";
import type { Palette } from "./palette";
import { styleOf } from "./holders";
import { outline } from "./shapes";

type Context = CanvasRenderingContext2D;

/** How sure a symbol of control looks: full, with a core only, or empty. */
export type Strength = "firm" | "derived" | "hollow";

/** Who holds a place, drawn. */
export interface Control {
  holder: string;
  rival?: string | undefined;
  strength: Strength;
  /** The source says that the holder does not hold it. */
  denied: boolean;
}

const withAlpha = (context: Context, alpha: number, draw: () => void): void => {
  context.globalAlpha = alpha;
  draw();
  context.globalAlpha = 1;
};

function half(context: Context, x: number, y: number, radius: number, left: boolean, draw: () => void): void {
  context.save();
  context.beginPath();
  context.rect(left ? x - radius * 3 : x, y - radius * 3, radius * 3, radius * 6);
  context.clip();
  draw();
  context.restore();
}

/** The symbol of a holder. */
export function drawControl(context: Context, x: number, y: number, radius: number, control: Control, colours: Palette): void {
  const one = (holder: string): void => {
    const style = styleOf(holder);
    const colour = colours.holders[style.colour] ?? colours.ink;
    const full = control.strength === "firm";
    outline(context, style.shape, x, y, radius);
    context.lineJoin = "round";
    context.strokeStyle = colours.halo;
    context.lineWidth = 4.5;
    context.stroke();
    context.fillStyle = full ? colour : colours.halo;
    context.fill();
    context.strokeStyle = full ? colours.ink : colour;
    context.lineWidth = full ? 1.2 : 2.4;
    context.stroke();
    if (full) return;
    // A light colour on a light ground needs an edge to be seen.
    outline(context, style.shape, x, y, radius + 1.6);
    context.strokeStyle = colours.ink;
    context.lineWidth = 0.8;
    context.stroke();
    if (control.strength === "hollow") return;
    outline(context, style.shape, x, y, radius * 0.48);
    context.fillStyle = colours.ink;
    context.fill();
  };
  if (control.rival === undefined) one(control.holder);
  else {
    half(context, x, y, radius, true, () => one(control.holder));
    half(context, x, y, radius, false, () => one(control.rival as string));
    context.beginPath();
    context.moveTo(x, y - radius * 1.5);
    context.lineTo(x, y + radius * 1.5);
    context.strokeStyle = colours.ink;
    context.lineWidth = 1.5;
    context.stroke();
  }
  if (control.denied) {
    context.beginPath();
    context.moveTo(x - radius * 1.3, y + radius * 1.3);
    context.lineTo(x + radius * 1.3, y - radius * 1.3);
    context.strokeStyle = colours.ink;
    context.lineWidth = 2;
    context.stroke();
  }
}

/** Who held it on the other day of a comparison: an empty outline around the symbol. */
export function drawOther(context: Context, x: number, y: number, radius: number, holder: string, colours: Palette): void {
  const style = styleOf(holder);
  outline(context, style.shape, x, y, radius + 6);
  context.lineJoin = "round";
  context.strokeStyle = colours.ink;
  context.lineWidth = 3.6;
  context.stroke();
  context.strokeStyle = colours.holders[style.colour] ?? colours.ink;
  context.lineWidth = 2.2;
  context.stroke();
}

/** A siege: two rings, broken when it is partial. */
export function drawSiege(context: Context, x: number, y: number, radius: number, partial: boolean, colours: Palette): void {
  for (const [colour, width] of [[colours.halo, 4], [colours.siege, 1.8]] as const) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.setLineDash(partial && colour === colours.siege ? [4, 3.5] : []);
    for (const ring of [radius + 5.5, radius + 9.5]) {
      context.beginPath();
      context.arc(x, y, ring, 0, 2 * Math.PI);
      context.stroke();
    }
  }
  context.setLineDash([]);
}

/** Cut off on all sides: strokes that point inwards. */
export function drawEncircled(context: Context, x: number, y: number, radius: number, colours: Palette): void {
  for (const [colour, width] of [[colours.halo, 4.5], [colours.siege, 2.2]] as const) {
    context.beginPath();
    for (let spoke = 0; spoke < 8; spoke += 1) {
      const angle = (Math.PI * (spoke + 0.5)) / 4;
      const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
      context.moveTo(x + (radius + 7.5) * cosine, y + (radius + 7.5) * sine);
      context.lineTo(x + (radius + 13) * cosine, y + (radius + 13) * sine);
    }
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.stroke();
  }
}

/** Around the symbol of a place whose point stands for something larger: what an event there would have. */
export function drawVague(context: Context, x: number, y: number, radius: number, precision: Precision, colours: Palette): void {
  if (precision === "near") {
    outline(context, "disc", x, y, radius + 5);
    context.fillStyle = colours.event;
    withAlpha(context, 0.18, () => context.fill());
    return;
  }
  outline(context, precision === "region" ? "square" : "diamond", x, y, radius + 5.5);
  context.strokeStyle = colours.event;
  context.lineWidth = 1.2;
  withAlpha(context, 0.8, () => context.stroke());
}

/** A place of which something else is known. */
export function drawOtherPlace(context: Context, x: number, y: number, colours: Palette): void {
  context.beginPath();
  context.arc(x, y, 4, 0, 2 * Math.PI);
  context.fillStyle = colours.halo;
  context.fill();
  context.strokeStyle = colours.ink;
  context.lineWidth = 1.4;
  context.stroke();
  context.beginPath();
  context.arc(x, y, 1.2, 0, 2 * Math.PI);
  context.fillStyle = colours.ink;
  context.fill();
}

/** A route: whole, dotted or broken off by a cross. */
export function drawRoute(context: Context, from: [number, number], to: [number, number], value: string, colours: Palette): void {
  const line = (): void => {
    context.beginPath();
    context.moveTo(...from);
    context.lineTo(...to);
    context.stroke();
  };
  context.lineCap = "round";
  context.strokeStyle = colours.halo;
  context.lineWidth = 5;
  line();
  context.strokeStyle = value === "open" ? colours.ink : colours.cut;
  context.lineWidth = 2.2;
  context.setLineDash(value === "cut" ? [9, 6] : value === "threatened" ? [0.5, 5] : []);
  if (value === "threatened") context.lineWidth = 3;
  line();
  context.setLineDash([]);
  if (value === "cut") {
    const [x, y] = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
    for (const [colour, width] of [[colours.halo, 6], [colours.cut, 2.6]] as const) {
      context.strokeStyle = colour;
      context.lineWidth = width;
      context.beginPath();
      for (const side of [-1, 1]) {
        context.moveTo(x - 6, y - 6 * side);
        context.lineTo(x + 6, y + 6 * side);
      }
      context.stroke();
    }
  }
  context.lineCap = "butt";
}

/** A route of which only the place it serves is known: a short piece of it beside the place. Returns its middle. */
export function drawStub(context: Context, x: number, y: number, radius: number, value: string, colours: Palette): [number, number] {
  const [near, far] = [radius * 0.7 + 4, radius * 0.7 + 26];
  drawRoute(context, [x - near, y + near], [x - far, y + far], value, colours);
  return [x - (near + far) / 2, y + (near + far) / 2];
}

/** How large an event is drawn: by how many independent origins tell of it. */
export const eventRadius = (origins: number): number => Math.min(9, 2.4 + 1.5 * Math.sqrt(Math.max(1, origins)));

/** An event; its shape says how sure its point is. */
export function drawEvent(context: Context, x: number, y: number, radius: number, precision: Precision, several: boolean, colours: Palette): void {
  const shape = precision === "region" ? "square" : precision === "country" ? "diamond" : "disc";
  const stroke = (): void => {
    context.strokeStyle = colours.halo;
    context.lineWidth = 3.4;
    context.stroke();
    context.strokeStyle = colours.event;
    context.lineWidth = 1.6;
    // A point that stands for a whole region must not weigh like one that is known.
    withAlpha(context, precision === "near" ? 1 : 0.7, () => context.stroke());
  };
  if (precision === "near") {
    outline(context, "disc", x, y, radius + 3.5);
    context.fillStyle = colours.event;
    withAlpha(context, 0.2, () => context.fill());
  }
  outline(context, shape, x, y, radius);
  if (precision === "exact") {
    context.strokeStyle = colours.halo;
    context.lineWidth = 1.6;
    context.stroke();
    context.fillStyle = colours.event;
    context.fill();
  } else stroke();
  if (several) {
    // A second, smaller point at the shoulder: more than one event lies under this one.
    outline(context, "disc", x + radius * 0.95, y - radius * 0.95, 2.2);
    context.strokeStyle = colours.halo;
    context.lineWidth = 2;
    context.stroke();
    context.fillStyle = colours.ink;
    context.fill();
  }
}
