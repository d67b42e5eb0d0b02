// The second date: what was known on a day. A slider, because the answer is best seen by moving it.
import { el } from "../dom";
import { go, state } from "../page";
import { isDay, say, toDay, toNumber, writeDay } from "../strings";
import type { Days } from "./days";

/** The slider, and a way to make it follow the page. */
export interface KnownSlider {
  element: HTMLElement;
  follow(): void;
}

/** Moves are gathered for so long (ms) before the page is asked for. */
const PAUSE = 250;

/** A slider over the days on which something was reported. */
export function knownSlider(days: Days): KnownSlider {
  const known = state().known;
  const first = days.reported[0] ?? days.first;
  const last = Math.max(days.reported.at(-1) ?? days.last, isDay(known) ? toNumber(known) : -Infinity);
  const input = el("input", { type: "range", id: "isle-known", min: first, max: last, step: 1, "aria-describedby": "isle-known-help" });
  const output = el("output", { for: "isle-known" });
  const latest = el("button", { type: "button" }, say("page-time-latest"));
  let waiting = 0;

  const write = (): void => {
    const day = toDay(Number(input.value));
    output.textContent = writeDay(day);
    input.setAttribute("aria-valuetext", writeDay(day));
    latest.disabled = Number(input.value) >= last;
  };
  const follow = (): void => {
    input.value = String(isDay(state().known) ? toNumber(state().known) : last);
    write();
  };
  const send = (): void => go({ known: toDay(Number(input.value)) });
  input.addEventListener("input", () => {
    write();
    window.clearTimeout(waiting);
    waiting = window.setTimeout(send, PAUSE);
  });
  latest.addEventListener("click", () => go({ known: toDay(last) }));
  follow();
  const element = el(
    "div",
    { class: "isle-known" },
    el("label", { for: "isle-known" }, say("page-time-known")),
    input,
    output,
    latest,
    el("p", { class: "isle-note", id: "isle-known-help" }, say("page-time-known-help")),
  );
  return { element, follow };
}
