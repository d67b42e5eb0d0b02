// The map: an offline ground, the situation of a day over it, a legend beside it.
import L from "leaflet";
import { el, getJson, wasAborted } from "../dom";
import { onChange, state, withState } from "../page";
import { say, writeCount } from "../strings";
import { drawBasemap, loadBasemap, type Basemap } from "./basemap";
import { CanvasLayer } from "./canvas";
import { controls } from "./controls";
import type { Situation } from "./data";
import { extent } from "./extent";
import { legend } from "./legend";
import { palette } from "./palette";
import { describe } from "./popup";
import { Scene, type Shown } from "./scene";

/** Nothing is known more exactly than this shows. */
const NEAREST = 13;
/** So far from the middle of the map (pixels) the Enter key finds something. */
const REACH = 120;
/** A map that is so wide (pixels) has its legend open: it then stands in one row. */
const ROOM_FOR_LEGEND = 1000;
/** The buttons of the map take so much room at the left (pixels), and popups must not lie under them. */
const BUTTONS = 52;

/** Fills the element with the map of its `data-src`. */
export async function startMap(root: HTMLElement): Promise<void> {
  const shown: Shown = { control: true, routes: true, events: true };
  const source = root.dataset["src"] ?? "/api/v1/map";
  let colours = palette(root);
  let base: Basemap | undefined;
  let scene: Scene | undefined;
  let running: AbortController | undefined;

  const status = el("p", { class: "isle-note", role: "status" }, say("page-map-loading"));
  const ground = el("div", { class: "isle-map", id: "isle-map", role: "application", "aria-label": say("page-map-label"), "aria-describedby": "isle-map-help" });
  const help = el("p", { class: "isle-hidden", id: "isle-map-help" }, say("page-map-help"));
  const key = el("div", { class: "isle-legend" });
  // Where there is little room what follows the map comes first; who wants the legend opens it.
  const legendBox = el("details", { class: "isle-legend-box", open: root.clientWidth >= ROOM_FOR_LEGEND }, el("summary", {}, say("page-map-legend")), key);
  const bar = controls(shown, state().layer || "claimed", () => over.redraw(), () => fit());
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
  const open = (mark: ReturnType<Scene["at"]>): L.Popup | undefined => {
    if (!mark || !scene) return undefined;
    const at = map.layerPointToLatLng(L.point(mark.x, mark.y).subtract(map.getPixelOrigin()));
    const room = map.getSize().x - BUTTONS - 40;
    const popup = L.popup({
      maxWidth: Math.min(320, room),
      minWidth: Math.min(220, room),
      maxHeight: 320,
      autoPanPaddingTopLeft: [BUTTONS, 12],
      autoPanPaddingBottomRight: [12, 12],
      className: "isle-popup",
      offset: [0, -4],
    });
    popup.setLatLng(at).setContent(describe(mark, scene)).openOn(map);
    // Leaflet names its button in English.
    popup.getElement()?.querySelector(".leaflet-popup-close-button")?.setAttribute("aria-label", say("page-map-close"));
    return popup;
  };
  map.on("click", (event) => {
    const coarse = window.matchMedia("(pointer: coarse)").matches;
    open(hit(event.containerPoint, coarse ? 14 : 5));
  });
  ground.addEventListener("keydown", (event) => {
    // Leaflet hears this key only while the map itself has the focus, not a link of the popup.
    if (event.key === "Escape") map.closePopup();
    if (event.key !== "Enter" || event.target !== ground) return;
    event.preventDefault();
    const popup = open(hit(map.getSize().divideBy(2), REACH));
    popup?.getElement()?.querySelector("a")?.focus({ preventScroll: true });
    // The focus goes down with a popup that held it; whoever has moved on keeps it.
    popup?.on("remove", () => (document.activeElement === document.body || ground.contains(document.activeElement)) && ground.focus({ preventScroll: true }));
  });
  map.on("mousemove", (event) => ground.classList.toggle("isle-over", hit(event.containerPoint, 3) !== undefined));

  const paint = (): void => {
    colours = palette(root);
    under.redraw();
    over.redraw();
    if (scene) key.replaceChildren(...legend(scene, colours));
  };
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);

  const address = (day?: string): string => withState(source, { ...state(), ...(day ? { valid: day } : {}) });

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

  onChange((next) => {
    for (const radio of bar.querySelectorAll<HTMLInputElement>("input[type=radio]")) radio.checked = radio.value === (next.layer || "claimed");
    void load();
  });
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
