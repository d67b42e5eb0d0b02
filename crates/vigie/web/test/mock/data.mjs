// An invented conflict around Lake Chad: real places, invented parties, events and sentences.

const PLACES = {
  diffa: ["Diffa", 13.3154, 12.6113],
  bosso: ["Bosso", 13.6999, 13.3107],
  toumour: ["Toumour", 13.6688, 13.1234],
  nguigmi: ["Nguigmi", 14.2495, 13.1092],
  maine: ["Maïné-Soroa", 13.2114, 12.0241],
  baga: ["Baga", 13.0986, 13.8229],
  damasak: ["Damasak", 13.1108, 12.5081],
  kukawa: ["Kukawa", 12.9258, 13.5702],
};

/** Parties by id. */
const SIDES = {
  "army-north": { fr: "Armée du Nord", en: "Army of the North" },
  "lake-front": { fr: "Front du Lac", en: "Lake Front" },
  "river-militia": { fr: "Milice du Fleuve", en: "River Militia" },
};

const TEXT = {
  fr: { control: "tient", siege: "est assiégée", encircled: "est coupée de tous côtés", population: "habitants", cut: "est coupée", open: "est ouverte", threatened: "est menacée", event: "Accrochage" },
  en: { control: "holds", siege: "is besieged", encircled: "is cut off on all sides", population: "inhabitants", cut: "is cut", open: "is open", threatened: "is threatened", event: "Clash" },
};

export const FIRST = "2016-08-01";
export const LAST = "2016-10-15";

const MS = 86_400_000;
export const plus = (day, days) => new Date(Date.parse(day) + days * MS).toISOString().slice(0, 10);
const span = (from, to) => Math.round((Date.parse(to) - Date.parse(from)) / MS);

/** Numbers that look random and are the same each time. */
function* numbers(seed) {
  let value = seed;
  for (;;) {
    value = (Math.imul(value, 1664525) + 1013904223) >>> 0;
    yield value / 2 ** 32;
  }
}

/** All events: day of happening, day of the report, place. */
export function events(many) {
  const draw = numbers(7);
  const next = () => draw.next().value;
  const ids = Object.keys(PLACES);
  return Array.from({ length: many }, (_, index) => {
    const place = ids[Math.floor(next() * ids.length)];
    const day = plus(FIRST, Math.floor(next() * (span(FIRST, LAST) + 1)));
    const precision = ["exact", "exact", "near", "region", "country"][Math.floor(next() * 5)];
    // Few events of an archive share a point to the last digit when there are very many of them.
    const spread = many > 1000 ? 9 : precision === "near" ? 0.25 : precision === "exact" ? 0 : 0.7;
    return {
      id: `e${index}`,
      place,
      lat: PLACES[place][1] + (next() - 0.5) * spread,
      lon: PLACES[place][2] + (next() - 0.5) * spread,
      day,
      reported: plus(day, Math.floor(next() * 12)),
      precision,
      origins: 1 + Math.floor(next() ** 3 * 12),
    };
  });
}

/** The answer of /api/v1/map. */
export function situation({ valid, known, from, layer }, lang, all) {
  const say = TEXT[lang];
  const upTo = valid < known ? valid : known;
  const holding = (place, fluent, value, by, status, since, text, rivals = []) => ({
    id: `${place}-${fluent}`, fluent, value, by, by_names: by.map((id) => SIDES[id][lang]), status, since, rivals, text, url: `/evidence/${place}-${fluent}?lang=${lang}`,
  });
  const control = (place, by, status, since, rival) =>
    holding(place, "control", null, [by], status, since, `${SIDES[by][lang]} ${say.control} ${PLACES[place][0]}.`,
      rival ? [{ value: null, by: [rival], by_names: [SIDES[rival][lang]] }] : []);
  const taken = upTo >= "2016-09-04";
  const holdings = {
    diffa: [control("diffa", "army-north", "corroborated", "2016-08-02"), holding("diffa", "population", { low: 40000, high: 60000, unit: "people" }, [], "claimed", null, `40 000–60 000 ${say.population}`)],
    bosso: [control("bosso", taken ? "lake-front" : "army-north", "claimed", taken ? "2016-09-04" : "2016-08-02"),
      ...(taken ? [holding("bosso", "siege", "full", ["army-north"], "corroborated", "2016-09-06", `Bosso ${say.siege}.`)] : [])],
    toumour: [control("toumour", "army-north", "contested", "2016-08-20", "lake-front"), holding("toumour", "siege", "partial", ["lake-front"], "claimed", "2016-08-25", `Toumour ${say.siege}.`)],
    nguigmi: [control("nguigmi", "army-north", "stale", "2016-08-01")],
    maine: [control("maine", "river-militia", "inferred", "2016-08-11")],
    baga: [control("baga", "lake-front", layer === "claimed" ? "claimed" : "unattributed", "2016-08-05")],
    damasak: [control("damasak", "river-militia", "claimed", "2016-08-15"), holding("damasak", "encircled", true, [], "inferred", "2016-09-01", `Damasak ${say.encircled}.`)],
    kukawa: [holding("kukawa", "population", { low: 9000, high: 9000, unit: "people" }, [], "claimed", null, `9 000 ${say.population}`)],
  };
  const places = Object.entries(holdings).map(([id, held]) => ({
    id, name: PLACES[id][0], lat: PLACES[id][1], lon: PLACES[id][2], precision: "exact", url: `/places/${id}?lang=${lang}`, holdings: held,
  }));
  // A part of a town has the point of the town, and a symbol that hides it.
  places.push({ ...places[0], id: "diffa-market", name: `${PLACES.diffa[0]} (2)`, precision: "near", holdings: [control("diffa", "river-militia", "claimed", "2016-08-09")] });
  const end = (id) => ({ name: PLACES[id][0], lat: PLACES[id][1], lon: PLACES[id][2] });
  const route = (a, b, value) => ({ id: `${a}-${b}`, name: `${PLACES[a][0]} – ${PLACES[b][0]}`, from: end(a), to: end(b), value, status: "claimed", text: `${PLACES[a][0]} – ${PLACES[b][0]} : ${say[value]}.`, url: `/evidence/${a}-${b}?lang=${lang}` });
  const shown = all.filter((event) => event.day >= from && event.day <= valid && event.reported <= known);
  return {
    valid, known, from, layer, places,
    routes: [route("diffa", "maine", "open"), route("diffa", "bosso", taken ? "cut" : "open"), route("toumour", "nguigmi", "threatened")],
    events: {
      columns: ["id", "lat", "lon", "precision", "predicate", "label", "first", "last", "grade", "origins", "place"],
      rows: shown.map((event) => [event.id, event.lat, event.lon, event.precision, "clash", `${say.event} (${PLACES[event.place][0]})`, event.day, event.day, event.origins > 2 ? "corroborated" : "single-source", event.origins, PLACES[event.place][0]]),
      left_off: 0,
    },
  };
}

/** The answer of /api/v1/days. */
export function days(known, all) {
  const found = new Map();
  const of = (day) => found.get(day) ?? found.set(day, [day, 0, 0, 0]).get(day);
  for (const event of all) {
    if (event.reported > known) continue;
    of(event.day)[1] += 1;
    of(event.day)[2] += event.origins;
    of(event.reported)[3] += 1;
  }
  const rows = [...found.values()].sort((a, b) => (a[0] < b[0] ? -1 : 1));
  return { first: rows[0]?.[0] ?? null, last: rows.at(-1)?.[0] ?? null, days: rows };
}
