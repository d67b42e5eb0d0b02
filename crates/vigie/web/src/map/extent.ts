// Where the map looks first: at the places, or where most events are.
import L from "leaflet";
import type { Scene } from "./scene";

/** The part of events in the far west, east, north and south that does not decide the view. */
const FAR = 0.02;

/** The box to look at. */
export function extent(scene: Scene): L.LatLngBoundsExpression {
  const points: [number, number][] = [
    ...scene.places().map((place): [number, number] => [place.lat, place.lon]),
    ...scene.situation.routes.flatMap((route): [number, number][] => [[route.from.lat, route.from.lon], [route.to.lat, route.to.lon]]),
  ];
  const found = points.length > 0 ? points : eventPoints(scene);
  if (found.length === 0) return [[-40, -80], [65, 120]];
  const middle = (values: number[]): [number, number] => {
    values.sort((a, b) => a - b);
    const cut = points.length > 0 ? 0 : Math.floor(values.length * FAR);
    return [values[cut] as number, values[values.length - 1 - cut] as number];
  };
  const [south, north] = middle(found.map(([lat]) => lat));
  const [west, east] = middle(found.map(([, lon]) => lon));
  return [[south, west], [north, east]];
}

function eventPoints(scene: Scene): [number, number][] {
  const { columns, rows } = scene.situation.events;
  const [lat, lon] = [columns.indexOf("lat"), columns.indexOf("lon")];
  return rows.flatMap((row): [number, number][] => {
    const point = [row[lat], row[lon]];
    return typeof point[0] === "number" && typeof point[1] === "number" ? [[point[0], point[1]]] : [];
  });
}
