/** How a delivery is divided and packed, and whether only what is new goes. */
import { Checkbox, InputNumber, Segmented, Select } from "antd";
import type { DeliveryPack, DeliveryShape, DeliverySplit } from "../../bindings/wire";
import { tid } from "../../testids";
import { zh } from "../../zh";

const words = zh.delivery;

/** Photos of a part at first, where parts are counted. */
const EVERY = 500;
const MOST_EVERY = 100_000;

type SplitWord = keyof typeof words.splits;

export const WHOLE_FOLDER: DeliveryShape = {
  split: "whole",
  pack: "folder",
  only_new: false,
  in_house: false,
};

const wordOf = (split: DeliverySplit): SplitWord => (typeof split === "string" ? split : "every");
const splitOf = (word: SplitWord): DeliverySplit => (word === "every" ? { every: EVERY } : word);

interface Props {
  shape: DeliveryShape;
  onShape: (shape: DeliveryShape) => void;
}

export function ShapeChoice({ shape, onShape }: Props) {
  const { split, pack, only_new, in_house } = shape;
  return (
    <fieldset className="shape-choice">
      <legend>{words.shape}</legend>
      <div className="wrap-row">
        <label htmlFor="delivery-split">{words.split}</label>
        <Select
          id="delivery-split"
          data-testid={tid.deliverySplit}
          value={wordOf(split)}
          onChange={(word) => onShape({ ...shape, split: splitOf(word) })}
          options={Object.entries(words.splits).map(([value, label]) => ({
            value: value as SplitWord,
            label,
          }))}
          popupMatchSelectWidth={false}
        />
        {typeof split === "string" ? null : (
          <>
            <label htmlFor="delivery-every">{words.every}</label>
            <InputNumber
              id="delivery-every"
              min={1}
              max={MOST_EVERY}
              precision={0}
              value={split.every}
              onChange={(every) => onShape({ ...shape, split: { every: every ?? EVERY } })}
            />
          </>
        )}
        <span>{words.pack}</span>
        <Segmented<DeliveryPack>
          value={pack}
          onChange={(chosen) => onShape({ ...shape, pack: chosen })}
          options={(Object.keys(words.packs) as DeliveryPack[]).map((value) => ({
            value,
            label: <span data-testid={tid.deliveryPack(value)}>{words.packs[value]}</span>,
          }))}
        />
        <span className="quiet">{words.packNote[pack]}</span>
      </div>
      <div className="wrap-row">
        <Checkbox
          data-testid={tid.deliveryOnlyNew}
          checked={only_new}
          onChange={(event) => onShape({ ...shape, only_new: event.target.checked })}
        >
          {words.onlyNew}
        </Checkbox>
        <span className="quiet">{only_new ? words.onlyNewNote : words.allNote}</span>
      </div>
      <div className="wrap-row">
        <Checkbox
          data-testid={tid.deliveryInHouse}
          checked={in_house}
          onChange={(event) => onShape({ ...shape, in_house: event.target.checked })}
        >
          {words.inHouse}
        </Checkbox>
        <span className="quiet">{words.inHouseNote}</span>
      </div>
    </fieldset>
  );
}
