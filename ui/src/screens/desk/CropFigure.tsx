/** One close look: what it is of, seen through a window on the preview or as it was drawn ahead. */
import type { ReactNode } from "react";
import { PhotoImage } from "../../components/PhotoImage";
import type { CropPlace } from "../../desk/layout";

interface Props {
  place: CropPlace;
  url: string;
  title: string;
  testid?: string;
  /** Stands in the window instead of the preview. */
  drawn?: ReactNode;
}

export function CropFigure({ place, url, title, testid, drawn }: Props) {
  return (
    <figure data-testid={testid}>
      <div className="crop-window" style={{ width: place.width, height: place.height }}>
        {drawn ?? (
          <PhotoImage
            src={url}
            alt=""
            decoding="sync"
            style={{ width: place.pictureWidth, left: place.left, top: place.top }}
          />
        )}
      </div>
      <figcaption>{title}</figcaption>
    </figure>
  );
}
