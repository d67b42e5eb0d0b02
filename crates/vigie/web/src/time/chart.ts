// Bars of days with a window over them: its right end is the day that the page shows, its left end where events begin.
import { axisBottom, axisLeft } from "d3-axis";
import { brushX, type D3BrushEvent } from "d3-brush";
import { scaleLinear, scaleUtc, type ScaleTime } from "d3-scale";
import { select, type Selection } from "d3-selection";
import { el } from "../dom";
import { go, state } from "../page";
import { isDay, say, toDay, toNumber, writeCount, writeDay, writeTick, type Day } from "../strings";
import type { Days } from "./days";
import { Handles } from "./handles";
import { drawBars } from "./bars";
import { SPANS, around, shorter, type Span } from "./span";

const HEIGHT = 128;
const EDGE = { left: 34, right: 12, top: 10, bottom: 22 };
const MS = 86_400_000;

type Svg = Selection<SVGSVGElement, unknown, null, undefined>;

/** The chart in its frame. */
export class Chart {
  /** What was known on the day of knowledge; drawn over all that was ever known. */
  known: Days | undefined;
  private readonly svg: Svg;
  private readonly hover = el("p", { class: "isle-note isle-hover", "aria-hidden": "true" });
  private readonly handles: Handles;
  private span: Span;
  private scale: ScaleTime<number, number> = scaleUtc();
  private width = 0;
  private readonly brush = brushX<unknown>().handleSize(9);

  constructor(frame: HTMLElement, private readonly all: Days) {
    const [first, last] = this.limits();
    this.span = last - first > 800 ? "year" : "all";
    const node = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    this.svg = select(node).attr("class", "isle-chart").attr("height", HEIGHT).attr("role", "group").attr("aria-label", say("page-time-label")).attr("aria-describedby", "isle-time-help");
    for (const name of ["isle-axis-y", "isle-ghost", "isle-bars", "isle-axis-x"]) this.svg.append("g").attr("class", name).attr("aria-hidden", "true");
    const area = this.svg.append("g").attr("class", "isle-brush");
    this.handles = new Handles((from, valid) => go({ from: toDay(from), valid: toDay(valid) }), (from, valid) => this.place(from, valid));
    this.brush.on("brush", (event: D3BrushEvent<unknown>) => this.moved(event)).on("end", (event: D3BrushEvent<unknown>) => this.released(event));
    area.on("pointermove", (event: PointerEvent) => this.point(event)).on("pointerleave", () => (this.hover.textContent = ""));
    const help = el("p", { class: "isle-note", id: "isle-time-help" }, say("page-time-help"));
    frame.append(this.spans(last - first), node, this.hover, help);
    new ResizeObserver(() => this.draw()).observe(frame);
  }

  /** The window that the page shows. */
  window(): { from: Day; valid: Day } {
    const { from, valid } = state();
    const end = isDay(valid) ? valid : toDay(this.all.last);
    return { from: isDay(from) && from <= end ? from : toDay(Math.min(this.all.first, toNumber(end))), valid: end };
  }

  /** Shows these days as the known ones. */
  show(known: Days): void {
    this.known = known;
    this.draw();
  }

  /** Moves the window to where the page is. */
  follow(): void {
    this.draw();
  }

  private limits(): [number, number] {
    const { from, valid } = this.window();
    return [Math.min(this.all.first, toNumber(from)), Math.max(this.all.last, toNumber(valid))];
  }

  private spans(length: number): HTMLElement {
    const bar = el("div", { class: "isle-bar isle-spans", role: "group", "aria-label": say("page-time-span") });
    const useful = SPANS.filter((span) => span === "all" || shorter(span, length));
    if (useful.length < 2) return bar;
    for (const span of useful) {
      const button = el("button", { type: "button", "aria-pressed": String(span === this.span) }, say(`page-time-span-${span}`));
      button.addEventListener("click", () => {
        this.span = span;
        for (const other of bar.children) other.setAttribute("aria-pressed", String(other === button));
        this.draw();
      });
      bar.append(button);
    }
    return bar;
  }

  private draw(): void {
    const node = this.svg.node() as SVGSVGElement;
    this.width = node.parentElement?.clientWidth ?? 0;
    if (this.width === 0) return;
    const { width } = this;
    const { from, valid } = this.window();
    const [lo, hi] = around(this.span, this.limits(), toNumber(valid));
    this.scale = scaleUtc([new Date(lo * MS), new Date((hi + 1) * MS)], [EDGE.left, width - EDGE.right]);
    let most = 1;
    for (const [day, count] of this.all.counts) if (day >= lo && day <= hi) most = Math.max(most, count);
    const height = scaleLinear([0, most], [HEIGHT - EDGE.bottom, EDGE.top]).nice(3);
    this.svg.attr("width", width).attr("viewBox", `0 0 ${width} ${HEIGHT}`);
    const x = (day: number): number => this.scale(day * MS);
    drawBars(this.svg.select("g.isle-ghost"), this.all, [lo, hi], x, height);
    drawBars(this.svg.select("g.isle-bars"), this.known ?? this.all, [lo, hi], x, height);
    const ticks = this.scale.ticks(Math.max(2, Math.floor(width / 110))).filter((tick) => tick.getTime() % MS === 0);
    this.svg.select<SVGGElement>("g.isle-axis-x").attr("transform", `translate(0,${HEIGHT - EDGE.bottom})`)
      .call(axisBottom<Date>(this.scale).tickValues(ticks).tickFormat((tick) => writeTick(tick)).tickSizeOuter(0));
    this.svg.select<SVGGElement>("g.isle-axis-y").attr("transform", `translate(${EDGE.left},0)`)
      .call(axisLeft<number>(height).tickValues(height.ticks(3).filter(Number.isInteger)).tickFormat((tick) => writeCount(tick)).tickSize(-(width - EDGE.left - EDGE.right)));
    const area = this.svg.select<SVGGElement>("g.isle-brush");
    this.brush.extent([[EDGE.left, EDGE.top - 4], [width - EDGE.right, HEIGHT - EDGE.bottom]]);
    area.call(this.brush);
    this.handles.attach(area, this.limits(), toNumber(from), toNumber(valid));
    this.place(toNumber(from), toNumber(valid));
  }

  /** Puts the window over these days without telling the page. */
  private place(from: number, valid: number): void {
    const [left, right] = this.scale.range() as [number, number];
    const inside = (x: number): number => Math.max(left, Math.min(right, x));
    this.svg.select<SVGGElement>("g.isle-brush").call(this.brush.move, [inside(this.scale(from * MS)), inside(this.scale((valid + 1) * MS))]);
  }

  private days(selection: [number, number]): [number, number] {
    const from = Math.round(this.scale.invert(selection[0]).getTime() / MS);
    return [from, Math.max(from, Math.round(this.scale.invert(selection[1]).getTime() / MS) - 1)];
  }

  private moved(event: D3BrushEvent<unknown>): void {
    if (!event.sourceEvent || !event.selection) return;
    const [from, valid] = this.days(event.selection as [number, number]);
    this.hover.textContent = `${writeDay(toDay(from))} – ${writeDay(toDay(valid))}`;
  }

  private released(event: D3BrushEvent<unknown>): void {
    if (!event.sourceEvent) return;
    const window = this.window();
    if (!event.selection) {
      // A click without a drag: the window keeps its length and ends on that day.
      const { left } = (this.svg.node() as SVGSVGElement).getBoundingClientRect();
      const pointer = event.sourceEvent as MouseEvent;
      const day = this.dayAt(pointer.clientX - left);
      const length = toNumber(window.valid) - toNumber(window.from);
      go({ valid: toDay(day), from: toDay(day - length) });
      this.draw();
      return;
    }
    let [from, valid] = this.days(event.selection as [number, number]);
    const mode = event.mode as string;
    // An end that was not moved keeps its day, even where it lies outside of the picture.
    if (mode === "handle") {
      const moved = { from: from !== this.clamped(window.from), valid: valid !== this.clamped(window.valid) };
      if (!moved.from) from = toNumber(window.from);
      if (!moved.valid) valid = toNumber(window.valid);
    }
    go({ from: toDay(from), valid: toDay(valid) });
    this.draw();
  }

  private clamped(day: Day): number {
    const [lo, hi] = this.scale.domain() as [Date, Date];
    return Math.max(lo.getTime() / MS, Math.min(hi.getTime() / MS - 1, toNumber(day)));
  }

  private dayAt(x: number): number {
    return Math.floor(this.scale.invert(x).getTime() / MS);
  }

  private point(event: PointerEvent): void {
    if (event.buttons !== 0) return;
    const { left } = (this.svg.node() as SVGSVGElement).getBoundingClientRect();
    const day = this.dayAt(event.clientX - left);
    const now = this.known?.counts.get(day) ?? 0;
    const later = (this.all.counts.get(day) ?? 0) - now;
    this.hover.textContent = `${writeDay(toDay(day))} · ${say("page-time-events")} ${writeCount(now)}${later > 0 ? ` · ${say("page-time-later")} ${writeCount(later)}` : ""}`;
  }
}
