/** Laying an earlier photo over the current one: eyes meet, nothing is mirrored. */
import { describe, expect, it } from "vitest";
import {
  type Eyes,
  earlierOf,
  eyesOnScreen,
  keyOfSubmission,
  nextOther,
  otherOf,
  othersOf,
  type Placement,
  placeEyes,
  placeFit,
  REFERENCE,
  sideBySide,
} from "../src/desk/compare";
import { zh } from "../src/zh";
import { itemOf, nearOf, referenceOf, viewOf } from "./fake/roundData";

const taken = ({ a, b, e, f }: Placement, [x, y]: readonly [number, number]) => [
  a * x - b * y + e,
  b * x + a * y + f,
];
const close = (found: number[], wanted: readonly [number, number]) => {
  expect(found[0]).toBeCloseTo(wanted[0], 6);
  expect(found[1]).toBeCloseTo(wanted[1], 6);
};

describe("eyes upon eyes", () => {
  const cases: [Eyes, Eyes][] = [
    [
      [
        [100, 200],
        [180, 200],
      ],
      [
        [300, 240],
        [420, 240],
      ],
    ],
    [
      [
        [100, 210],
        [180, 190],
      ],
      [
        [10, 20],
        [60, 25],
      ],
    ],
    [
      [
        [700, 900],
        [1100, 950],
      ],
      [
        [200, 255],
        [280, 251],
      ],
    ],
  ];
  it.each(cases)("takes %o to %o", (from, to) => {
    const place = placeEyes(from, to);
    close(taken(place, from[0]), to[0]);
    close(taken(place, from[1]), to[1]);
    // A point below the eyes stays below: turned, not mirrored.
    const below: [number, number] = [(from[0][0] + from[1][0]) / 2, Math.max(from[0][1], from[1][1]) + 50];
    expect(taken(place, below)[1]).toBeGreaterThan((to[0][1] + to[1][1]) / 2);
  });

  it("puts both photos' eyes at one height and distance, each in its half", () => {
    const eyes: Eyes = [
      [200, 250],
      [280, 250],
    ];
    const smaller: Eyes = [
      [90, 130],
      [130, 132],
    ];
    const ground = { width: 800, height: 600 };
    const [left, right] = sideBySide(
      ground,
      { picture: { width: 480, height: 640 }, eyes },
      { picture: { width: 240, height: 320 }, eyes: smaller },
    );
    const [l0, l1] = smaller.map((eye) => taken(left, eye));
    const [r0, r1] = eyes.map((eye) => taken(right, eye));
    expect(l0?.[1]).toBeCloseTo(r0?.[1] ?? 0, 6);
    expect((l1?.[0] ?? 0) - (l0?.[0] ?? 0)).toBeCloseTo((r1?.[0] ?? 0) - (r0?.[0] ?? 0), 6);
    expect(l1?.[0]).toBeLessThan(400);
    expect(r0?.[0]).toBeGreaterThan(400);
  });

  it("fits the whole picture where eyes are not known", () => {
    const place = placeFit({ width: 100, height: 200 }, { x: 10, y: 20, width: 300, height: 300 });
    expect(place).toEqual({ a: 1.5, b: 0, e: 85, f: 20 });
    expect(
      eyesOnScreen(
        [
          [1, 2],
          [3, 4],
        ],
        10,
        20,
        2,
      ),
    ).toEqual([
      [12, 24],
      [16, 28],
    ]);
  });
});

it("compares with the newest earlier submission that has a picture", () => {
  const again = viewOf(itemOf(5));
  expect(again.item.sequence).toBe(2);
  const earlier = earlierOf(again);
  expect(earlier?.label).toBe(zh.desk.sequence(1));
  expect(earlier?.photo).not.toBe(again.item.photo);
  expect(earlierOf(viewOf(itemOf(1)))).toBeNull();
});

it("compares with the one asked for, else the submission before, else the reference photo, else the first alike", () => {
  const near_photos = [nearOf(8), nearOf(9)];
  const reference = referenceOf(5);
  const again = { ...viewOf(itemOf(5)), near_photos, reference };
  expect(otherOf(again, null)?.label).toBe(zh.desk.sequence(1));
  expect(otherOf(again, keyOfSubmission(9))?.photo).toBe(itemOf(9).photo);
  expect(otherOf(again, REFERENCE)).toMatchObject({ photo: reference.photo, eyes: reference.eyes });
  const first = { ...viewOf(itemOf(1)), near_photos };
  expect(otherOf({ ...first, reference }, null)?.label).toBe(zh.desk.reference.title);
  expect(otherOf(first, null)?.label).toBe(`${itemOf(8).student_no} ${itemOf(8).name}`);
  expect(otherOf(viewOf(itemOf(1)), null)).toBeNull();
  // What was asked for is gone: the first there is.
  expect(otherOf(first, REFERENCE)?.photo).toBe(itemOf(8).photo);
});

it("goes through everything there is to compare with, each once, and round again", () => {
  const before = earlierOf(viewOf(itemOf(5)));
  const own = Number(before?.key.split(":")[1]);
  const near_photos = [{ ...nearOf(8), submission: own }, nearOf(9), { ...nearOf(7), picture: null }];
  const view = { ...viewOf(itemOf(5)), near_photos, reference: referenceOf(5) };
  const keys = othersOf(view).map((other) => other.key);
  expect(keys).toEqual([before?.key, REFERENCE, keyOfSubmission(9)]);
  expect(nextOther(view, null)).toBe(REFERENCE);
  expect(nextOther(view, REFERENCE)).toBe(keyOfSubmission(9));
  expect(nextOther(view, keyOfSubmission(9))).toBe(before?.key);
  expect(nextOther({ ...view, near_photos: [], reference: null }, null)).toBeNull();
  expect(othersOf(null)).toEqual([]);
});
