/** Where photo, labels and crops lie on the grey ground, px of the screen. Pure; draws nothing. */
import type { Crop, FindingView, MarkView, RectView } from "../bindings/wire";
import { measured } from "../format";
import { zh } from "../zh";

export interface Size {
  width: number;
  height: number;
}

export interface StageLayout {
  /** Crops stand beside the photo or below it; on a ground too small for both they wait for their keys. */
  crops: "side" | "below" | "off";
  /** There is room for the measured values beside the photo. */
  labels: boolean;
  /** Width of the crops' column, or height of their row. */
  cropsSize: number;
  photo: RectView;
  /** Screen px per px of the picture. */
  scale: number;
}

const PAD = 10;
const LABELS = 84;
const MAX_PHOTO_HEIGHT = 960;
const SIDE_MIN = 180;
const SIDE_MAX = 360;
const BELOW = 132;
/** Height of the crops beside the photo per px of their width, what their captions take, the least width. */
const HEIGHT_PER_WIDTH = 1.95;
const CAPTIONS = 90;
const MIN_COLUMN = 90;
/** Narrowest ground with crops beside the photo, with labels whatever they take of it, and lowest one with crops below it. */
const SIDE_FROM = 420;
const LABELS_FROM = 400;
const BELOW_FROM = 420;

/** Where the crops go on this ground, and how much they take. */
function cropsOn(ground: Size, tall: number, labels: number): Pick<StageLayout, "crops" | "cropsSize"> {
  if (ground.width > ground.height * 0.9) {
    if (ground.width < SIDE_FROM) return { crops: "off", cropsSize: 0 };
    const spare = ground.width - tall * 0.75 - labels - 3 * PAD;
    const least = Math.min(SIDE_MIN, ground.width / 4);
    // Eyes, ears and mouth over one another with their captions must fit the height: cut off they show nothing.
    const most = Math.max(MIN_COLUMN, (ground.height - CAPTIONS) / HEIGHT_PER_WIDTH);
    return { crops: "side", cropsSize: Math.min(SIDE_MAX, most, Math.max(least, spare)) };
  }
  return ground.height < BELOW_FROM ? { crops: "off", cropsSize: 0 } : { crops: "below", cropsSize: BELOW };
}

/** Fits a picture into the ground, leaving room for the labels at its right and for the crops. */
export function stageLayout(ground: Size, picture: Size): StageLayout {
  const tall = Math.min(ground.height - 2 * PAD, MAX_PHOTO_HEIGHT);
  // On a narrow ground only beside a photo that is as high as can be all the same.
  const beside = ground.width - LABELS - 2 * PAD >= (tall * picture.width) / picture.height;
  const labels = ground.width >= LABELS_FROM || beside ? LABELS : 0;
  const { crops, cropsSize } = cropsOn(ground, tall, labels);
  const across = crops === "side" ? ground.width - cropsSize : ground.width;
  const down = crops === "below" ? ground.height - cropsSize : ground.height;
  const room: Size = { width: across - labels - 2 * PAD, height: Math.min(tall, down - 2 * PAD) };
  const scale = Math.max(0.01, Math.min(room.width / picture.width, room.height / picture.height));
  const width = picture.width * scale;
  const height = picture.height * scale;
  const x = Math.max(PAD, (across - labels - width) / 2);
  return {
    crops,
    cropsSize,
    labels: labels > 0,
    photo: { x, y: (down - height) / 2, width, height },
    scale,
  };
}

/** A picture placed in a box so that `rect` fills it: left and top of the picture, and its width. */
export interface CropPlace {
  width: number;
  height: number;
  pictureWidth: number;
  left: number;
  top: number;
}

/** Places the picture so that `rect` is seen as large as the box allows. */
export function cropPlace(rect: RectView, picture: Size, box: Size): CropPlace {
  const scale = Math.min(box.width / Math.max(1, rect.width), box.height / Math.max(1, rect.height));
  const width = rect.width * scale;
  const height = rect.height * scale;
  return { width, height, pictureWidth: picture.width * scale, left: -rect.x * scale, top: -rect.y * scale };
}

/** The box of one crop: beside the photo, ears share a line and the rest take the column's width. */
export function boxOf(key: string, { crops, cropsSize }: StageLayout): Size {
  if (crops !== "side") return { width: 260, height: cropsSize - 34 };
  const ear = key.startsWith("ear");
  const width = ear ? (cropsSize - 26) / 2 : cropsSize - 20;
  return { width, height: ear ? width * 1.5 : width * 0.6 };
}

/** Middle of the eyes: where zooming looks. Without crops, the upper middle of the picture. */
export function eyesOf(crops: readonly Crop[], picture: Size): [number, number] {
  const eyes = crops.find((crop) => crop.key === "eyes")?.rect;
  if (eyes) return [eyes.x + eyes.width / 2, eyes.y + eyes.height / 2];
  return [picture.width / 2, picture.height * 0.4];
}

export interface Guide {
  rule: string;
  severity: string;
  mark: MarkView;
  /** Drawn strong: it failed, or the reviewer points at it. */
  strong: boolean;
  /** Its allowed band is shaded. */
  shaded: boolean;
  label: string;
}

export interface GuideLabel {
  rule: string;
  severity: string;
  text: string;
  /** Where the label stands, screen px from the photo's top; labels never cover each other. */
  y: number;
  /** Where its line ends. */
  lineY: number;
}

const isLine = (mark: MarkView) => mark.shape === "horizontal_line" || mark.shape === "vertical_line";

/** What is drawn: lines of every finding, points and boxes only of those that need a look. */
export function guidesOf(findings: readonly FindingView[], pointed: string | null): Guide[] {
  const guides: Guide[] = [];
  for (const finding of findings) {
    const here = finding.rule === pointed;
    const off = finding.severity === "fail" || finding.severity === "warn";
    for (const mark of finding.marks) {
      if (!isLine(mark) && !off && !here) continue;
      const value = finding.value === null ? "" : measured(finding.value, finding.unit);
      guides.push({
        rule: finding.rule,
        severity: finding.severity,
        mark,
        strong: off || here,
        shaded: off || here,
        label: `${zh.severityShape[finding.severity] ?? ""} ${value === "" ? finding.title : value}`,
      });
    }
  }
  // The one pointed at is drawn last, over the others.
  return guides.sort((a, b) => Number(a.rule === pointed) - Number(b.rule === pointed));
}

const LABEL_STEP = 19;

/** Labels of the horizontal lines, pushed apart so that each can be read. */
export function labelsOf(guides: readonly Guide[], scale: number, height: number): GuideLabel[] {
  const labels: GuideLabel[] = [];
  const seen = new Set<string>();
  for (const { mark, rule, severity, label } of guides) {
    if (mark.shape !== "horizontal_line" || seen.has(rule)) continue;
    seen.add(rule);
    labels.push({ rule, severity, text: label, y: mark.y * scale, lineY: mark.y * scale });
  }
  labels.sort((a, b) => a.lineY - b.lineY);
  let below = Number.NEGATIVE_INFINITY;
  for (const label of labels) {
    label.y = Math.max(label.y, below + LABEL_STEP, 8);
    below = label.y;
  }
  let above = height - 8 + LABEL_STEP;
  for (const label of labels.toReversed()) {
    label.y = Math.min(label.y, above - LABEL_STEP);
    above = label.y;
  }
  return labels;
}
