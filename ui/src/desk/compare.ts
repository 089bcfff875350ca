/** Laying one submission's picture over another's so that the eyes meet. Pure; draws nothing. */
import type {
  HistoryEntry,
  NearPhotoView,
  PictureView,
  ReferenceView,
  SubmissionView,
} from "../bindings/wire";
import { zh } from "../zh";
import type { Size } from "./layout";

type Point = readonly [number, number];
export type Eyes = readonly [Point, Point];

/** A picture that can be shown beside the current one: of an earlier submission, the reference photo, or a look-alike. */
export interface Other {
  /** By which it is asked for. */
  key: string;
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

/** By which the reference photo is asked for. */
export const REFERENCE = "reference";

/** By which the picture of a submission is asked for. */
export const keyOfSubmission = (submission: number): string => `submission:${submission}`;

/** The newest submission of the same student before this one; `null` when there is none to be shown. */
export function earlierOf(view: SubmissionView | null): Other | null {
  if (!view) return null;
  const before = view.history.filter(
    (entry) => entry.submission !== view.item.submission && entry.sequence < view.item.sequence,
  );
  const last = before.findLast((entry) => entry.picture !== null);
  if (!last?.picture) return null;
  const { submission, photo, arrival, picture, eyes } = last;
  return { key: keyOfSubmission(submission), photo, label: zh.desk.sequence(arrival), picture, eyes };
}

/** A submission with the same picture, to be shown beside the current one; `null` when it cannot be shown. */
export function alikeOf(near: NearPhotoView): Other | null {
  const { submission, photo, student_no, name, picture, eyes } = near;
  return (
    picture && { key: keyOfSubmission(submission), photo, label: `${student_no} ${name}`, picture, eyes }
  );
}

/** The picture that the school has of the student. */
export function referenceOf({ photo, picture, eyes }: ReferenceView): Other {
  return { key: REFERENCE, photo, label: zh.desk.reference.title, picture, eyes };
}

/**
 * Everything the current photo can be compared with, each once: the student's submission before, the reference photo,
 * then what looks the same.
 */
export function othersOf(view: SubmissionView | null): Other[] {
  if (!view) return [];
  const all = [
    earlierOf(view),
    view.reference && referenceOf(view.reference),
    ...view.near_photos.map(alikeOf),
  ];
  const others = new Map<string, Other>();
  for (const other of all) if (other && !others.has(other.key)) others.set(other.key, other);
  return [...others.values()];
}

/** What the current photo is compared with: the picture asked for by its key, else the first there is. */
export function otherOf(view: SubmissionView | null, beside: string | null): Other | null {
  const others = othersOf(view);
  return others.find((other) => other.key === beside) ?? others[0] ?? null;
}

/** The key of the picture after the one compared with, in a circle; `null` where there is no other. */
export function nextOther(view: SubmissionView | null, beside: string | null): string | null {
  const others = othersOf(view);
  if (others.length < 2) return null;
  const at = others.findIndex((other) => other.key === beside);
  return others[(Math.max(at, 0) + 1) % others.length]?.key ?? null;
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
