// One polite region that tells readers of screens what changed.
import { el } from "./dom";

let region: HTMLElement | undefined;

/** Says a sentence without moving the focus. */
export function announce(text: string): void {
  if (!region) {
    region = el("div", { class: "isle-hidden", role: "status", "aria-live": "polite", id: "isle-live" });
    document.body.append(region);
  }
  region.textContent = text;
}
