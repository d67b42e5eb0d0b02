// The projection of the map: a square world from (0, 0) in the north-west to (1, 1), before any zoom.

/** Where the square world ends in the north and south. */
const LIMIT = 85.0511;

/** West to east. */
export const worldX = (lon: number): number => (lon + 180) / 360;

/** North to south. */
export const worldY = (lat: number): number => {
  const sine = Math.sin((Math.max(-LIMIT, Math.min(LIMIT, lat)) * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
};
