// The map: an offline ground, the situation of a day over it, a legend beside it.
import L from "leaflet";
import { el, getJson, wasAborted } from "../dom";
import { onChange, state, withState } from "../page";
import { say, writeCount } from "../strings";
import { drawBasemap, loadBasemap, type Basemap } from "./basemap";
import { CanvasLayer } from "./canvas";
import { controls, type LayerName } from "./controls";
import type { Situation } from "./data";
import { extent } from "./extent";
import { legend } from "./legend";
import { palette } from "./palette";
import { describe } from "./popup";
import { Scene, type Shown } from "./scene";

/** Nothing is known more exactly than this shows. */
const NEAREST = 13;

/** Fills the element with the map of its `data-src`. */
export async function startMap(root: HTMLElement): Promise<void> {
  const shown: Shown = { control: true, routes: true, events: true };
  const source = root.dataset["src"] ?? "/api/v1/map";
  let layer: LayerName = new URL(source, document.baseURI).searchParams.get("layer") === "claimed" ? "claimed" : "assessed";
  let colours = palette(root);
  let base: Basemap | undefined;
  let scene: Scene | undefined;
  let running: AbortController | undefined;

  const status = el("p", { class: "isle-note", role: "status" }, say("page-map-loading"));
  const ground = el("div", { class: "isle-map", id: "isle-map", role: "application", "aria-label": say("page-map-label"), "aria-describedby": "isle-map-help" });
  const help = el("p", { class: "isle-hidden", id: "isle-map-help" }, say("page-map-help"));
  const key = el("div", { class: "isle-legend" });
  // Where there is little room the map comes first; who wants the legend opens it.
  const wide = window.matchMedia("(min-width: 48rem)").matches;
  const legendBox = el("details", { class: "isle-legend-box", open: wide }, el("summary", {}, say("page-map-legend")), key);
  const bar = controls(shown, layer, () => over.redraw(), (chosen) => { layer = chosen; void load(); }, () => fit());
  root.replaceChildren(bar, help, ground, el("div", { class: "isle-foot" }, status, el("p", { class: "isle-note" }, say("page-map-attribution"))), legendBox);

  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(ground, {
    attributionControl: false,
    zoomControl: false,
    minZoom: 2,
    maxZoom: NEAREST,
    zoomSnap: 0.5,
    maxBounds: [[-86, -270], [86, 270]],
    zoomAnimation: !calm,
    fadeAnimation: !calm,
    inertia: !calm,
    markerZoomAnimation: false,
  }).setView([20, 15], 2);
  L.control.zoom({ zoomInTitle: say("page-map-zoom-in"), zoomOutTitle: say("page-map-zoom-out") }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  const under = new CanvasLayer((context, view) => base && drawBasemap(context, view, base, colours), "tilePane").addTo(map);
  const over = new CanvasLayer((context, view) => scene?.draw(context, view, shown, colours), "overlayPane").addTo(map);

  const remember = (): void => {
    const { lat, lng } = map.getCenter();
    root.dataset["view"] = [lat.toFixed(5), lng.toFixed(5), map.getZoom()].join(",");
  };
  map.on("moveend", remember);
  remember();

  const fit = (): void => {
    if (scene) map.fitBounds(extent(scene), { padding: [36, 36], maxZoom: 10, animate: false });
  };

  const hit = (point: L.Point, slack: number): ReturnType<Scene["at"]> => {
    const at = map.containerPointToLayerPoint(point).add(map.getPixelOrigin());
    return scene?.at(at.x, at.y, slack);
  };
  map.on("click", (event) => {
    const coarse = window.matchMedia("(pointer: coarse)").matches;
    const mark = hit(event.containerPoint, coarse ? 14 : 5);
    if (!mark || !scene) return;
    const at = map.layerPointToLatLng(L.point(mark.x, mark.y).subtract(map.getPixelOrigin()));
    const popup = L.popup({ maxWidth: 320, minWidth: 220, maxHeight: 320, autoPanPadding: [12, 12], className: "isle-popup", offset: [0, -4] });
    popup.setLatLng(at).setContent(describe(mark, scene)).openOn(map);
    // Leaflet names its button in English.
    popup.getElement()?.querySelector(".leaflet-popup-close-button")?.setAttribute("aria-label", say("page-map-close"));
  });
  map.on("mousemove", (event) => ground.classList.toggle("isle-over", hit(event.containerPoint, 3) !== undefined));

  const paint = (): void => {
    colours = palette(root);
    under.redraw();
    over.redraw();
    if (scene) key.replaceChildren(...legend(scene, colours));
  };
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);

  const address = (day?: string): string => {
    const url = new URL(withState(source, { ...state(), ...(day ? { valid: day } : {}) }), document.baseURI);
    url.searchParams.set("layer", layer);
    return url.pathname + url.search;
  };

  async function load(): Promise<void> {
    running?.abort();
    const { signal } = (running = new AbortController());
    const first = scene === undefined;
    const other = root.dataset["compare"];
    delete root.dataset["ready"];
    try {
      const [now, then] = await Promise.all([
        getJson<Situation>(address(), signal),
        other ? getJson<Situation>(address(other), signal) : undefined,
      ]);
      scene = new Scene(now, then);
      map.closePopup();
      paint();
      if (first) fit();
      tell(now);
      root.dataset["ready"] = "true";
    } catch (error) {
      if (!wasAborted(error)) status.textContent = say("page-map-failed");
    }
  }

  function tell(now: Situation): void {
    const count = now.events.rows.length;
    const left = now.events.left_off;
    status.textContent = [
      `${say("page-map-count-places")} ${writeCount(now.places.length)}`,
      `${say("page-map-count-events")} ${writeCount(count)}`,
      ...(left > 0 ? [`${say("page-map-left-off")} ${writeCount(left)}`] : []),
    ].join(" · ");
  }

  onChange(() => void load());
  const ready = load();
  loadBasemap().then(
    (loaded) => {
      base = loaded;
      under.redraw();
      root.dataset["ground"] = "true";
    },
    () => (status.textContent = say("page-map-failed")),
  );
  await ready;
}
