// Outlines of symbols. Shape says what colour says, for whoever does not see the colour.

/** The shapes of holders. */
export const SHAPES = ["disc", "square", "triangle", "diamond", "pentagon", "star", "cross"] as const;

/** One of them. */
export type Shape = (typeof SHAPES)[number];

function polygon(context: CanvasRenderingContext2D, x: number, y: number, radii: number[], corners: number, turn: number): void {
  for (let corner = 0; corner < corners; corner += 1) {
    const angle = turn + (2 * Math.PI * corner) / corners;
    const radius = radii[corner % radii.length] as number;
    context.lineTo(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
  }
  context.closePath();
}

const UP = -Math.PI / 2;

/** Begins the path of a shape; all look equally large. */
export function outline(context: CanvasRenderingContext2D, shape: Shape, x: number, y: number, radius: number): void {
  context.beginPath();
  switch (shape) {
    case "disc":
      context.arc(x, y, radius, 0, 2 * Math.PI);
      break;
    case "square":
      context.rect(x - radius * 0.88, y - radius * 0.88, radius * 1.76, radius * 1.76);
      break;
    case "triangle":
      polygon(context, x, y + radius * 0.2, [radius * 1.3], 3, UP);
      break;
    case "diamond":
      polygon(context, x, y, [radius * 1.25], 4, UP);
      break;
    case "pentagon":
      polygon(context, x, y, [radius * 1.1], 5, UP);
      break;
    case "star":
      polygon(context, x, y, [radius * 1.4, radius * 0.62], 10, UP);
      break;
    case "cross": {
      const [long, wide] = [radius * 1.12, radius * 0.44];
      for (const [dx, dy] of [[-wide, -long], [wide, -long], [wide, -wide], [long, -wide], [long, wide], [wide, wide], [wide, long], [-wide, long], [-wide, wide], [-long, wide], [-long, -wide], [-wide, -wide]] as const) {
        context.lineTo(x + dx, y + dy);
      }
      context.closePath();
      break;
    }
  }
}
