// The bar of days: how much happened on each, which days the page shows, and as known when.
import { el, getJson, wasAborted } from "../dom";
import { onChange, state, withState } from "../page";
import { say, writeCount, writeDay } from "../strings";
import { Chart } from "./chart";
import { knownSlider } from "./known";
import { readDays, type Days } from "./days";

/** Fills the element with the timeline of its `data-src`. */
export async function startTimeline(root: HTMLElement): Promise<void> {
  const source = root.dataset["src"] ?? "/api/v1/days";
  const status = el("p", { class: "isle-note", role: "status" }, say("page-time-loading"));
  const frame = el("div", { class: "isle-time" });
  let running: AbortController | undefined;

  const address = (known: string): string => {
    const url = new URL(withState(source, { valid: "", known, from: "", layer: "" }), document.baseURI);
    return url.pathname + url.search;
  };
  let all: Days;
  try {
    // Without a day of knowledge the server tells all it knows: the ghost behind the bars and the range of the slider.
    all = readDays(await getJson(address("")));
  } catch {
    status.textContent = say("page-time-failed");
    root.replaceChildren(status);
    return;
  }
  if (all.counts.size === 0) {
    root.replaceChildren();
    return;
  }
  const chart = new Chart(frame, all);
  const slider = knownSlider(all);
  root.replaceChildren(frame, el("div", { class: "isle-foot" }, status), slider.element);

  async function load(): Promise<void> {
    running?.abort();
    const { signal } = (running = new AbortController());
    try {
      const known = state().known === "" ? all : readDays(await getJson(address(state().known), signal));
      chart.show(known);
      tell(known);
      root.dataset["ready"] = "true";
    } catch (error) {
      if (!wasAborted(error)) status.textContent = say("page-time-failed");
    }
  }

  function tell(known: Days): void {
    const { from, valid } = chart.window();
    const events = known.sum(from, valid);
    status.textContent = `${writeDay(from)} – ${writeDay(valid)} · ${say("page-time-events")} ${writeCount(events)}`;
  }

  onChange((_next, change) => {
    slider.follow();
    chart.follow();
    if (change.known === undefined && chart.known) tell(chart.known);
    else void load();
  });
  await load();
}
