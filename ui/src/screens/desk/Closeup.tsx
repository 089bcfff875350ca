/** Eyes, ears or mouth as large as the ground allows, for as long as the reviewer wants. */
import type { Crop } from "../../bindings/wire";
import type { CropName } from "../../desk/keys";
import { cropPlace, type Size } from "../../desk/layout";
import { tid } from "../../testids";
import { CropFigure } from "./CropFigure";

const OF: Record<CropName, (key: string) => boolean> = {
  eyes: (key) => key === "eyes",
  ears: (key) => key.startsWith("ear"),
  mouth: (key) => key === "mouth",
};
const PAD = 16;
const CAPTION = 24;

interface Props {
  crops: Crop[];
  crop: CropName;
  picture: Size;
  ground: Size;
  url: string;
}

export function Closeup({ crops, crop, picture, ground, url }: Props) {
  const shown = crops.filter((one) => OF[crop](one.key));
  const box: Size = {
    width: (ground.width - PAD * (shown.length + 1)) / Math.max(1, shown.length),
    height: ground.height - 2 * PAD - CAPTION,
  };
  return (
    <div className="closeup" data-testid={tid.closeup} data-crop={crop}>
      {shown.map((one) => (
        <CropFigure key={one.key} place={cropPlace(one.rect, picture, box)} url={url} title={one.title} />
      ))}
    </div>
  );
}
