/** Which delivery the set that the studio gave back answers; asked where there was more than one. */
import { Select } from "antd";
import { useEffect, useState } from "react";
import { useApp } from "../../app/context";
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
  const [numbers, setNumbers] = useState<number[]>([]);
  useEffect(() => {
    let stale = false;
    bridge
      .call("delivery_list", { round })
      .then((cards) => !stale && setNumbers(cards.map((card) => card.number)))
      // The station answers for each student's last delivery then.
      .catch(() => !stale && setNumbers([]));
    return () => {
      stale = true;
    };
  }, [bridge, round]);
  if (numbers.length < 2) return null;
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
          { value: 0, label: words.deliveryLast },
          ...numbers.map((value) => ({ value, label: words.deliveryNumber(value) })),
        ]}
      />
    </div>
  );
}
