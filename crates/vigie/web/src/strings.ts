// What the page gives in its own language: words for the islands, and dates written as readers of that language write them.

let words: Record<string, string> | undefined;

/** The text of a key; the key itself when the page does not give it, so that a gap is seen and nothing breaks. */
export function say(key: string): string {
  if (words === undefined) {
    const island = document.getElementById("strings");
    words = JSON.parse(island?.textContent || "{}") as Record<string, string>;
  }
  return words[key] ?? key;
}

const lang = (): string => document.documentElement.lang || "en";

/** A day as `YYYY-MM-DD`. */
export type Day = string;

const MS = 86_400_000;

/** Days since 1970-01-01. */
export const toNumber = (day: Day): number => Math.round(Date.parse(`${day}T00:00:00Z`) / MS);

/** The day with this number. */
export const toDay = (number: number): Day => new Date(number * MS).toISOString().slice(0, 10);

/** Is this a day? */
export const isDay = (text: string | null | undefined): text is Day => /^\d{4}-\d\d-\d\d$/.test(text ?? "");

const formats = new Map<string, Intl.DateTimeFormat>();

function format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify(options);
  let found = formats.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(lang(), { ...options, timeZone: "UTC" });
    formats.set(key, found);
  }
  return found;
}

/** A day for a reader. */
export const writeDay = (day: Day): string => (isDay(day) ? format({ dateStyle: "medium" }).format(Date.parse(day)) : day);

/** The mark of an axis: a day, a month or a year, whichever begins here. */
export function writeTick(at: Date): string {
  if (at.getUTCDate() !== 1) return format({ day: "numeric", month: "short" }).format(at);
  if (at.getUTCMonth() !== 0) return format({ month: "short", year: "numeric" }).format(at);
  return format({ year: "numeric" }).format(at);
}

/** A count for a reader. */
export const writeCount = (count: number): string => new Intl.NumberFormat(lang()).format(count);
