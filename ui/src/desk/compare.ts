/** Laying one submission's picture over another's so that the eyes meet. Pure; draws nothing. */
import type { HistoryEntry, NearPhotoView, PictureView, SubmissionView } from "../bindings/wire";
import { zh } from "../zh";
import type { Size } from "./layout";

type Point = readonly [number, number];
export type Eyes = readonly [Point, Point];

/** A picture that can be shown beside the current one: of an earlier submission, or of another with the same picture. */
export interface Other {
  photo: string;
  /** What it is, for its corner. */
  label: string;
  picture: PictureView;
  eyes: Eyes | null;
}

/** A picture's place: similarity from its own px to the screen's, as CSS `matrix(a, b, -b, a, e, f)`. */
export interface Placement {
  a: number;
  b: number;
  e: number;
  f: number;
}

/** The newest submission of the same student before this one; `null` when there is none to be shown. */
export function earlierOf(view: SubmissionView | null): Other | null {
  if (!view) return null;
  const before = view.history.filter(
    (entry) => entry.submission !== view.item.submission && entry.sequence < view.item.sequence,
  );
  const last = before.findLast((entry) => entry.picture !== null);
  if (!last?.picture) return null;
  const { photo, sequence, picture, eyes } = last;
  return { photo, label: zh.desk.sequence(sequence), picture, eyes };
}

/** A submission with the same picture, to be shown beside the current one; `null` when it cannot be shown. */
export function alikeOf({ photo, student_no, name, picture, eyes }: NearPhotoView): Other | null {
  return picture && { photo, label: `${student_no} ${name}`, picture, eyes };
}

/**
 * What the current photo is compared with: the submission with the same picture that was asked for, else the student's
 * one before, else the first with the same picture.
 */
export function otherOf(view: SubmissionView | null, beside: number | null): Other | null {
  const near = view?.near_photos ?? [];
  const asked = near.find((one) => one.submission === beside);
  if (asked) return alikeOf(asked);
  const [first] = near;
  return earlierOf(view) ?? (first ? alikeOf(first) : null);
}

/** Where this submission's own eyes are. */
export function eyesIn(view: SubmissionView): Eyes | null {
  const own = (entry: HistoryEntry) => entry.submission === view.item.submission;
  return view.history.find(own)?.eyes ?? null;
}

/** The similarity that takes one pair of eyes to another: scaled, turned and moved, never mirrored. */
export function placeEyes(from: Eyes, to: Eyes): Placement {
  const [fx, fy] = [from[1][0] - from[0][0], from[1][1] - from[0][1]];
  const [tx, ty] = [to[1][0] - to[0][0], to[1][1] - to[0][1]];
  const square = fx * fx + fy * fy || 1;
  const a = (fx * tx + fy * ty) / square;
  const b = (fx * ty - fy * tx) / square;
  return {
    a,
    b,
    e: to[0][0] - a * from[0][0] + b * from[0][1],
    f: to[0][1] - b * from[0][0] - a * from[0][1],
  };
}

/** Without eyes on both: the whole picture where the other one lies. */
export function placeFit(
  picture: Size,
  rect: { x: number; y: number; width: number; height: number },
): Placement {
  const a = Math.min(rect.width / picture.width, rect.height / picture.height);
  return {
    a,
    b: 0,
    e: rect.x + (rect.width - picture.width * a) / 2,
    f: rect.y + (rect.height - picture.height * a) / 2,
  };
}

export function cssOf({ a, b, e, f }: Placement): string {
  const part = (value: number) => value.toFixed(5);
  return `matrix(${part(a)}, ${part(b)}, ${part(-b)}, ${part(a)}, ${part(e)}, ${part(f)})`;
}

/** Eyes of a picture laid out at `x`, `y` with `scale` screen px per px. */
export function eyesOnScreen(eyes: Eyes, x: number, y: number, scale: number): Eyes {
  const at = ([ex, ey]: Point): Point => [x + ex * scale, y + ey * scale];
  return [at(eyes[0]), at(eyes[1])];
}

/** Both pictures side by side with the eyes level, at one distance, in the middle of each half. */
export function sideBySide(
  ground: Size,
  current: { picture: Size; eyes: Eyes | null },
  earlier: { picture: Size; eyes: Eyes | null },
): [Placement, Placement] {
  const half = ground.width / 2;
  const box = (x: number) => ({ x: x + 6, y: 6, width: half - 12, height: ground.height - 12 });
  const right = placeFit(current.picture, box(half));
  if (!current.eyes || !earlier.eyes) return [placeFit(earlier.picture, box(0)), right];
  const [one, other] = eyesOnScreen(current.eyes, right.e - half, right.f, right.a);
  return [placeEyes(earlier.eyes, [one, other]), right];
}
