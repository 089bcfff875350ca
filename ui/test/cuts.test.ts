/** What is drawn ahead for the next photo: given out whole and for just its place on the screen, or not at all. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type CutPlan, CutShelf, putAlone, WHOLE } from "../src/desk/cuts";
import { stageLayout } from "../src/desk/layout";

const picture = { width: 480, height: 640 };
const drawings: unknown[][] = [];

beforeEach(() => {
  vi.useFakeTimers();
  drawings.length = 0;
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockImplementation(function (this: HTMLCanvasElement) {
    return { canvas: this, drawImage: (...args: unknown[]) => drawings.push(args) } as unknown as null;
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function node(width = 480): HTMLImageElement {
  const image = new Image();
  Object.defineProperty(image, "naturalWidth", { value: width });
  return image;
}

const plan = (photo: string, part: Partial<CutPlan> = {}): CutPlan => ({
  photo,
  picture,
  crops: [
    { key: "eyes", title: "眼", rect: { x: 100, y: 200, width: 240, height: 80 } },
    { key: "ear_left", title: "左耳", rect: { x: 60, y: 220, width: 60, height: 90 } },
  ],
  layout: stageLayout({ width: 1000, height: 700 }, picture),
  density: 1,
  ...part,
});

it("gives the drawings out when all are made, and for the same place only", () => {
  const shelf = new CutShelf();
  shelf.prepare(plan("a"), node());
  expect(shelf.get(plan("a"))).toBeNull();
  vi.runAllTimers();
  const cuts = shelf.get(plan("a"));
  expect([WHOLE, "eyes", "ear_left", "ear_right"].map((key) => cuts?.get(key) !== undefined)).toEqual([
    true,
    true,
    true,
    false,
  ]);
  const { photo } = plan("a").layout;
  expect(shelf.get(plan("a"))?.get(WHOLE)?.width).toBe(Math.round(photo.width));
  expect(shelf.get(plan("a", { density: 1.5 }))).toBeNull();
  expect(shelf.get(plan("a", { layout: stageLayout({ width: 900, height: 700 }, picture) }))).toBeNull();
  expect(shelf.get(plan("a", { crops: [] }))).toBeNull();
  expect(shelf.get(plan("b"))).toBeNull();
});

it("cuts from a preview that is smaller than the picture the crops are measured in", () => {
  const shelf = new CutShelf();
  shelf.prepare(plan("a"), node(240));
  vi.runAllTimers();
  expect(drawings[1]?.slice(1, 5)).toEqual([50, 100, 120, 40]);
});

it("draws one at a time and stops when a key comes first", () => {
  const shelf = new CutShelf();
  const stop = shelf.prepare(plan("a"), node());
  vi.advanceTimersToNextTimer();
  expect(drawings).toHaveLength(1);
  stop();
  vi.runAllTimers();
  expect(drawings).toHaveLength(1);
  expect(shelf.get(plan("a"))).toBeNull();
});

it("keeps the photo on the screen and the one after", () => {
  const shelf = new CutShelf();
  for (const photo of ["a", "b", "c"]) {
    shelf.prepare(plan(photo), node());
    vi.runAllTimers();
  }
  expect(["a", "b", "c"].map((photo) => shelf.get(plan(photo)) !== null)).toEqual([false, true, true]);
});

it("gives a drawing out no more once it has left the page, and draws ahead anew", () => {
  const shelf = new CutShelf();
  shelf.prepare(plan("a"), node());
  vi.runAllTimers();
  const cuts = shelf.get(plan("a"));
  const whole = cuts?.get(WHOLE);
  if (!whole) throw new Error("not drawn");
  const holder = document.createElement("div");
  const leave = putAlone(holder, whole);
  expect(holder.firstChild).toBe(whole);
  expect(cuts?.get(WHOLE)).toBe(whole);
  expect(whole.width).toBeGreaterThan(0);
  leave();
  expect(holder.firstChild).toBeNull();
  // Its pixels are given back with it: two thousand photos later they would be a gigabyte.
  expect([whole.width, whole.height]).toEqual([0, 0]);
  expect(cuts?.get(WHOLE)).toBeUndefined();
  expect(cuts?.get("eyes")).toBeDefined();
  shelf.prepare(plan("a"), node());
  vi.runAllTimers();
  const again = shelf.get(plan("a"))?.get(WHOLE);
  expect(again).toBeDefined();
  expect(again).not.toBe(whole);
});

it("gives nothing out where nothing can be drawn", () => {
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(null);
  const shelf = new CutShelf();
  shelf.prepare(plan("a"), node());
  vi.runAllTimers();
  expect(shelf.get(plan("a"))).toBeNull();
});
