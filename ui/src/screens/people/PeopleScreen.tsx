/** 人员: one's own roles and PIN, and for the keeper everybody's, and when windows lock. */
import { Button, InputNumber } from "antd";
import { useCallback, useEffect, useState } from "react";
import { useApp } from "../../app/context";
import { useMay } from "../../app/may";
import type { Failure, PeopleView } from "../../bindings/wire";
import { asFailure } from "../../bridge/bridge";
import { FailureNote } from "../../components/FailureNote";
import { Reading } from "../../components/Reading";
import { ScreenFrame } from "../../components/ScreenFrame";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { AddPerson } from "./AddPerson";
import { OwnPart } from "./OwnPart";
import { PeopleTable } from "./PeopleTable";

const words = zh.people;

function IdlePart({ minutes, onSet }: { minutes: number; onSet: (minutes: number) => void }) {
  const [value, setValue] = useState(minutes);
  return (
    <div className="people-form">
      <span>{words.idle}</span>
      <InputNumber
        data-testid={tid.idleMinutes}
        aria-label={words.idle}
        min={0}
        max={240}
        precision={0}
        value={value}
        onChange={(typed) => setValue(typed ?? 0)}
      />
      <span className="quiet">{words.minutes}</span>
      <Button data-testid={tid.idleSave} disabled={value === minutes} onClick={() => onSet(value)}>
        {words.save}
      </Button>
    </div>
  );
}

function Everybody() {
  const { bridge, status, refresh } = useApp();
  const [view, setView] = useState<PeopleView | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const ask = useCallback(async (asking: Promise<PeopleView>): Promise<boolean> => {
    try {
      setView(await asking);
      setFailure(null);
      return true;
    } catch (thrown) {
      setFailure(asFailure(thrown, zh.failure.host));
      return false;
    }
  }, []);
  const { has_pin } = status.seat;
  useEffect(() => {
    void has_pin;
    void ask(bridge.call("people_list", {}));
  }, [bridge, ask, has_pin]);
  // One's own roles, and who can sign in, are of the status.
  const change = (asking: Promise<PeopleView>) =>
    ask(asking).then((done) => (done ? refresh().then(() => true) : false));
  return (
    <section className="panel stack" data-testid={tid.people}>
      <h2>{words.list}</h2>
      <FailureNote failure={failure} />
      {view || failure ? null : <Reading />}
      {view ? (
        <>
          <PeopleTable
            people={view.people}
            me={status.seat.person}
            onRoles={(person, roles) => void change(bridge.call("person_roles", { person, roles }))}
            onRename={(person, name) => change(bridge.call("person_rename", { person, name }))}
            onDisable={(person, disabled) => void change(bridge.call("person_disable", { person, disabled }))}
            onPin={(person, pin) => change(bridge.call("person_pin", { person, pin }))}
          />
          <AddPerson
            onAdded={(added) => {
              setView(added);
              void refresh();
            }}
          />
          {view.people.some((row) => row.has_pin) ? (
            <IdlePart
              key={view.idle_minutes}
              minutes={view.idle_minutes}
              onSet={(minutes) => void change(bridge.call("idle_set", { minutes }))}
            />
          ) : null}
        </>
      ) : null}
    </section>
  );
}

export function PeopleScreen() {
  const { status, askReviewer } = useApp();
  const may = useMay();
  const unclaimed = status.seat.state === "unclaimed";
  return (
    <ScreenFrame name="people" title={words.title} note={words.note}>
      <div className="stack">
        {unclaimed ? (
          <section className="panel stack">
            <p>{zh.reviewer.ask}</p>
            <div>
              <Button type="primary" onClick={askReviewer}>
                {words.begin}
              </Button>
            </div>
          </section>
        ) : (
          <>
            <OwnPart />
            {may("people_list") === null ? (
              <Everybody />
            ) : (
              <p className="quiet" data-testid={tid.peopleAside}>
                {words.aside}
              </p>
            )}
          </>
        )}
      </div>
    </ScreenFrame>
  );
}
