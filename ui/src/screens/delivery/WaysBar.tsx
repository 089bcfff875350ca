/** 交付方案: one is chosen and fills in the wizard; what stands there can be kept as a profile of the office's own. */
import { Button, Input, Popconfirm, Select } from "antd";
import { useEffect, useState } from "react";
import { useApp } from "../../app/context";
import { useMay } from "../../app/may";
import type { DeliveryWay, Failure } from "../../bindings/wire";
import { asFailure } from "../../bridge/bridge";
import { FailureNote } from "../../components/FailureNote";
import { tid } from "../../testids";
import { zh } from "../../zh";

const words = zh.delivery;

/** What the wizard says now. */
export type Told = Omit<DeliveryWay, "name" | "shipped">;

interface Props {
  /** Name of the profile that was chosen; empty before one was. */
  chosen: string;
  told: Told;
  onChosen: (way: DeliveryWay) => void;
  /** The chosen profile has another name now. */
  onName: (name: string) => void;
  onPurpose: (purpose: string) => void;
}

export function WaysBar({ chosen, told, onChosen, onName, onPurpose }: Props) {
  const { bridge } = useApp();
  // Who may not change profiles chooses among them; the note of whose delivering is stands at its button.
  const may = useMay();
  const [ways, setWays] = useState<DeliveryWay[]>([]);
  const [name, setName] = useState<string | null>(null);
  const [renaming, setRenaming] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => {
    bridge
      .call("delivery_ways", {})
      .then(setWays)
      .catch((thrown) => setFailure(asFailure(thrown, zh.failure.host)));
  }, [bridge]);
  // A profile of the other mode is not what stands in the wizard: then it is the one that came with the program.
  const way =
    ways.find((one) => one.name === chosen && one.mode === told.mode) ??
    ways.find((one) => one.shipped && one.mode === told.mode);
  const own = way !== undefined && !way.shipped;

  const ask = (rename: boolean, first: string) => {
    setRenaming(rename);
    setName(first);
  };
  const choose = (next: string) => {
    const found = ways.find((one) => one.name === next);
    if (!found) return;
    setName(null);
    setFailure(null);
    onChosen(found);
  };
  const act = async (call: Promise<DeliveryWay[]>, then: (ways: DeliveryWay[]) => void) => {
    setFailure(null);
    try {
      const found = await call;
      setWays(found);
      setName(null);
      then(found);
    } catch (thrown) {
      setFailure(asFailure(thrown, zh.failure.host));
    }
  };
  const save = (was: string, as: string) =>
    act(bridge.call("delivery_way_save", { was, way: { ...told, name: as, shipped: false } }), () =>
      onName(as.trim()),
    );
  const remove = () =>
    act(bridge.call("delivery_way_remove", { name: chosen }), (found) => {
      const first = found[0];
      if (!first) return;
      onChosen(first);
    });

  return (
    <fieldset className="shape-choice" data-testid={tid.deliveryWays}>
      <legend>{words.ways}</legend>
      <div className="wrap-row">
        <Select
          id="delivery-way"
          data-testid={tid.deliveryWay}
          aria-label={words.ways}
          value={way?.name ?? ""}
          onChange={choose}
          options={ways.map((one) => ({ value: one.name, label: one.name, title: "" }))}
          popupMatchSelectWidth={false}
        />
        <label htmlFor="delivery-purpose">{words.purpose}</label>
        <Input
          id="delivery-purpose"
          className="way-purpose"
          data-testid={tid.deliveryPurpose}
          value={told.purpose}
          placeholder={way?.purpose ?? ""}
          maxLength={100}
          onChange={(event) => onPurpose(event.target.value)}
        />
      </div>
      {may("delivery_way_save") === null ? (
        <div className="wrap-row">
          {name === null ? (
            <>
              {own ? (
                <Button
                  size="small"
                  data-testid={tid.deliveryWayKeep}
                  onClick={() => void save(way.name, way.name)}
                >
                  {words.wayKeep}
                </Button>
              ) : null}
              <Button size="small" data-testid={tid.deliveryWayNew} onClick={() => ask(false, "")}>
                {words.wayNew}
              </Button>
              {own ? (
                <>
                  <Button size="small" data-testid={tid.deliveryWayRename} onClick={() => ask(true, chosen)}>
                    {words.wayRename}
                  </Button>
                  <Popconfirm title={words.wayRemoveSure(chosen)} onConfirm={() => void remove()}>
                    <Button size="small" danger data-testid={tid.deliveryWayRemove}>
                      {words.wayRemove}
                    </Button>
                  </Popconfirm>
                </>
              ) : null}
              <span className="quiet">{words.waysNote}</span>
            </>
          ) : (
            <>
              <Input
                className="way-name"
                // Whoever pressed the button goes on by typing.
                autoFocus
                aria-label={words.wayName}
                placeholder={words.wayName}
                data-testid={tid.deliveryWayName}
                maxLength={30}
                value={name}
                onChange={(event) => setName(event.target.value)}
              />
              <Button
                type="primary"
                data-testid={tid.deliveryWaySave}
                disabled={name.trim() === ""}
                onClick={() => void save(renaming ? chosen : "", name)}
              >
                {words.waySave}
              </Button>
              <Button onClick={() => setName(null)}>{words.wayCancel}</Button>
            </>
          )}
        </div>
      ) : null}
      <FailureNote failure={failure} />
    </fieldset>
  );
}
