/** Where things lie on the ground. */
import { describe, expect, it } from "vitest";
import { cropPlace, eyesOf, guidesOf, labelsOf, stageLayout } from "../src/desk/layout";
import { findingsOf } from "./fake/roundData";

describe("stageLayout", () => {
  it.each([
    [762, 680, 480, 640],
    [1220, 990, 480, 640],
    [762, 680, 1350, 1350],
    [500, 900, 2000, 2600],
    [762, 400, 4000, 300],
  ])("keeps photo and crops inside %d×%d for %d×%d", (width, height, w, h) => {
    const layout = stageLayout({ width, height }, { width: w, height: h });
    const { photo, scale, crops, cropsSize } = layout;
    const right = crops === "side" ? width - cropsSize : width;
    const bottom = crops === "side" ? height : height - cropsSize;
    expect(photo.x).toBeGreaterThanOrEqual(0);
    expect(photo.y).toBeGreaterThanOrEqual(0);
    expect(photo.x + photo.width).toBeLessThanOrEqual(right + 0.01);
    expect(photo.y + photo.height).toBeLessThanOrEqual(bottom + 0.01);
    expect(photo.width / photo.height).toBeCloseTo(w / h, 5);
    expect(photo.width).toBeCloseTo(w * scale, 5);
  });
});

it("tells the measured values on a narrow ground too, where they take nothing from the photo", () => {
  const picture = { width: 480, height: 640 };
  const low = stageLayout({ width: 352, height: 302 }, picture);
  expect(low).toMatchObject({ labels: true, crops: "off" });
  expect(low.photo.height).toBe(282);
  expect(low.photo.x + low.photo.width + 84).toBeLessThanOrEqual(352);
  expect(stageLayout({ width: 352, height: 600 }, picture).labels).toBe(false);
});

it("places a crop so that its rectangle fills the box one way", () => {
  const place = cropPlace(
    { x: 100, y: 200, width: 200, height: 80 },
    { width: 480, height: 640 },
    { width: 160, height: 160 },
  );
  expect(place).toEqual({ width: 160, height: 64, pictureWidth: 384, left: -80, top: -160 });
});

it("looks at the eyes, or where eyes would be", () => {
  const picture = { width: 480, height: 640 };
  const rect = { x: 100, y: 200, width: 200, height: 80 };
  expect(eyesOf([{ key: "eyes", title: "", rect }], picture)).toEqual([200, 240]);
  expect(eyesOf([], picture)).toEqual([240, 256]);
});

describe("guides", () => {
  const failing = findingsOf(4);

  it("draws lines of passed checks faintly, and points and boxes only of those that need a look", () => {
    const guides = guidesOf(failing, null);
    const teeth = guides.find((guide) => guide.rule === "teeth-shown");
    expect(teeth).toMatchObject({ strong: true, severity: "fail" });
    expect(guides.find((guide) => guide.rule === "eyes-out-of-band")?.strong).toBe(false);
    expect(guides.some((guide) => guide.rule === "face-width")).toBe(false);
  });

  it("draws whatever the reviewer points at, last and strong", () => {
    const guides = guidesOf(failing, "face-width");
    expect(guides.at(-1)).toMatchObject({ rule: "face-width", strong: true });
  });

  it("never lets labels cover each other or leave the photo", () => {
    const lines = [10, 12, 14, 300, 301, 636, 638].map((y, at) => ({
      rule: `r${at}`,
      severity: "pass",
      mark: { shape: "horizontal_line" as const, y, min: null, max: null },
      strong: false,
      shaded: false,
      label: "",
    }));
    const labels = labelsOf(lines, 1, 640);
    expect(labels).toHaveLength(7);
    for (let at = 1; at < labels.length; at += 1) {
      expect((labels[at]?.y ?? 0) - (labels[at - 1]?.y ?? 0)).toBeGreaterThanOrEqual(18.99);
    }
    expect(labels[0]?.y).toBeGreaterThanOrEqual(8);
    expect(labels.at(-1)?.y).toBeLessThanOrEqual(632);
  });
});
