/** Where cards, faces and the cursor of the grid lie. Pure arithmetic; no React, no bridge. */
import type { GridPose } from "../bindings/wire";

export interface GridShape {
  columns: number;
  /** Rows that fit the window: what one page holds. */
  rows: number;
}

/** How large the cards are; the small ones are legible at arm's length, photo and caption. */
export const SIZES = ["small", "medium", "large"] as const;
export type CardSize = (typeof SIZES)[number];

/** What a card takes at least of each size, px, and the fewest columns. */
const CARDS: Record<CardSize, { width: number; height: number; columns: number }> = {
  small: { width: 150, height: 205, columns: 4 },
  medium: { width: 225, height: 280, columns: 3 },
  large: { width: 330, height: 430, columns: 2 },
};
/** In a low window three rows may be as low as this, caption still legible. */
export const ROW_LEAST_PX = 150;
/** Width over height of a card's photo, that of the finished file. */
const BOX_ASPECT = 3 / 4;
/** Every head is drawn this high, as a share of the card's photo … */
const HEAD_SHARE = 0.52;
/** … with its eyes on this line. */
const EYE_LINE_SHARE = 0.46;
/** A small face is not enlarged beyond this, a large one not shrunk below: the photo stays recognisable. */
const SCALE = { min: 0.75, max: 2 };

const clamp = (value: number, min: number, max: number) => Math.min(max, Math.max(min, value));

/** Up to 6×8 (rows by columns), as many as fit: a page holds nothing that is out of sight. */
export function shapeFor(width: number, height: number, size: CardSize = "small"): GridShape {
  const card = CARDS[size];
  const comfortable = Math.floor(height / card.height);
  const close = size === "small" ? Math.min(3, Math.floor(height / ROW_LEAST_PX)) : 1;
  return {
    columns: clamp(Math.floor(width / card.width), card.columns, 8),
    rows: clamp(Math.max(comfortable, close), 1, 6),
  };
}

/** What a card has beside its photo: padding and border on both sides, px. */
const CARD_EDGES_PX = 14;

/** How high a photo may be so that it is not wider than its card, px. */
export function photoMost(width: number, columns: number): number {
  return Math.floor((width / columns - CARD_EDGES_PX) / BOX_ASPECT);
}

export interface Placement {
  left: string;
  top: string;
  width: string;
  height: string;
}

const percent = (share: number) => `${(share * 100).toFixed(2)}%`;

/** Where to draw the whole picture in its box so that the eyes lie on the common line; `null` without a face. */
export function placePhoto(pose: GridPose | null): Placement | null {
  if (!pose || pose.head_height <= 0) return null;
  const height = clamp(HEAD_SHARE / pose.head_height, SCALE.min, SCALE.max);
  const width = (height * pose.aspect_ratio) / BOX_ASPECT;
  return {
    left: percent(0.5 - pose.eyes_x * width),
    top: percent(EYE_LINE_SHARE - pose.eyes_y * height),
    width: percent(width),
    height: percent(height),
  };
}

/** First and one past the last index of the page that holds `index`. */
export function pageOf(index: number, shape: GridShape, total: number): [number, number] {
  const size = shape.columns * shape.rows;
  const first = Math.floor(index / size) * size;
  return [first, Math.min(total, first + size)];
}

/** Where the cursor goes for a key, or `null` for keys of others. */
export function moveCursor(code: string, index: number, shape: GridShape, total: number): number | null {
  const page = shape.columns * shape.rows;
  const steps: Record<string, number> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -shape.columns,
    ArrowDown: shape.columns,
    PageUp: -page,
    PageDown: page,
  };
  if (code === "Home") return 0;
  if (code === "End") return Math.max(0, total - 1);
  const step = steps[code];
  if (step === undefined) return null;
  const next = index + step;
  // A step off the list goes nowhere; only a page may be cut short.
  if (Math.abs(step) < page && (next < 0 || next >= total)) return index;
  return clamp(next, 0, Math.max(0, total - 1));
}
