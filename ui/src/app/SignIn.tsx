/** Nobody sits at this window, or it is locked: somebody chooses the name and shows the PIN. Nothing of the round is drawn here. */
import { Button, Input, type InputRef, Radio } from "antd";
import { useEffect, useRef, useState } from "react";
import type { Failure } from "../bindings/wire";
import { asFailure } from "../bridge/bridge";
import { FailureNote } from "../components/FailureNote";
import { tid } from "../testids";
import { zh } from "../zh";
import { useApp } from "./context";

const words = zh.people;

export function SignIn() {
  const { bridge, status, take, outbox } = useApp();
  const { people, person: last } = status.seat;
  const [person, setPerson] = useState(last ?? (people.length === 1 ? (people[0]?.person ?? null) : null));
  const [pin, setPin] = useState("");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const box = useRef<InputRef>(null);
  // The second window must not go on showing somebody's photo.
  useEffect(() => bridge.showAlone(null), [bridge]);
  const begun = useRef(person);
  useEffect(() => {
    if (begun.current !== null) box.current?.focus();
  }, []);
  /** After the click is done with: what was clicked takes the focus last. Arrows among the names keep it there. */
  const toPin = () => setTimeout(() => box.current?.focus());
  const choose = (chosen: number) => {
    setPerson(chosen);
    setPin("");
    setFailure(null);
  };

  const enter = async () => {
    if (person === null || pin === "" || busy) return;
    setBusy(true);
    try {
      // What another left on its way is refused before somebody else could sign it.
      await outbox.settled();
      take(await bridge.call("sign_in", { person, pin }));
    } catch (thrown) {
      setFailure(asFailure(thrown, zh.failure.host));
      setPin("");
      setBusy(false);
      box.current?.focus();
    }
  };
  return (
    <main className="sign-in" data-testid={tid.signIn}>
      <form
        className="panel stack"
        onSubmit={(event) => {
          event.preventDefault();
          void enter();
        }}
      >
        <h1>{zh.app.name}</h1>
        <p className="quiet">{last === null ? words.signIn : words.locked}</p>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: what is pressed are the names in it */}
        <div
          onClick={(event) => {
            if (event.detail > 0) toPin();
          }}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement)) return;
            // Enter on a name means that name, not the whole form.
            event.preventDefault();
            choose(Number(event.target.value));
            toPin();
          }}
        >
          <Radio.Group
            className="sign-in-people"
            aria-label={words.who}
            value={person}
            onChange={(event) => choose(event.target.value as number)}
          >
            {people.map((row) => (
              <Radio.Button key={row.person} value={row.person} data-testid={tid.signInPerson(row.person)}>
                {row.name}
              </Radio.Button>
            ))}
          </Radio.Group>
        </div>
        <Input.Password
          ref={box}
          data-testid={tid.signInPin}
          value={pin}
          maxLength={64}
          disabled={person === null}
          autoComplete="off"
          placeholder={words.pin}
          aria-label={words.pin}
          onChange={(event) => setPin(event.target.value)}
        />
        <FailureNote failure={failure} />
        <Button
          type="primary"
          htmlType="submit"
          block
          data-testid={tid.signInGo}
          loading={busy}
          disabled={person === null || pin === ""}
        >
          {words.enter}
        </Button>
        <p className="quiet">{words.forgotten}</p>
      </form>
    </main>
  );
}
