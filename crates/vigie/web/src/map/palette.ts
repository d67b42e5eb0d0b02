// The colours of the map, read from the style sheet so that light and dark are decided in one place.

/** Colours for drawing. */
export interface Palette {
  land: string;
  coast: string;
  border: string;
  ink: string;
  halo: string;
  event: string;
  siege: string;
  cut: string;
  /** One for each holder, safe for the colour-blind. */
  holders: string[];
}

/** How many colours holders have. */
export const HOLDER_COLOURS = 7;

/** The colours that hold for an element now. */
export function palette(element: Element): Palette {
  const style = getComputedStyle(element);
  const colour = (name: string): string => style.getPropertyValue(`--isle-${name}`).trim();
  return {
    land: colour("land"),
    coast: colour("coast"),
    border: colour("border"),
    ink: colour("ink"),
    halo: colour("halo"),
    event: colour("event"),
    siege: colour("siege"),
    cut: colour("cut"),
    holders: Array.from({ length: HOLDER_COLOURS }, (_, index) => colour(`holder-${index + 1}`)),
  };
}
