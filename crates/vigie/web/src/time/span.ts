// How many days the chart shows: over years a day is too narrow to be chosen.

/** The spans to choose from. */
export const SPANS = ["all", "year", "quarter"] as const;

/** One of them. */
export type Span = (typeof SPANS)[number];

const LENGTH: Record<Span, number> = { all: Infinity, year: 365, quarter: 91 };

/** Does this span show less than so many days? */
export const shorter = (span: Span, days: number): boolean => LENGTH[span] < days;

/** The first and last day of a span that holds a day well inside. */
export function around(span: Span, limits: [number, number], day: number): [number, number] {
  const length = LENGTH[span];
  const [first, last] = limits;
  if (last - first <= length) return [first, last];
  // Two thirds before the day: what led to it matters more than what came of it.
  const lo = Math.max(first, Math.min(last - length, day - Math.round(length * 0.66)));
  return [lo, lo + length];
}
