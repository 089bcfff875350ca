/** Close looks at eyes, ears and mouth, always in sight, cut from the same preview: by style alone, or ahead of time. */
import { memo, useLayoutEffect, useRef } from "react";
import type { Crop } from "../../bindings/wire";
import { PhotoImage } from "../../components/PhotoImage";
import { type Cuts, putAlone } from "../../desk/cuts";
import { boxOf, cropPlace, type Size, type StageLayout } from "../../desk/layout";
import { tid } from "../../testids";
import { zh } from "../../zh";

interface Props {
  crops: Crop[];
  picture: Size;
  url: string;
  layout: StageLayout;
  /** What was drawn ahead of these crops. */
  cuts: Cuts | null;
}

/** A drawing made ahead, put in place whole. */
function Cut({ node }: { node: HTMLCanvasElement }) {
  const holder = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => (holder.current ? putAlone(holder.current, node) : undefined), [node]);
  return <div ref={holder} className="crop-cut" />;
}

export const Crops = memo(function Crops({ crops, picture, url, layout, cuts }: Props) {
  const side = layout.crops === "side";
  const size = layout.cropsSize;
  return (
    <div
      className={side ? "crops crops-side" : "crops crops-below"}
      style={side ? { width: size } : { height: size }}
      aria-label={zh.desk.crops}
      role="group"
    >
      {crops.map((crop) => {
        const place = cropPlace(crop.rect, picture, boxOf(crop.key, layout));
        const cut = cuts?.get(crop.key);
        return (
          <figure key={crop.key} data-testid={tid.crop(crop.key)}>
            <div className="crop-window" style={{ width: place.width, height: place.height }}>
              {cut ? (
                <Cut node={cut} />
              ) : (
                <PhotoImage
                  src={url}
                  alt=""
                  decoding="sync"
                  style={{ width: place.pictureWidth, left: place.left, top: place.top }}
                />
              )}
            </div>
            <figcaption>{crop.title}</figcaption>
          </figure>
        );
      })}
    </div>
  );
});
