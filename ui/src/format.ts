/** Numbers and names as staff read them. Not the words themselves: those are in `zh.ts`. */
import { zh } from "./zh";

const grouped = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

/** 1204 → "1,204". */
export function count(value: number): string {
  return grouped.format(value);
}

/** At most `digits` decimals, trailing zeros dropped. */
export function decimal(value: number, digits: number): string {
  const fixed = value.toFixed(digits);
  return fixed.includes(".") ? fixed.replace(/\.?0+$/, "") : fixed;
}

/** A measured value with its unit: bytes as KB, pixels and counts whole, the rest with the digits it needs. */
export function measured(value: number, unit: string): string {
  if (unit === "B") return `${decimal(value / 1024, 1)} KB`;
  if (unit === "ratio") {
    const percent = value * 100;
    return `${decimal(percent, Math.abs(percent) >= 100 ? 0 : Math.abs(percent) >= 1 ? 1 : 2)}%`;
  }
  if (unit === "px") return `${decimal(value, 0)} px`;
  if (unit === "°") return `${decimal(value, 1)}°`;
  if (unit === "ΔE") return `ΔE ${decimal(value, 1)}`;
  if (unit !== "") return `${decimal(value, 0)} ${unit}`;
  const size = Math.abs(value);
  return decimal(value, size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3);
}

function bare(value: number, unit: string): string {
  return measured(value, unit)
    .replace(/^ΔE /, "")
    .replace(/ ?(px|KB|°|%|dpi)$/, "");
}

/** The allowed band: "200–300", "≥ 50 KB", "≤ 20"; empty when there is none. */
export function band(min: number | null, max: number | null, unit: string): string {
  const after = unit === "B" ? " KB" : unit === "ratio" ? "%" : "";
  if (min !== null && max !== null) {
    // A dash between two numbers reads as a sign where one of them has one.
    const between = min < 0 ? "～" : "–";
    return `${bare(min, unit)}${between}${bare(max, unit)}${after}`;
  }
  if (min !== null) return `≥ ${bare(min, unit)}${after}`;
  if (max !== null) return `≤ ${bare(max, unit)}${after}`;
  return "";
}

/** A size in bytes as KB or MB. */
export function bytes(size: number): string {
  return size < 1024 * 1024 ? `${decimal(size / 1024, 1)} KB` : `${decimal(size / 1024 / 1024, 1)} MB`;
}

/** A length of time, rounded to what one plans with. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return zh.time.unknown;
  if (seconds < 60) return zh.time.seconds(Math.max(1, Math.round(seconds)));
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return zh.time.minutes(minutes);
  return zh.time.hours(Math.floor(minutes / 60), minutes % 60);
}

/** Seconds left at the pace so far; `null` while it cannot be told. */
export function secondsLeft(done: number, total: number, seconds: number): number | null {
  if (done <= 0 || total <= 0 || seconds < 0.5) return null;
  return ((total - done) * seconds) / done;
}

/** The last part of a path, of either kind. */
export function baseName(path: string): string {
  return path.split(/[\\/]/).findLast((part) => part !== "") ?? path;
}

/** A file name with any 证件号码 in it masked but for the first three digits, as lists do. */
export function maskedName(name: string): string {
  return name.replace(
    /(?<!\d)\d{15}(?:\d{2}[\dXx])?(?!\d)/g,
    (id) => id.slice(0, 3) + "*".repeat(id.length - 3),
  );
}

/** Where a value lies on a short bar that shows the allowed band with room on both sides, all 0..1. */
export interface BandBar {
  from: number;
  to: number;
  at: number;
}

/** Lays a band bar out; `null` without a value or a band. */
export function bandBar(value: number | null, min: number | null, max: number | null): BandBar | null {
  if (value === null || (min === null && max === null)) return null;
  const low = min ?? Math.min(0, value, max ?? 0);
  const high = max ?? Math.max((min ?? 0) * 2, value, (min ?? 0) + 1);
  const span = high - low || 1;
  const start = min === null ? low : low - span * 0.5;
  const end = max === null ? high : high + span * 0.5;
  const place = (x: number) => Math.min(1, Math.max(0, (x - start) / (end - start || 1)));
  return { from: place(low), to: place(high), at: Math.min(0.985, Math.max(0.015, place(value))) };
}
