/** Close looks at eyes, ears and mouth, always in sight, cut from the same preview by style alone. */
import { memo } from "react";
import type { Crop } from "../../bindings/wire";
import { cropPlace, type Size } from "../../desk/layout";
import { tid } from "../../testids";
import { zh } from "../../zh";

interface Props {
  crops: Crop[];
  picture: Size;
  url: string;
  side: boolean;
  size: number;
}

/** The box of one crop: beside the photo, ears share a line and the rest take the column's width. */
function boxOf(crop: Crop, side: boolean, size: number): Size {
  if (!side) return { width: 260, height: size - 34 };
  const ear = crop.key.startsWith("ear");
  const width = ear ? (size - 26) / 2 : size - 20;
  return { width, height: ear ? width * 1.5 : width * 0.6 };
}

export const Crops = memo(function Crops({ crops, picture, url, side, size }: Props) {
  return (
    <div
      className={side ? "crops crops-side" : "crops crops-below"}
      style={side ? { width: size } : { height: size }}
      aria-label={zh.desk.crops}
      role="group"
    >
      {crops.map((crop) => {
        const place = cropPlace(crop.rect, picture, boxOf(crop, side, size));
        return (
          <figure key={crop.key} data-testid={tid.crop(crop.key)}>
            <div className="crop-window" style={{ width: place.width, height: place.height }}>
              <img
                src={url}
                alt=""
                decoding="sync"
                draggable={false}
                style={{ width: place.pictureWidth, left: place.left, top: place.top }}
              />
            </div>
            <figcaption>{crop.title}</figcaption>
          </figure>
        );
      })}
    </div>
  );
});
