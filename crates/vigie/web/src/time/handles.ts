// The two ends of the window, for the keyboard: each is a slider that moves by a day.
import type { Selection } from "d3-selection";
import { say, toDay, writeDay } from "../strings";

type Area = Selection<SVGGElement, unknown, null, undefined>;

/** A step of a week for who goes far. */
const WEEK = 7;
/** Key presses are gathered for so long (ms) before the page is asked for. */
const PAUSE = 350;

/** The ends of the window as sliders. */
export class Handles {
  private from = 0;
  private valid = 0;
  private limits: [number, number] = [0, 0];
  private area: Area | undefined;
  private waiting = 0;

  constructor(
    private readonly done: (from: number, valid: number) => void,
    private readonly preview: (from: number, valid: number) => void,
  ) {}

  /** Makes the handles of this brush sliders, and tells them where they are. */
  attach(area: Area, limits: [number, number], from: number, valid: number): void {
    [this.area, this.limits] = [area, limits];
    if (this.waiting === 0) [this.from, this.valid] = [from, valid];
    for (const [end, label] of [["w", "page-time-from"], ["e", "page-time-valid"]] as const) {
      area.select<SVGRectElement>(`.handle--${end}`)
        .attr("tabindex", 0)
        .attr("role", "slider")
        .attr("aria-orientation", "horizontal")
        .attr("aria-label", say(label))
        .on("keydown", (event: KeyboardEvent) => this.press(event, end));
    }
    this.write();
  }

  private write(): void {
    for (const [end, day] of [["w", this.from], ["e", this.valid]] as const) {
      this.area?.select(`.handle--${end}`)
        .attr("aria-valuemin", Math.min(this.limits[0], day))
        .attr("aria-valuemax", Math.max(this.limits[1], day))
        .attr("aria-valuenow", day)
        .attr("aria-valuetext", writeDay(toDay(day)));
    }
  }

  private press(event: KeyboardEvent, end: "w" | "e"): void {
    const now = end === "w" ? this.from : this.valid;
    const steps: Record<string, number> = {
      ArrowLeft: now - 1,
      ArrowDown: now - 1,
      ArrowRight: now + 1,
      ArrowUp: now + 1,
      PageDown: now - WEEK,
      PageUp: now + WEEK,
      Home: this.limits[0],
      End: this.limits[1],
    };
    const wanted = steps[event.key];
    if (wanted === undefined) return;
    event.preventDefault();
    const day = Math.max(this.limits[0], Math.min(this.limits[1], wanted));
    if (end === "w") this.from = Math.min(day, this.valid);
    else {
      this.valid = day;
      // The day that is shown may be moved before the window; the window then shrinks to it.
      this.from = Math.min(this.from, day);
    }
    this.write();
    this.preview(this.from, this.valid);
    window.clearTimeout(this.waiting);
    this.waiting = window.setTimeout(() => {
      this.waiting = 0;
      this.done(this.from, this.valid);
    }, PAUSE);
  }
}
