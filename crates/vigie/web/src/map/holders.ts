// Which colour and which shape stand for a holder: told by its id, so that they are the same on every page and day.
import { HOLDER_COLOURS } from "./palette";
import { SHAPES, type Shape } from "./shapes";

/** How a holder is drawn. */
export interface Style {
  colour: number;
  shape: Shape;
}

const STORE = "vigie-holders";
const styles = new Map<string, Style>(remembered());

function remembered(): [string, Style][] {
  try {
    return JSON.parse(sessionStorage.getItem(STORE) ?? "[]") as [string, Style][];
  } catch {
    // No store, or not ours: the styles are worked out again.
    return [];
  }
}

/** A number that depends on the letters only (FNV-1a). */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const letter of new TextEncoder().encode(text)) value = Math.imul(value ^ letter, 0x01000193) >>> 0;
  return value;
}

/**
 * Gives each of these holders its style. The id chooses; where two would be alike, the later one in the alphabet takes the next free
 * colour and shape, and what was once given in this tab stays.
 */
export function assign(holders: Iterable<string>): void {
  const before = styles.size;
  for (const holder of [...new Set(holders)].sort()) {
    if (styles.has(holder)) continue;
    const taken = [...styles.values()];
    const wish = hash(holder);
    const free = (part: "colour" | "shape", from: number, count: number): number => {
      const uses = Array.from({ length: count }, () => 0);
      for (const style of taken) {
        const at = part === "colour" ? style.colour : SHAPES.indexOf(style.shape);
        uses[at] = (uses[at] ?? 0) + 1;
      }
      const least = Math.min(...uses);
      for (let step = 0; step < count; step += 1) if (uses[(from + step) % count] === least) return (from + step) % count;
      return from % count;
    };
    const colour = free("colour", wish, HOLDER_COLOURS);
    const shape = SHAPES[free("shape", Math.floor(wish / HOLDER_COLOURS), SHAPES.length)] ?? "disc";
    styles.set(holder, { colour, shape });
  }
  if (styles.size === before) return;
  try {
    sessionStorage.setItem(STORE, JSON.stringify([...styles]));
  } catch {
    // A full or forbidden store costs only that a later page may choose anew.
  }
}

/** The style of a holder. */
export function styleOf(holder: string): Style {
  if (!styles.has(holder)) assign([holder]);
  return styles.get(holder) as Style;
}
