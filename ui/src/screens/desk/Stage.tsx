/**
 * The photo on its grey ground with guides and crops. Reports when the photo has been painted; until
 * then the ground stays empty, never showing one student's photo beside another's name.
 */
import { memo, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { QueueItem, SubmissionView } from "../../bindings/wire";
import { eyesOf, type Size, stageLayout } from "../../desk/layout";
import { afterPaint } from "../../desk/paint";
import type { Picture } from "../../desk/shelf";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { Crops } from "./Crops";
import { Guides } from "./Guides";

interface Props {
  item: QueueItem;
  view: SubmissionView | null;
  picture: Picture | null;
  shown: boolean;
  painted: boolean;
  url: string;
  pointed: string | null;
  guides: boolean;
  zoom: boolean;
  onPainted: (submission: number) => void;
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

/** Puts the decoded node in place of the one before, in the same frame. */
function usePhotoNode(node: HTMLImageElement | null) {
  const holder = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (node) holder.current?.replaceChildren(node);
    else holder.current?.replaceChildren();
  }, [node]);
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
  const { item, view, picture, shown, painted, url, pointed, guides, zoom, onPainted } = props;
  const [ground, size] = useGround();
  const broken = shown && (view?.picture === null || picture?.state === "broken");
  const node = shown && !broken ? (picture?.node ?? null) : null;
  const holder = usePhotoNode(node);
  const { submission } = item;

  useLayoutEffect(() => {
    if (!shown || painted) return;
    return afterPaint(() => onPainted(submission));
  }, [shown, painted, submission, onPainted]);

  const original: Size = view?.picture
    ? { width: view.picture.width_px, height: view.picture.height_px }
    : { width: 480, height: 640 };
  const layout = stageLayout(size, original);
  const { photo, scale, crops, cropsSize } = layout;
  const [eyeX, eyeY] = eyesOf(view?.crops ?? [], original);
  const zoomTo = Math.max(1, 2 * scale);
  const middle = { x: photo.x + photo.width / 2, y: photo.y + photo.height / 2 };
  const transform = zoom
    ? `translate(${middle.x - photo.x - eyeX * zoomTo}px, ${middle.y - photo.y - eyeY * zoomTo}px) scale(${zoomTo / scale})`
    : "none";
  const visible = node !== null && view !== null;

  return (
    <div className={`stage stage-${crops}`} ref={ground} data-painted={painted} data-submission={submission}>
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
        {visible && guides && !zoom ? (
          <Guides findings={view.findings} frame={view.frame} layout={layout} pointed={pointed} />
        ) : null}
        {zoom ? <span className="stage-corner">{zh.desk.zoomed(Math.round(zoomTo * 100))}</span> : null}
        {broken ? <span className="stage-word">{zh.desk.broken}</span> : null}
        {shown ? null : <LateWord key={submission} text={zh.desk.loading} />}
      </div>
      {visible ? (
        <Crops crops={view.crops} picture={original} url={url} side={crops === "side"} size={cropsSize} />
      ) : null}
    </div>
  );
});
