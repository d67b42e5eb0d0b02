// What a reader can choose about the map: whose account it shows, and which kinds of things.
import { el } from "../dom";
import { go, type Layer } from "../page";
import { say } from "../strings";
import type { Shown } from "./scene";

const LAYERS = ["claimed", "assessed"] as const;
const KINDS: (keyof Shown)[] = ["control", "routes", "events"];

/** The bar over the map. */
export function controls(shown: Shown, layer: Layer, onShown: () => void, onWhole: () => void): HTMLElement {
  const radio = (name: Layer): HTMLElement => {
    const input = el("input", { type: "radio", name: "isle-layer", value: name, checked: name === layer });
    input.addEventListener("change", () => go({ layer: name }));
    return el("label", {}, input, say(`page-map-layer-${name}`));
  };
  const check = (kind: keyof Shown): HTMLElement => {
    const input = el("input", { type: "checkbox", checked: shown[kind] });
    input.addEventListener("change", () => {
      shown[kind] = input.checked;
      onShown();
    });
    return el("label", {}, input, say(`page-map-show-${kind}`));
  };
  const whole = el("button", { type: "button" }, say("page-map-whole"));
  whole.addEventListener("click", onWhole);
  return el(
    "div",
    { class: "isle-bar" },
    el("fieldset", {}, el("legend", {}, say("page-map-layer")), ...LAYERS.map(radio)),
    el("fieldset", {}, el("legend", {}, say("page-map-show")), ...KINDS.map(check)),
    whole,
  );
}
