/** The previous submission, the reference photo or a look-alike over the current one, blinking, or both side by side; the eyes meet where both have some. */
import { useEffect, useState } from "react";
import type { SubmissionView } from "../../bindings/wire";
import { PhotoImage } from "../../components/PhotoImage";
import { arrivalOf } from "../../desk/arrival";
import {
  cssOf,
  eyesIn,
  eyesOnScreen,
  type Other,
  othersOf,
  type Placement,
  placeEyes,
  placeFit,
  sideBySide,
} from "../../desk/compare";
import type { Size, StageLayout } from "../../desk/layout";
import { tid } from "../../testids";
import { zh } from "../../zh";

/** Slow enough to see both, well under the three flashes a second that may harm. */
const BLINK_MS = 450;

export type CompareMode = "off" | "blink" | "side";

interface PictureProps {
  url: string;
  picture: Size;
  place: Placement;
  testid: string;
}

function Placed({ url, picture, place, testid }: PictureProps) {
  return (
    <PhotoImage
      src={url}
      alt=""
      decoding="sync"
      className="compare-picture"
      data-testid={testid}
      style={{ width: picture.width, height: picture.height, transform: cssOf(place) }}
    />
  );
}

function useBlink(): boolean {
  const [earlier, setEarlier] = useState(true);
  useEffect(() => {
    const timer = setInterval(() => setEarlier((before) => !before), BLINK_MS);
    return () => clearInterval(timer);
  }, []);
  return earlier;
}

interface Props {
  view: SubmissionView;
  /** What it is compared with. */
  other: Other;
  layout: StageLayout;
  picture: Size;
  ground: Size;
  /** Address of a photo's preview. */
  address: (photo: string) => string;
}

export function Blink({ view, other, layout, address }: Props) {
  const shown = useBlink();
  const eyes = eyesIn(view);
  const size = { width: other.picture.width_px, height: other.picture.height_px };
  const { photo, scale } = layout;
  const place =
    eyes && other.eyes
      ? placeEyes(other.eyes, eyesOnScreen(eyes, photo.x, photo.y, scale))
      : placeFit(size, photo);
  return (
    <div className="compare compare-blink" data-testid={tid.compare} data-earlier={shown}>
      <div style={{ visibility: shown ? "visible" : "hidden" }}>
        <Placed url={address(other.photo)} picture={size} place={place} testid="compare-earlier" />
      </div>
      <span className="stage-corner">{shown ? other.label : zh.desk.thisOne(arrivalOf(view))}</span>
    </div>
  );
}

interface SideProps extends Props {
  /** The key for another picture; empty where none is bound. */
  otherKey: string;
  /** Another picture is wanted in place of the left one. */
  onOther: () => void;
}

export function SideBySide({ view, other, picture, ground, address, otherKey, onOther }: SideProps) {
  const size = { width: other.picture.width_px, height: other.picture.height_px };
  const others = othersOf(view);
  const at = others.findIndex(({ key }) => key === other.key) + 1;
  const [left, right] = sideBySide(
    ground,
    { picture, eyes: eyesIn(view) },
    { picture: size, eyes: other.eyes },
  );
  return (
    <div className="compare compare-side" data-testid={tid.compare} data-other={other.key}>
      <div className="compare-half">
        <Placed url={address(other.photo)} picture={size} place={left} testid="compare-earlier" />
        <span className="stage-corner">{other.label}</span>
        {others.length > 1 ? (
          <button
            type="button"
            className="mini compare-other"
            data-testid={tid.compareOther}
            onMouseDown={(event) => event.preventDefault()}
            onClick={onOther}
          >
            {zh.desk.compareOther(at, others.length)} {otherKey === "" ? null : <kbd>{otherKey}</kbd>}
          </button>
        ) : null}
      </div>
      <div className="compare-half compare-right">
        <Placed
          url={address(view.item.photo)}
          picture={picture}
          place={{ ...right, e: right.e - ground.width / 2 }}
          testid="compare-current"
        />
        <span className="stage-corner">{zh.desk.thisOne(arrivalOf(view))}</span>
      </div>
    </div>
  );
}
