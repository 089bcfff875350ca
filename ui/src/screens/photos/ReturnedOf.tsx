/** Which delivery the set that the studio gave back answers; asked where there was more than one. */
import { Select } from "antd";
import { useEffect, useState } from "react";
import { useApp } from "../../app/context";
import type { DeliveryCard } from "../../bindings/wire";
import { count } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";

const words = zh.reconcile;

interface Props {
  round: number;
  delivery: number | null;
  onDelivery: (delivery: number | null) => void;
}

export function ReturnedOf({ round, delivery, onDelivery }: Props) {
  const { bridge } = useApp();
  const [cards, setCards] = useState<DeliveryCard[]>([]);
  useEffect(() => {
    let stale = false;
    bridge
      .call("delivery_list", { round })
      .then((found) => !stale && setCards(found))
      // The station answers for each student's last delivery then.
      .catch(() => !stale && setCards([]));
    return () => {
      stale = true;
    };
  }, [bridge, round]);
  if (cards.length < 2) return null;
  return (
    <div className="wrap-row">
      <label htmlFor={tid.returnedDelivery}>{words.delivery}</label>
      <Select<number>
        id={tid.returnedDelivery}
        data-testid={tid.returnedDelivery}
        value={delivery ?? 0}
        onChange={(value) => onDelivery(value === 0 ? null : value)}
        style={{ width: 140 }}
        options={[
          { value: 0, label: words.deliveryLast, title: "" },
          ...cards.map(({ number, at, files, how }) => ({
            value: number,
            label: words.deliveryNumber(number),
            told: words.deliveryTold(at, count(files), how),
            title: "",
          })),
        ]}
        popupMatchSelectWidth={false}
        // What it was stands where it is chosen, and not where it was.
        optionRender={({ label, data }) => (
          <>
            {label} {"told" in data && data.told ? <span className="quiet">{data.told}</span> : null}
          </>
        )}
      />
    </div>
  );
}
