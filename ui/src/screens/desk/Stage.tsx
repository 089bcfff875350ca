/**
 * The photo on its grey ground with guides and crops. Reports when the photo has been painted; until
 * then the ground stays empty, never showing one student's photo beside another's name.
 */
import { memo, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { density } from "../../app/zoom";
import type { QueueItem, SubmissionView } from "../../bindings/wire";
import { PhotoImage } from "../../components/PhotoImage";
import { otherOf } from "../../desk/compare";
import { type CutPlan, CutShelf, type Cuts, putAlone, WHOLE } from "../../desk/cuts";
import type { CropName } from "../../desk/keys";
import { eyesOf, type Size, type StageLayout, stageLayout } from "../../desk/layout";
import { afterPaint } from "../../desk/paint";
import type { Picture } from "../../desk/shelf";
import type { Upcoming } from "../../desk/upcoming";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { Closeup } from "./Closeup";
import { Blink, type CompareMode, SideBySide } from "./Compare";
import { Crops } from "./Crops";
import { Guides } from "./Guides";

interface Props {
  item: QueueItem;
  view: SubmissionView | null;
  picture: Picture | null;
  upcoming: Upcoming | null;
  shown: boolean;
  painted: boolean;
  pointed: string | null;
  guides: boolean;
  zoom: boolean;
  crop: CropName | null;
  compare: CompareMode;
  /** What is to be compared with, by its key; `null` for the first there is. */
  beside: string | null;
  /** The key for another picture to compare with. */
  otherKey: string;
  onOther: () => void;
  /** Address of a photo's preview. */
  address: (photo: string) => string;
  onPainted: (submission: number) => void;
  /** Asks for a picture anew that could not be shown. */
  onAgain: () => void;
  /** What stands over all of it. */
  over?: React.ReactNode;
}

function useGround(): [React.RefObject<HTMLDivElement | null>, Size] {
  const ref = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState<Size>({ width: 760, height: 620 });
  useLayoutEffect(() => {
    const node = ref.current;
    if (!node) return;
    const read = () => {
      const { clientWidth, clientHeight } = node;
      if (clientWidth > 0 && clientHeight > 0) setSize({ width: clientWidth, height: clientHeight });
    };
    read();
    if (typeof ResizeObserver === "undefined") return;
    const observer = new ResizeObserver(read);
    observer.observe(node);
    return () => observer.disconnect();
  }, []);
  return [ref, size];
}

type Point = [number, number];

/** The px of the picture under the pointer; `null` beside it. */
function pictureAt(event: React.MouseEvent<HTMLElement>, { photo, scale }: StageLayout): Point | null {
  const ground = event.currentTarget.getBoundingClientRect();
  const x = event.clientX - ground.left - photo.x;
  const y = event.clientY - ground.top - photo.y;
  return x >= 0 && y >= 0 && x <= photo.width && y <= photo.height ? [x / scale, y / scale] : null;
}

/** Where the pointer is on the picture; drawn anew only while looking closer, so that moving costs nothing otherwise. */
function useCursor(zoom: boolean): [Point | null, (at: Point | null) => void] {
  const at = useRef<Point | null>(null);
  const [, redraw] = useState(0);
  const follow = (now: Point | null) => {
    // Beside the picture the last place stays: looking at its rim must not jump to the eyes.
    if (zoom && now === null) return;
    at.current = now;
    if (zoom) redraw((n) => n + 1);
  };
  return [at.current, follow];
}

/** The enlarged picture so that the point looked at stays under the cursor, or comes to the middle without one. */
function zoomed({ photo, scale }: StageLayout, [x, y]: Point, zoomTo: number, cursor: Point | null): string {
  const stays = cursor ? { x: x * scale, y: y * scale } : { x: photo.width / 2, y: photo.height / 2 };
  return `translate(${stays.x - x * zoomTo}px, ${stays.y - y * zoomTo}px) scale(${zoomTo / scale})`;
}

/** What was drawn ahead of the photo on the ground; once that one is painted, the next is drawn. */
function useCuts(
  item: QueueItem,
  view: SubmissionView | null,
  upcoming: Upcoming | null,
  painted: boolean,
  ground: Size,
): Cuts | null {
  const [shelf] = useState(() => new CutShelf());
  const { photo, view: next, picture } = upcoming ?? {};
  const node = picture?.node;
  useEffect(() => {
    if (!painted || !photo || !next || !node) return;
    const plan = planOf(photo, next, ground);
    return plan ? shelf.prepare(plan, node) : undefined;
  }, [shelf, painted, photo, next, node, ground]);
  // Kept for as long as the same photo stands in the same place: a drawing that is finished late changes nothing.
  return useMemo(() => {
    const plan = view ? planOf(item.photo, view, ground) : null;
    return plan && shelf.get(plan);
  }, [shelf, item.photo, view, ground]);
}

function planOf(photo: string, { picture, crops }: SubmissionView, ground: Size): CutPlan | null {
  if (!picture) return null;
  const original = { width: picture.width_px, height: picture.height_px };
  return { photo, picture: original, crops, layout: stageLayout(ground, original), density: density() };
}

/** Puts the decoded node in place of the one before, in the same frame. */
function usePhotoNode(node: HTMLElement | null) {
  const holder = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => (node && holder.current ? putAlone(holder.current, node) : undefined), [node]);
  return holder;
}

/** A word that only appears when waiting has become noticeable. */
function LateWord({ text }: { text: string }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 250);
    return () => clearTimeout(timer);
  }, []);
  return late ? <span className="stage-word">{text}</span> : null;
}

export const Stage = memo(function Stage(props: Props) {
  const { item, view, picture, upcoming, shown, painted, pointed, guides, zoom, crop, compare, beside } =
    props;
  const { address, onPainted, onAgain, otherKey, onOther } = props;
  const [ground, size] = useGround();
  const broken = shown && (view?.picture === null || picture?.state === "broken");
  const node = shown && !broken ? (picture?.node ?? null) : null;
  const { submission } = item;

  useLayoutEffect(() => {
    if (!shown || painted) return;
    return afterPaint(() => onPainted(submission));
  }, [shown, painted, submission, onPainted]);

  const original: Size = view?.picture
    ? { width: view.picture.width_px, height: view.picture.height_px }
    : { width: 480, height: 640 };
  const layout = stageLayout(size, original);
  const cuts = useCuts(item, view, upcoming, painted, size);
  // Looked at closer, the picture itself is shown, not a drawing of it at another size, and from then on: a drawing
  // that left the page is `cuts.get` no more.
  const holder = usePhotoNode(node && !zoom ? (cuts?.get(WHOLE) ?? node) : node);
  const { photo, scale, crops, cropsSize } = layout;
  const url = address(item.photo);
  const zoomTo = Math.max(1, 2 * scale);
  const [cursor, follow] = useCursor(zoom);
  const transform = zoom
    ? zoomed(layout, cursor ?? eyesOf(view?.crops ?? [], original), zoomTo, cursor)
    : "none";
  const visible = node !== null && view !== null;
  const other = useMemo(() => otherOf(view, beside), [view, beside]);
  const over = visible ? { view, picture: original, ground: size, layout, address } : null;
  const bare = guides && !zoom && compare === "off" && crop === null;

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the pointer only says where to look closer
    <div
      className={`stage stage-${crops}`}
      ref={ground}
      data-painted={painted}
      data-submission={submission}
      onMouseMove={(event) => follow(pictureAt(event, layout))}
      onMouseLeave={() => follow(null)}
    >
      <div className="stage-photo" style={crops === "side" ? { right: cropsSize } : { bottom: cropsSize }}>
        <div
          className="photo-holder"
          ref={holder}
          data-testid={tid.photo}
          data-sha={node ? item.photo : ""}
          role="img"
          aria-label={`${item.student_no} ${item.name}`}
          style={{ left: photo.x, top: photo.y, width: photo.width, height: photo.height, transform }}
        />
        {visible && bare ? (
          <Guides findings={view.findings} frame={view.frame} layout={layout} pointed={pointed} />
        ) : null}
        {zoom ? <span className="stage-corner">{zh.desk.zoomed(Math.round(zoomTo * 100))}</span> : null}
        {over && other && compare === "blink" ? <Blink other={other} {...over} /> : null}
        {broken ? (
          <span className="stage-word">
            {zh.desk.broken}
            {view?.picture ? (
              <button
                type="button"
                className="mini"
                data-testid={tid.photoAgain}
                onMouseDown={(event) => event.preventDefault()}
                onClick={onAgain}
              >
                {zh.app.reload}
              </button>
            ) : null}
          </span>
        ) : null}
        {shown ? null : <LateWord key={submission} text={zh.desk.loading} />}
      </div>
      {visible && crops !== "off" ? (
        <Crops crops={view.crops} picture={original} url={url} layout={layout} cuts={cuts} />
      ) : null}
      {other ? <PhotoImage className="preloaded" src={address(other.photo)} alt="" decoding="sync" /> : null}
      {over && other && compare === "side" ? (
        <SideBySide other={other} {...over} otherKey={otherKey} onOther={onOther} />
      ) : null}
      {visible && crop ? (
        <Closeup crops={view.crops} crop={crop} picture={original} ground={size} url={url} />
      ) : null}
      {props.over}
    </div>
  );
});
