/** The settings being edited and the picture of a rule's values. Pure; what an edit does is the station's to say. */
import type { RuleEdit, RuleNumber, StandardRule } from "../bindings/wire";

/** Edits by code; a rule that is as it stands is not among them. */
export type Edits = ReadonlyMap<string, RuleEdit>;

const sameNumbers = (a: RuleEdit["also"], b: RuleEdit["also"]) => {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => a[key] === b[key]);
};

/** Whether both settings judge alike. */
export function sameSettings(a: RuleEdit, b: RuleEdit): boolean {
  return (
    a.enabled === b.enabled &&
    a.outside === b.outside &&
    a.min === b.min &&
    a.max === b.max &&
    a.warn_margin === b.warn_margin &&
    sameNumbers(a.also, b.also)
  );
}

/** The edits with `next` in place; settings as they stand are no edit. */
export function edited(edits: Edits, stands: RuleEdit, next: RuleEdit): Edits {
  const after = new Map(edits);
  if (sameSettings(stands, next)) after.delete(next.code);
  else after.set(next.code, next);
  return after;
}

/** `own` settings, made out of `base`, put onto what stands now: what was not touched is as it stands. */
function onto(base: RuleEdit, own: RuleEdit, stands: RuleEdit): { next: RuleEdit; both: boolean } {
  let both = false;
  const pick = <T>(was: T, mine: T, now: T): T => {
    if (mine === was) return now;
    both ||= now !== was && now !== mine;
    return mine;
  };
  const also = Object.fromEntries(
    Object.keys({ ...stands.also, ...own.also }).flatMap((key) => {
      const value = pick(base.also[key], own.also[key], stands.also[key]);
      return value === undefined ? [] : [[key, value]];
    }),
  );
  const next = {
    code: stands.code,
    enabled: pick(base.enabled, own.enabled, stands.enabled),
    outside: pick(base.outside, own.outside, stands.outside),
    min: pick(base.min, own.min, stands.min),
    max: pick(base.max, own.max, stands.max),
    warn_margin: pick(base.warn_margin, own.warn_margin, stands.warn_margin),
    also,
  };
  return { next, both };
}

/**
 * The edits made over `base`, as edits of the version that stands now; `both` are the rules of which the new version
 * changed the very setting that the edits change as well.
 */
export function rebased(
  base: ReadonlyMap<string, RuleEdit>,
  edits: Edits,
  now: readonly StandardRule[],
): { edits: Edits; both: string[] } {
  let next: Edits = new Map();
  const both: string[] = [];
  for (const { code, title, settings } of now) {
    const was = base.get(code) ?? settings;
    const moved = onto(was, edits.get(code) ?? was, settings);
    next = edited(next, settings, moved.next);
    if (moved.both) both.push(title);
  }
  return { edits: next, both };
}

/** What stands for each rule, by code. */
export const standing = (rules: readonly StandardRule[]): Map<string, RuleEdit> =>
  new Map(rules.map(({ code, settings }) => [code, settings]));

/** The settings of a rule as edited so far. */
export function settingsOf(rule: StandardRule, edits: Edits): RuleEdit {
  return edits.get(rule.code) ?? rule.settings;
}

/** The number that `min` and `max` are about; `null` for a rule without a band. */
export function bandNumber(rule: StandardRule): RuleNumber | null {
  return rule.numbers.find((number) => number.key === "") ?? null;
}

/** How far one press of an arrow key moves a limit: a hundredth of the spread, as 1, 2 or 5 of a decimal place. */
export function stepOf(from: number, to: number): number {
  const wanted = Math.abs(to - from) / 100;
  if (!(wanted > 0)) return 1;
  const place = 10 ** Math.floor(Math.log10(wanted));
  const factor = [1, 2, 5].find((one) => one * place >= wanted * 0.999) ?? 10;
  return factor * place;
}

/** `value` on the step's own grid, without the noise of binary fractions. */
export function onStep(value: number, step: number): number {
  const digits = Math.max(0, -Math.floor(Math.log10(step)));
  return Number((Math.round(value / step) * step).toFixed(Math.min(digits + 1, 12)));
}

export interface Spread {
  from: number;
  to: number;
}

const quantile = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.max(0, Math.round(share * (sorted.length - 1))))] ?? 0;

/** What the axis shows: nearly all values and every limit, with a little room; far values go into the last bins. */
export function spreadOf(values: readonly number[], limits: readonly (number | null)[]): Spread {
  const marks = limits.filter((limit): limit is number => limit !== null);
  if (values.length > 0) marks.push(quantile(values, 0.005), quantile(values, 0.995));
  if (marks.length === 0) return { from: 0, to: 1 };
  const from = Math.min(...marks);
  const to = Math.max(...marks);
  const room = Math.max((to - from) * 0.08, Math.abs(to) * 1e-3, 1e-6);
  return { from: from - room, to: to + room };
}

/** How many sorted values lie below `limit`. */
export function below(sorted: readonly number[], limit: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

export interface Bin extends Spread {
  count: number;
  /** Of them, outside of the limits. */
  out: number;
}

/** The sorted values counted in `bins` equal parts of the spread; the outermost take what lies beyond. */
export function binsOf(
  sorted: readonly number[],
  spread: Spread,
  bins: number,
  [min, max]: readonly [number | null, number | null],
): Bin[] {
  const width = (spread.to - spread.from) / bins;
  const [low, high] = within(sorted, min, max);
  return Array.from({ length: bins }, (_, at) => {
    const from = spread.from + at * width;
    const first = at === 0 ? 0 : below(sorted, from);
    const last = at === bins - 1 ? sorted.length : below(sorted, from + width);
    const count = last - first;
    const allowed = Math.max(0, Math.min(last, high) - Math.max(first, low));
    return { from, to: from + width, count, out: count - allowed };
  });
}

/** Where the values within the limits begin in the sorted list, and where they end; crossed limits leave none. */
function within(sorted: readonly number[], min: number | null, max: number | null): [number, number] {
  const low = min === null ? 0 : below(sorted, min);
  // Values equal to the highest are allowed.
  const high = max === null ? sorted.length : sorted.findLastIndex((value) => value <= max) + 1;
  return [low, high];
}

/** How many of the sorted values lie outside of the limits, each counted once. */
export function outside(sorted: readonly number[], min: number | null, max: number | null): number {
  const [low, high] = within(sorted, min, max);
  return sorted.length - Math.max(0, high - low);
}

/** Whether the values of a rule follow from the crop, and the crop from the limits: where the head stands in the picture. */
export const isOfCrop = (code: string): boolean => code.startsWith("GEO-");
