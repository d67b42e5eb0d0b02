// Makes the offline basemap: land, coast, borders and disputed lines of Natural Earth in one small TopoJSON.
import { readFile } from "node:fs/promises";
import { feature, mergeArcs, meshArcs, quantize } from "topojson-client";
import { topology } from "topojson-server";
import { filter, filterWeight, presimplify, simplify, sphericalRingArea, sphericalTriangleArea } from "topojson-simplify";

/** Bends of a coast smaller than this (steradians) are straightened: about 24 square kilometres. */
const COAST = 6e-7;
/** The same for a border: one square kilometre, since conflicts are read by borders and not by fjords. */
const BORDER = 2e-8;
/** Islands smaller than this (steradians) are left out: about 24 square kilometres. */
const SPECK = 6e-7;
/** Steps of a coordinate: 290 metres at the equator. */
const GRID = 1.4e5;

const read = async (path) => JSON.parse(await readFile(new URL(path, import.meta.url)));

/** The numbers of the arcs of lines, whichever way they run. */
const arcsOf = (lines) => lines.arcs.flat().map((arc) => (arc < 0 ? ~arc : arc));

/** A line cut into the pieces that are left when some arcs are taken out. */
function without(line, taken) {
  const pieces = [[]];
  for (const arc of line) {
    if (taken.has(arc < 0 ? ~arc : arc)) pieces.push([]);
    else pieces.at(-1).push(arc);
  }
  return pieces.filter((piece) => piece.length > 0);
}

/** The basemap as text; the same inputs give the same bytes. */
export async function basemap() {
  const atlas = await read("node_modules/world-atlas/countries-10m.json");
  const countries = feature(atlas, atlas.objects.countries);
  for (const country of countries.features) {
    delete country.properties;
    delete country.id;
  }
  let topo = topology({ countries, disputed: await read("data/disputed.json") });
  topo = presimplify(topo, sphericalTriangleArea);
  const coastal = new Set(arcsOf(meshArcs(topo, topo.objects.countries, (a, b) => a === b)));
  topo.arcs.forEach((arc, index) => {
    if (!coastal.has(index)) for (const point of arc) point[2] *= COAST / BORDER;
  });
  topo = simplify(topo, COAST);
  topo = filter(topo, filterWeight(topo, SPECK, sphericalRingArea));
  const { countries: shapes, disputed } = topo.objects;
  // A border that is also disputed would hide its dashes under a solid line.
  const doubtful = new Set(arcsOf(disputed));
  const settled = meshArcs(topo, shapes, (a, b) => a !== b);
  settled.arcs = settled.arcs.flatMap((line) => without(line, doubtful));
  topo.objects = {
    land: mergeArcs(topo, shapes.geometries),
    coast: meshArcs(topo, shapes, (a, b) => a === b),
    border: settled,
    disputed,
  };
  return `${JSON.stringify(quantize(topo, GRID))}\n`;
}
