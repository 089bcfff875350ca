/** Which students a delivery is about: by 学院, 班级 and 层次, all where nothing is chosen. */
import { Select } from "antd";
import type { DeliveryPart } from "../../bindings/wire";
import { tid } from "../../testids";
import { zh } from "../../zh";

const words = zh.delivery;

export const EVERYBODY: DeliveryPart = { colleges: [], classes: [], levels: [] };

const KINDS: readonly (keyof DeliveryPart)[] = ["colleges", "classes", "levels"];

interface Props {
  /** What the roster has. */
  offered: DeliveryPart;
  part: DeliveryPart;
  onPart: (part: DeliveryPart) => void;
}

export function PartChoice({ offered, part, onPart }: Props) {
  // A column without two values divides nobody.
  const kinds = KINDS.filter((kind) => offered[kind].length > 1 || part[kind].length > 0);
  if (kinds.length === 0) return null;
  return (
    <fieldset className="shape-choice">
      <legend>{words.part}</legend>
      <div className="wrap-row">
        {kinds.map((kind) => (
          <Select<string[]>
            key={kind}
            mode="multiple"
            allowClear
            className="part-box"
            maxTagCount={1}
            popupMatchSelectWidth={false}
            placeholder={words.partOf[kind]}
            aria-label={words.partOf[kind]}
            data-testid={tid.deliveryPart(kind)}
            value={part[kind]}
            options={offered[kind].map((value) => ({ value, label: value }))}
            onChange={(values) => onPart({ ...part, [kind]: values })}
          />
        ))}
        <span className="quiet">{words.partNote}</span>
      </div>
    </fieldset>
  );
}
