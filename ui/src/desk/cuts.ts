/**
 * The next photo and its crops drawn at their size on the screen before they are asked for: putting a finished
 * drawing in place costs a frame less than scaling a picture five times. Only a head start: what is not here is
 * drawn from the picture itself, and so is whatever comes back after it left the page. WebKitGTK gives a canvas of its
 * accelerated pages no pixels a second time: put back, it is there and shows nothing.
 */
import type { Crop } from "../bindings/wire";
import { boxOf, cropPlace, type Size, type StageLayout } from "./layout";

/** What one photo's drawings are made for: another place on the screen, or other crops, need others. */
export interface CutPlan {
  photo: string;
  picture: Size;
  crops: readonly Crop[];
  layout: StageLayout;
  /** Pixels of the screen per px of the page. */
  density: number;
}

/** Drawings by the crop's key; the whole photo under [`WHOLE`]. One that left the page is given out no more. */
export interface Cuts {
  get(key: string): HTMLCanvasElement | undefined;
}

export const WHOLE = "";

/** The photo on the screen and the one after it. */
const KEPT = 2;

/** Drawings that were on the page and left it. */
const spent = new WeakSet<Element>();

/** Puts a node alone into a holder of its own; the answer says that it leaves the page. */
export function putAlone(holder: HTMLElement, node: HTMLElement): () => void {
  holder.replaceChildren(node);
  return () => {
    spent.add(node);
    node.remove();
    if (node instanceof HTMLCanvasElement) empty(node);
  };
}

/** Gives a drawing's pixels back at once: collected with its node they would wait for the engine's next clearing up. */
function empty(canvas: HTMLCanvasElement): void {
  canvas.width = 0;
  canvas.height = 0;
}

/** The drawings of one photo. */
class Drawings implements Cuts {
  private readonly made = new Map<string, HTMLCanvasElement>();

  add(key: string, canvas: HTMLCanvasElement): void {
    this.made.set(key, canvas);
  }

  get(key: string): HTMLCanvasElement | undefined {
    const canvas = this.made.get(key);
    return canvas && !spent.has(canvas) ? canvas : undefined;
  }

  /** Whether none of them was on the page yet, or all that were still are. */
  isWhole(): boolean {
    return [...this.made.values()].every((canvas) => !spent.has(canvas));
  }
}

const signature = (plan: CutPlan) =>
  JSON.stringify([plan.picture, plan.crops.map((crop) => [crop.key, crop.rect]), plan.layout, plan.density]);

function drawn(size: Size, density: number, paint: (context: CanvasRenderingContext2D) => void) {
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(size.width * density));
  canvas.height = Math.max(1, Math.round(size.height * density));
  const context = canvas.getContext("2d");
  if (!context) return null;
  context.imageSmoothingQuality = "high";
  paint(context);
  return canvas;
}

/** Every drawing of a plan, each to be made by itself so that a key waits for one at most. */
function* steps(plan: CutPlan, node: HTMLImageElement) {
  const { picture, layout, crops, density } = plan;
  yield [
    WHOLE,
    drawn(layout.photo, density, (on) => on.drawImage(node, 0, 0, on.canvas.width, on.canvas.height)),
  ] as const;
  const shown = layout.crops === "off" ? [] : crops;
  // The preview may be smaller than the picture that the crops are measured in.
  const ratio = node.naturalWidth / Math.max(1, picture.width);
  for (const { key, rect } of shown) {
    const place = cropPlace(rect, picture, boxOf(key, layout));
    const [x, y, width, height] = [rect.x, rect.y, rect.width, rect.height].map((px) => px * ratio) as [
      number,
      number,
      number,
      number,
    ];
    const paint = (on: CanvasRenderingContext2D) =>
      on.drawImage(node, x, y, width, height, 0, 0, on.canvas.width, on.canvas.height);
    yield [key, drawn(place, density, paint)] as const;
  }
}

export class CutShelf {
  private readonly kept = new Map<string, { made: string; cuts: Drawings }>();

  /** What was drawn of the photo for just this place on the screen; `null` unless all of it was. */
  get(plan: CutPlan): Drawings | null {
    const found = this.kept.get(plan.photo);
    return found?.made === signature(plan) ? found.cuts : null;
  }

  /** Draws ahead in the pauses of the page; the answer calls it off. */
  prepare(plan: CutPlan, node: HTMLImageElement): () => void {
    if (this.get(plan)?.isWhole()) return () => undefined;
    const cuts = new Drawings();
    const drawing = steps(plan, node);
    const step = () => {
      const { done, value } = drawing.next();
      if (done) {
        this.kept.delete(plan.photo);
        this.kept.set(plan.photo, { made: signature(plan), cuts });
        for (const photo of [...this.kept.keys()].slice(0, -KEPT)) this.kept.delete(photo);
        return;
      }
      const [key, canvas] = value;
      if (!canvas) return;
      cuts.add(key, canvas);
      timer = setTimeout(step);
    };
    let timer = setTimeout(step);
    return () => clearTimeout(timer);
  }
}
