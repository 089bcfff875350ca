/** What is pure about the standard editor: which edits are edits, and how values are counted. */
import { describe, expect, it } from "vitest";
import type { RuleEdit } from "../src/bindings/wire";
import {
  below,
  binsOf,
  edited,
  onStep,
  outside,
  rebased,
  spreadOf,
  standing,
  stepOf,
} from "../src/standard/edits";

const stands: RuleEdit = {
  code: "GEO-02",
  enabled: true,
  outside: "fail",
  min: 200,
  max: 300,
  warn_margin: 0,
  also: { share: 0.5 },
};

describe("edits", () => {
  it("keeps what differs and drops what is as it stands again", () => {
    const once = edited(new Map(), stands, { ...stands, max: 290 });
    expect([...once.keys()]).toEqual(["GEO-02"]);
    expect(edited(once, stands, { ...stands }).size).toBe(0);
    expect(edited(new Map(), stands, { ...stands, also: { share: 0.6 } }).size).toBe(1);
  });

  it("puts what was changed onto a newer version, and names the rules both changed in one place", () => {
    const rule = (settings: RuleEdit) => [
      { code: settings.code, title: "眼睛位置", family: "", clause: "", numbers: [], settings },
    ];
    const base = standing(rule(stands));
    const own = edited(new Map(), stands, { ...stands, max: 290, also: { share: 0.6 } });
    const apart = rebased(base, own, rule({ ...stands, min: 210 }));
    expect(apart.edits.get("GEO-02")).toEqual({ ...stands, min: 210, max: 290, also: { share: 0.6 } });
    expect(apart.both).toEqual([]);
    const same = rebased(base, own, rule({ ...stands, max: 280 }));
    expect(same.edits.get("GEO-02")?.max).toBe(290);
    expect(same.both).toEqual(["眼睛位置"]);
    expect(rebased(base, own, rule({ ...stands, max: 290, also: { share: 0.6 } })).edits.size).toBe(0);
    expect(rebased(base, new Map(), rule({ ...stands, max: 280 })).edits.size).toBe(0);
  });
});

describe("the axis", () => {
  it.each([
    [200, 300, 1],
    [0, 0.05, 0.0005],
    [0, 7, 0.1],
    [3, 3, 1],
  ])("from %d to %d moves by %d", (from, to, step) => expect(stepOf(from, to)).toBeCloseTo(step, 12));

  it("leaves no noise of binary fractions on a step", () => {
    expect(onStep(0.30000000000000004, 0.05)).toBe(0.3);
    expect(onStep(287.3, 2)).toBe(288);
    expect(onStep(0.0411, 0.0005)).toBe(0.041);
  });

  it("shows every limit and nearly all values", () => {
    const spread = spreadOf([1, 2, 3], [null, 10]);
    expect(spread.from).toBeLessThan(1);
    expect(spread.to).toBeGreaterThan(10);
    expect(spreadOf([], [null, null])).toEqual({ from: 0, to: 1 });
  });
});

describe("counting", () => {
  const values = [1, 2, 2, 3, 5, 8, 8, 9];
  it("counts each value once", () => {
    const bins = binsOf(values, { from: 2, to: 8 }, 6, [null, 8]);
    expect(bins.reduce((sum, bin) => sum + bin.count, 0)).toBe(values.length);
    expect(bins[0]?.count).toBe(3);
    // 8, 8 and 9: what equals the limit is allowed.
    expect(bins.map((bin) => bin.out)).toEqual([0, 0, 0, 0, 0, 1]);
    const crossed = binsOf(values, { from: 2, to: 8 }, 6, [8, 2]);
    expect(crossed.map((bin) => bin.out)).toEqual(crossed.map((bin) => bin.count));
  });

  it.each([
    [null, null, 0],
    [2, 8, 2],
    [2.5, null, 3],
    [null, 0, 8],
    [9, 9, 7],
    // Crossed: a value beyond both is one value.
    [8, 2, 8],
  ])("outside of %s to %s lie %d", (min, max, count) => expect(outside(values, min, max)).toBe(count));

  it("finds places in a sorted list", () => {
    expect([0, 2, 4, 9, 10].map((limit) => below(values, limit))).toEqual([0, 1, 4, 7, 8]);
  });
});
