// A layer of the map that is one canvas: it is drawn anew when the view stands still, and stretched while it zooms.
import L from "leaflet";

/** What a drawing needs to know of the view. */
export interface View {
  /** Size of the canvas in CSS pixels. */
  width: number;
  height: number;
  /** Where the canvas begins, in pixels of the world at this zoom. */
  left: number;
  top: number;
  /** Pixels of the whole world at this zoom. */
  scale: number;
  zoom: number;
  /** Where the part that is seen begins and ends, from left to right in the canvas. */
  seen: [number, number];
}

/** How far a canvas reaches beyond the view, as a share of it, so that dragging shows no empty edge. */
const MARGIN = 0.35;

/** Draws a view. */
export type Draw = (context: CanvasRenderingContext2D, view: View) => void;

/** One canvas in a pane of the map. */
export class CanvasLayer extends L.Layer {
  private readonly canvas = document.createElement("canvas");
  private center: L.LatLng | undefined;
  private zoom = 0;
  private map: L.Map | undefined;
  private waiting = 0;

  constructor(private readonly draw: Draw, pane: string) {
    super();
    L.setOptions(this, { pane });
    this.canvas.className = "leaflet-zoom-animated isle-canvas";
    this.canvas.setAttribute("aria-hidden", "true");
  }

  override onAdd(map: L.Map): this {
    this.map = map;
    this.getPane()?.append(this.canvas);
    this.reset();
    return this;
  }

  override onRemove(): this {
    this.canvas.remove();
    this.map = undefined;
    return this;
  }

  override getEvents(): Record<string, L.LeafletEventHandlerFn> {
    return {
      viewreset: () => this.reset(),
      moveend: () => this.reset(),
      resize: () => this.reset(),
      zoom: () => this.stretch(this.map?.getCenter(), this.map?.getZoom()),
      zoomanim: (event) => {
        const { center, zoom } = event as L.ZoomAnimEvent;
        this.stretch(center, zoom);
      },
    };
  }

  /** Draws again before the next frame, once however often it was asked for. */
  redraw(): void {
    cancelAnimationFrame(this.waiting);
    this.waiting = requestAnimationFrame(() => this.reset());
  }

  private reset(): void {
    const { map, canvas } = this;
    if (!map) return;
    const size = map.getSize();
    const margin = size.multiplyBy(MARGIN).round();
    const corner = map.containerPointToLayerPoint(margin.multiplyBy(-1)).round();
    const [width, height] = [size.x + 2 * margin.x, size.y + 2 * margin.y];
    const ratio = Math.min(window.devicePixelRatio || 1, 2);
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
      canvas.style.width = `${width}px`;
      canvas.style.height = `${height}px`;
    }
    L.DomUtil.setPosition(canvas, corner);
    this.center = map.getCenter();
    this.zoom = map.getZoom();
    const context = canvas.getContext("2d");
    if (!context) return;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    const origin = map.getPixelOrigin().add(corner);
    this.draw(context, { width, height, left: origin.x, top: origin.y, scale: 256 * 2 ** this.zoom, zoom: this.zoom, seen: [margin.x, width - margin.x] });
  }

  /** Moves and scales the drawn picture to where it belongs in a view that is not drawn yet. */
  private stretch(center: L.LatLng | undefined, zoom: number | undefined): void {
    const { map } = this;
    if (!map || !center || zoom === undefined || !this.center) return;
    const scale = map.getZoomScale(zoom, this.zoom);
    const half = map.getSize().multiplyBy(0.5);
    const margin = map.getSize().multiplyBy(MARGIN).round();
    const pane = L.DomUtil.getPosition(map.getPane("mapPane") as HTMLElement);
    const origin = map.project(center, zoom).subtract(half).add(pane).round();
    const offset = half.add(margin).multiplyBy(-scale).add(map.project(this.center, zoom)).subtract(origin);
    L.DomUtil.setTransform(this.canvas, offset, scale);
  }
}
