/** The arithmetic of the grid: shapes, pages, the cursor, and heads on one line. */
import { describe, expect, it } from "vitest";
import { moveCursor, pageOf, photoMost, placePhoto, shapeFor } from "../src/grid/layout";

const shape = { columns: 4, rows: 3 };
const number = (text: string | undefined) => Number(text?.replace("%", "")) / 100;

describe("shape of a page", () => {
  it("holds what is whole in the window, up to 6×8", () => {
    expect(shapeFor(300, 180)).toEqual({ columns: 4, rows: 1 });
    expect(shapeFor(300, 320)).toEqual({ columns: 4, rows: 2 });
    expect(shapeFor(1160, 560)).toEqual({ columns: 7, rows: 3 });
    expect(shapeFor(1700, 870)).toEqual({ columns: 8, rows: 4 });
    expect(shapeFor(4000, 4000)).toEqual({ columns: 8, rows: 6 });
  });

  it("holds fewer of the larger cards, and whole rows of them", () => {
    expect(shapeFor(1160, 560, "medium")).toEqual({ columns: 5, rows: 2 });
    expect(shapeFor(1160, 560, "large")).toEqual({ columns: 3, rows: 1 });
    expect(shapeFor(300, 180, "large")).toEqual({ columns: 2, rows: 1 });
    expect(shapeFor(1700, 870, "large")).toEqual({ columns: 5, rows: 2 });
  });

  it("has no photo wider than its card, however high the row", () => {
    for (const [width, columns] of [
      [819, 5],
      [591, 4],
      [1700, 8],
    ] as const) {
      const photo = photoMost(width, columns) * 0.75;
      expect(photo).toBeLessThanOrEqual(width / columns - 14);
      expect(photo).toBeGreaterThan(width / columns - 16);
    }
  });
});

describe("pages and cursor", () => {
  it("cuts the list into pages, the last one short", () => {
    expect(pageOf(0, shape, 30)).toEqual([0, 12]);
    expect(pageOf(13, shape, 30)).toEqual([12, 24]);
    expect(pageOf(29, shape, 30)).toEqual([24, 30]);
    expect(pageOf(0, shape, 0)).toEqual([0, 0]);
  });

  it("moves by one, by a row, by a page, and never off the list", () => {
    expect(moveCursor("ArrowRight", 0, shape, 30)).toBe(1);
    expect(moveCursor("ArrowLeft", 0, shape, 30)).toBe(0);
    expect(moveCursor("ArrowDown", 3, shape, 30)).toBe(7);
    expect(moveCursor("ArrowUp", 2, shape, 30)).toBe(2);
    expect(moveCursor("ArrowDown", 28, shape, 30)).toBe(28);
    expect(moveCursor("PageDown", 20, shape, 30)).toBe(29);
    expect(moveCursor("PageUp", 5, shape, 30)).toBe(0);
    expect(moveCursor("End", 5, shape, 30)).toBe(29);
    expect(moveCursor("KeyF", 5, shape, 30)).toBeNull();
  });
});

describe("heads on one line", () => {
  it("puts the eyes of any photo at the same place and heads at the same size", () => {
    const poses = [
      { eyes_x: 0.5, eyes_y: 0.4, head_height: 0.5, aspect_ratio: 0.75 },
      { eyes_x: 0.42, eyes_y: 0.31, head_height: 0.36, aspect_ratio: 0.7 },
      { eyes_x: 0.55, eyes_y: 0.45, head_height: 0.62, aspect_ratio: 1 },
    ];
    for (const pose of poses) {
      const place = placePhoto(pose);
      const [left, top] = [number(place?.left), number(place?.top)];
      const [width, height] = [number(place?.width), number(place?.height)];
      expect(left + pose.eyes_x * width).toBeCloseTo(0.5, 3);
      expect(top + pose.eyes_y * height).toBeCloseTo(0.46, 3);
      expect(height * pose.head_height).toBeCloseTo(0.52, 3);
      // The box is 3 wide and 4 high: undistorted means this.
      expect((width * 3) / (height * 4)).toBeCloseTo(pose.aspect_ratio, 2);
    }
  });

  it("does not blow up a tiny face, and leaves a photo without a face whole", () => {
    const far = placePhoto({ eyes_x: 0.5, eyes_y: 0.4, head_height: 0.05, aspect_ratio: 0.75 });
    expect(number(far?.height)).toBe(2);
    expect(placePhoto(null)).toBeNull();
  });
});
