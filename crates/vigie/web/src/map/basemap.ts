// The quiet ground under the data: land, coasts, borders, and dashed where somebody disputes them.
import { feature } from "topojson-client";
import { getJson } from "../dom";
import type { View } from "./canvas";
import { worldX, worldY } from "./mercator";
import type { Palette } from "./palette";

type Topology = Parameters<typeof feature>[0];

/** A line or ring in the square world, with the box around it. */
interface Path {
  points: Float64Array;
  box: [number, number, number, number];
}

/** What is drawn under the data. */
export interface Basemap {
  land: Path[];
  coast: Path[];
  border: Path[];
  disputed: Path[];
}

/** Coordinates on the line where maps are cut; an edge along it is no coast. */
const SEAM = 179.99;

function project(line: number[][]): Path {
  const points = new Float64Array(line.length * 2);
  const box: Path["box"] = [1, 1, 0, 0];
  line.forEach(([lon = 0, lat = 0], index) => {
    const [x, y] = [worldX(lon), worldY(lat)];
    points.set([x, y], index * 2);
    box[0] = Math.min(box[0], x);
    box[1] = Math.min(box[1], y);
    box[2] = Math.max(box[2], x);
    box[3] = Math.max(box[3], y);
  });
  return { points, box };
}

/** A coast without the pieces that run along the seam of the map. */
function unseamed(line: number[][]): number[][][] {
  const pieces: number[][][] = [[]];
  for (const point of line) {
    if (Math.abs(point[0] ?? 0) >= SEAM) pieces.push([]);
    else pieces.at(-1)?.push(point);
  }
  return pieces.filter((piece) => piece.length > 1);
}

/** Loads the basemap that lies beside this script. */
export async function loadBasemap(): Promise<Basemap> {
  const topology = await getJson<Topology>(new URL("basemap.json", import.meta.url).href);
  const lines = (name: string): number[][][] => {
    const shape = topology.objects[name];
    if (!shape) return [];
    const { geometry } = feature(topology, shape) as GeoJSON.Feature;
    if (geometry.type === "MultiPolygon") return geometry.coordinates.flat();
    return geometry.type === "MultiLineString" ? geometry.coordinates : [];
  };
  return {
    land: lines("land").map(project),
    coast: lines("coast").flatMap(unseamed).map(project),
    border: lines("border").map(project),
    disputed: lines("disputed").map(project),
  };
}

function trace(context: CanvasRenderingContext2D, view: View, paths: Path[], close: boolean): void {
  const { scale, left, top, width, height } = view;
  context.beginPath();
  for (const { points, box } of paths) {
    if (box[2] * scale < left || box[0] * scale > left + width || box[3] * scale < top || box[1] * scale > top + height) continue;
    let [lastX, lastY] = [Infinity, Infinity];
    for (let index = 0; index < points.length; index += 2) {
      const x = (points[index] as number) * scale - left;
      const y = (points[index + 1] as number) * scale - top;
      // Steps of less than half a pixel cost time and show nothing; the last point closes the line.
      if (index > 0 && index < points.length - 2 && Math.abs(x - lastX) + Math.abs(y - lastY) < 0.7) continue;
      if (index === 0) context.moveTo(x, y);
      else context.lineTo(x, y);
      [lastX, lastY] = [x, y];
    }
    if (close) context.closePath();
  }
}

/** Draws the ground. */
export function drawBasemap(context: CanvasRenderingContext2D, view: View, base: Basemap, colours: Palette): void {
  trace(context, view, base.land, true);
  context.fillStyle = colours.land;
  context.fill("evenodd");
  context.lineJoin = "round";
  context.lineWidth = 0.8;
  context.strokeStyle = colours.coast;
  trace(context, view, base.coast, false);
  context.stroke();
  context.lineWidth = view.zoom > 5 ? 1.2 : 0.9;
  context.strokeStyle = colours.border;
  trace(context, view, base.border, false);
  context.stroke();
  context.setLineDash([4, 4]);
  trace(context, view, base.disputed, false);
  context.stroke();
  context.setLineDash([]);
}
