/** Numbers as staff read them. */
import { describe, expect, it } from "vitest";
import {
  band,
  bandBar,
  baseName,
  bytes,
  count,
  duration,
  maskedName,
  measured,
  secondsLeft,
} from "../src/format";

it.each([
  [0, "0"],
  [1204, "1,204"],
  [20000, "20,000"],
])("count %d is %s", (value, text) => {
  expect(count(value)).toBe(text);
});

it.each([
  [331.4, "px", "331 px"],
  [51_200, "B", "50 KB"],
  [21.34, "ΔE", "ΔE 21.3"],
  [-3.26, "°", "-3.3°"],
  [300, "dpi", "300 dpi"],
  [0.1174, "", "0.117"],
  [0.107, "ratio", "10.7%"],
  [0.0042, "ratio", "0.42%"],
  [1.5, "ratio", "150%"],
  [0.5, "", "0.5"],
  [12.04, "", "12"],
  [850.4, "", "850"],
])("%d %s is measured as %s", (value, unit, text) => {
  expect(measured(value, unit)).toBe(text);
});

it.each([
  [200, 300, "px", "200–300"],
  [51_200, null, "B", "≥ 50 KB"],
  [51_200, 20_971_520, "B", "50–20480 KB"],
  [null, 20, "ΔE", "≤ 20"],
  [-5, 5, "°", "-5～5"],
  [0.05, null, "ratio", "≥ 5%"],
  [0.4, 0.65, "ratio", "40–65%"],
  [null, null, "px", ""],
])("band %s %s %s is %s", (min, max, unit, text) => {
  expect(band(min, max, unit)).toBe(text);
});

it.each([
  [0.2, "1 秒"],
  [59, "59 秒"],
  [2520, "42 分钟"],
  [3600, "1 小时"],
  [5400, "1 小时 30 分"],
  [Number.POSITIVE_INFINITY, "未知"],
])("%d seconds are %s", (seconds, text) => {
  expect(duration(seconds)).toBe(text);
});

it("tells no time left before it can be known", () => {
  expect(secondsLeft(0, 300, 5)).toBeNull();
  expect(secondsLeft(10, 0, 5)).toBeNull();
  expect(secondsLeft(100, 300, 10)).toBe(20);
});

it("takes the last part of paths of both kinds", () => {
  expect(baseName("D:\\名单\\2020级.xlsx")).toBe("2020级.xlsx");
  expect(baseName("/home/u/照片/")).toBe("照片");
});

it("writes sizes in KB and MB", () => {
  expect(bytes(112_640)).toBe("110 KB");
  expect(bytes(5 * 1024 * 1024)).toBe("5 MB");
});

describe("bandBar", () => {
  it("puts a value inside the band between its ends and one outside beyond them", () => {
    const inside = bandBar(250, 200, 300);
    expect(inside && inside.at > inside.from && inside.at < inside.to).toBe(true);
    const above = bandBar(331, 200, 300);
    expect(above && above.at > above.to).toBe(true);
    const below = bandBar(100, 200, 300);
    expect(below && below.at < below.from).toBe(true);
  });
  it("works with one end and stays on the bar for any value", () => {
    const over = bandBar(1e9, null, 20);
    expect(over && over.at > over.to && over.at <= 1).toBe(true);
    const under = bandBar(10, 50, null);
    expect(under && under.at < under.from && under.at >= 0).toBe(true);
  });
  it("needs a value and a band", () => {
    expect(bandBar(null, 1, 2)).toBeNull();
    expect(bandBar(1, null, null)).toBeNull();
  });
});

it.each([
  ["119999198601060000.jpg", "119***************.jpg"],
  ["11010119900307001X_王.jpg", "110***************_王.jpg"],
  ["2020310002_蔡乐强.jpg", "2020310002_蔡乐强.jpg"],
  ["IMG_20261120091233.jpg", "IMG_20261120091233.jpg"],
])("masks an ID number in the file name %s", (name, masked) => {
  expect(maskedName(name)).toBe(masked);
});
