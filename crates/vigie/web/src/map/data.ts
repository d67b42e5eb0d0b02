// The answer of the server about a day, as it comes over the wire.

/** How sure the point of a name is. */
export type Precision = "exact" | "near" | "region" | "country";

/** Whether several say so, or nobody knows. */
export type Status = "corroborated" | "claimed" | "unattributed" | "contested" | "presupposed" | "inferred" | "stale" | "unknown";

/** The value of a question. `null`: the holder is the answer. */
export type Value = null | string | boolean | { low: number; high: number; unit: string };

/** Another answer that somebody gives. */
export interface Rival {
  value: Value;
  by: string[];
  by_names: string[];
}

/** What holds at a place. */
export interface Holding {
  id: string;
  fluent: string;
  value: Value;
  by: string[];
  by_names: string[];
  status: Status;
  since: string | null;
  rivals: Rival[];
  text: string;
  url: string;
}

/** A place with what holds there. */
export interface Place {
  id: string;
  name: string;
  lat: number;
  lon: number;
  precision: Precision;
  url: string;
  holdings: Holding[];
}

/** An end of a route. */
export interface End {
  name: string;
  lat: number;
  lon: number;
}

/** A route between two places. */
export interface Route {
  id: string;
  name: string;
  from: End;
  to: End;
  value: "open" | "threatened" | "cut";
  status: Status;
  text: string;
  url: string;
}

/** Many events: the names of the columns once, then rows. */
export interface Table {
  columns: string[];
  rows: (string | number | null)[][];
  left_off: number;
}

/** What the map shows. */
export interface Situation {
  valid: string;
  known: string;
  from: string;
  layer: string;
  places: Place[];
  routes: Route[];
  events: Table;
}

/** The holding of a place about this question. */
export const about = (place: Place, fluent: string): Holding | undefined =>
  place.holdings.find((holding) => holding.fluent === fluent);

/** Does this place have a siege now? */
export const besieged = (place: Place): Holding | undefined => {
  const siege = about(place, "siege");
  return siege && siege.value !== "none" && siege.value !== false && siege.value !== null ? siege : undefined;
};

/** Is this place cut off on all sides? */
export const encircled = (place: Place): boolean => {
  const holding = about(place, "encircled");
  return holding?.value === true || holding?.value === "true";
};
