/** Who sits here: the roles, and one's own PIN. */
import { Button } from "antd";
import { useState } from "react";
import { useApp } from "../../app/context";
import type { Failure } from "../../bindings/wire";
import { asFailure } from "../../bridge/bridge";
import { FailureNote } from "../../components/FailureNote";
import { Secret } from "../../components/Secret";
import { tid } from "../../testids";
import { zh } from "../../zh";

const words = zh.people;

function PinForm({ onSaved }: { onSaved: () => void }) {
  const { bridge, status, take } = useApp();
  const { has_pin, people } = status.seat;
  const [old, setOld] = useState("");
  const [next, setNext] = useState("");
  const [again, setAgain] = useState("");
  const [failure, setFailure] = useState<Failure | null>(null);
  const change = async (pin: string) => {
    try {
      take(await bridge.call("pin_change", { old, new: pin }));
      for (const clear of [setOld, setNext, setAgain]) clear("");
      setFailure(null);
      onSaved();
    } catch (thrown) {
      setFailure(asFailure(thrown, zh.failure.host));
    }
  };
  const differs = again !== "" && again !== next;
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void change(next);
      }}
    >
      <div className="people-form">
        {has_pin ? <Secret name={tid.ownPinOld} label={words.oldPin} value={old} onValue={setOld} /> : null}
        <Secret name={tid.ownPinNew} label={words.newPin} value={next} onValue={setNext} />
        <Secret name={tid.ownPinAgain} label={words.again} value={again} onValue={setAgain} />
        <Button
          htmlType="submit"
          data-testid={tid.ownPinSave}
          disabled={next === "" || next !== again || (has_pin && old === "")}
        >
          {has_pin ? words.changePin : words.setPin}
        </Button>
        {has_pin && people.length === 1 ? (
          <Button
            type="link"
            data-testid={tid.ownPinDrop}
            disabled={old === ""}
            title={old === "" ? words.oldFirst : undefined}
            onClick={() => void change("")}
          >
            {words.dropPin}
          </Button>
        ) : null}
        {differs ? <span role="alert">{words.differs}</span> : null}
      </div>
      <FailureNote failure={failure} />
    </form>
  );
}

export function OwnPart() {
  const { status } = useApp();
  const { roles, has_pin } = status.seat;
  const [saved, setSaved] = useState(false);
  return (
    <section className="panel stack">
      <header className="panel-head">
        <h2>{status.reviewer || words.me}</h2>
        <span>{has_pin ? words.hasPin : words.noPin}</span>
      </header>
      <dl className="people-duties">
        {words.roleList.map((role) => (
          <div key={role} className={roles[role] ? "people-duty" : "people-duty people-off"}>
            <dt>
              <span aria-hidden>{roles[role] ? "✓" : "–"}</span> {words.titles[role]}
              {roles[role] ? null : <small>{words.notMine}</small>}
            </dt>
            <dd>{words.duties[role]}</dd>
          </div>
        ))}
      </dl>
      {has_pin ? null : <p className="quiet">{words.noPinNote}</p>}
      <PinForm key={String(has_pin)} onSaved={() => setSaved(true)} />
      {saved ? (
        <p className="text-pass" role="status">
          {words.saved}
        </p>
      ) : null}
    </section>
  );
}
