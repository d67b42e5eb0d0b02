// Counts a day, as the server gives them.
import { toNumber, type Day } from "../strings";

/** The answer of the server. */
interface Answer {
  first: Day | null;
  last: Day | null;
  days: [day: Day, events: number, claims: number, reported: number][];
}

/** What is told of the days of a conflict. */
export interface Days {
  /** Number of the first and last day. */
  first: number;
  last: number;
  /** Events by number of the day. */
  counts: Map<number, number>;
  /** Days on which something was reported, in order. */
  reported: number[];
  /** Events of a period, both ends included. */
  sum(from: Day, to: Day): number;
}

/** Reads the answer. */
export function readDays(answer: Answer): Days {
  const counts = new Map<number, number>();
  const reported: number[] = [];
  for (const [day, events, claims, reports] of answer.days) {
    const number = toNumber(day);
    if (events > 0 || claims > 0) counts.set(number, events);
    if (reports > 0) reported.push(number);
  }
  const all = [...counts.keys(), ...reported];
  const least = all.reduce((a, b) => Math.min(a, b), Infinity);
  const most = all.reduce((a, b) => Math.max(a, b), -Infinity);
  return {
    first: answer.first ? toNumber(answer.first) : least,
    last: answer.last ? toNumber(answer.last) : most,
    counts,
    reported: reported.sort((a, b) => a - b),
    sum(from, to) {
      let total = 0;
      for (const [day, events] of counts) if (day >= toNumber(from) && day <= toNumber(to)) total += events;
      return total;
    },
  };
}
