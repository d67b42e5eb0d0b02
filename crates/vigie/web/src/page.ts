// The state of a page (which day, known when, since when), its address, and the pieces of it that change with them.
import { getHtml, swap } from "./swap";
import { isDay, say, writeDay, type Day } from "./strings";
import { announce } from "./live";
import { wasAborted } from "./dom";

/** What a page shows. Empty: the server chooses. */
export interface State {
  valid: Day;
  known: Day;
  from: Day;
  /** Whose account: what is told, or what follows from weighing it. */
  layer: Layer;
}

/** A layer of the situation; empty: what the server takes when it is not told. */
export type Layer = "" | "claimed" | "assessed";

type Listener = (state: State, change: Partial<State>) => void;

const listeners: Listener[] = [];
let running: AbortController | undefined;
let current: State | undefined;

const days = ["valid", "known", "from"] as const;
const keys = [...days, "layer"] as const;

/** The state that the page was delivered with. */
function delivered(): State {
  const { valid = "", known = "", from = "" } = document.body.dataset;
  const layer = new URLSearchParams(location.search).get("layer");
  return { valid, known, from, layer: layer === "claimed" || layer === "assessed" ? layer : "" };
}

/** The state now. */
export const state = (): State => (current ??= delivered());

/** Calls back after each change of state, and not for the present one. */
export const onChange = (listener: Listener): void => void listeners.push(listener);

/** The address of another page that is looked at in the same way: same days, layer and language. */
export function alike(path: string): string {
  const address = withState(path, state());
  const { lang } = document.documentElement;
  return lang === "" ? address : `${address}${address.includes("?") ? "&" : "?"}lang=${encodeURIComponent(lang)}`;
}

/** The address of this path in a state; what else it asks for stays. */
export function withState(address: string, wanted: State): string {
  const url = new URL(address, document.baseURI);
  for (const key of keys) {
    if (key === "layer" ? wanted.layer !== "" : isDay(wanted[key])) url.searchParams.set(key, wanted[key]);
    else url.searchParams.delete(key);
  }
  return url.pathname + url.search;
}

/** Goes to another state: address, contents and islands. */
export function go(change: Partial<State>): void {
  const next = { ...state(), ...change };
  if (keys.every((key) => next[key] === state()[key])) return;
  history.pushState(next, "", withState(location.pathname + location.search, next));
  void show(next);
}

async function show(next: State): Promise<void> {
  const before = state();
  current = next;
  const change = Object.fromEntries(keys.filter((key) => before[key] !== next[key]).map((key) => [key, next[key]])) as Partial<State>;
  for (const listener of listeners) listener(next, change);
  running?.abort();
  const mine = (running = new AbortController());
  document.body.setAttribute("aria-busy", "true");
  try {
    swap(await getHtml(location.pathname + location.search, mine.signal));
    announce(`${say("page-time-updated")} ${say("page-time-valid")}: ${writeDay(next.valid)}. ${say("page-time-known")} ${writeDay(next.known)}.`);
  } catch (error) {
    if (wasAborted(error)) return;
    announce(say("page-time-failed"));
  }
  if (running === mine) document.body.removeAttribute("aria-busy");
}

/** Makes the back button lead to the earlier state. */
export function followHistory(): void {
  const first = state();
  history.replaceState(first, "");
  window.addEventListener("popstate", (event) => {
    // A jump to an anchor makes an entry without a state: nothing is to be fetched for it.
    const past = event.state as State | null;
    if (past && keys.some((key) => past[key] !== state()[key])) void show(past);
  });
}
