/** Close looks at eyes, ears and mouth, always in sight, cut from the same preview: by style alone, or ahead of time. */
import { memo, useLayoutEffect, useRef } from "react";
import type { Crop } from "../../bindings/wire";
import { type Cuts, putAlone } from "../../desk/cuts";
import { boxOf, cropPlace, type Size, type StageLayout } from "../../desk/layout";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { CropFigure } from "./CropFigure";

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
        const cut = cuts?.get(crop.key);
        return (
          <CropFigure
            key={crop.key}
            place={cropPlace(crop.rect, picture, boxOf(crop.key, layout))}
            url={url}
            title={crop.title}
            testid={tid.crop(crop.key)}
            drawn={cut && <Cut node={cut} />}
          />
        );
      })}
    </div>
  );
});
