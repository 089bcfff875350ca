/** Asks once, in the page and not over it, for the name of the first person. Who comes later signs in. */
import { Button, Input, type InputRef } from "antd";
import { useEffect, useRef, useState } from "react";
import type { Failure } from "../bindings/wire";
import { asFailure } from "../bridge/bridge";
import { FailureNote } from "../components/FailureNote";
import { Secret } from "../components/Secret";
import { tid } from "../testids";
import { zh } from "../zh";
import { useApp } from "./context";

interface Props {
  /** Rises whenever somebody tried to act without a name. */
  asked: number;
  onClose: (() => void) | null;
}

export function ReviewerStrip({ asked, onClose }: Props) {
  const { status, setReviewer } = useApp();
  const [name, setName] = useState(status.reviewer);
  const [pin, setPin] = useState("");
  /** A name that was asked about; the same once more is meant. */
  const [doubted, setDoubted] = useState("");
  const [failure, setFailure] = useState<Failure | null>(null);
  const input = useRef<InputRef>(null);

  useEffect(() => {
    if (asked > 0) input.current?.focus();
  }, [asked]);

  const save = async () => {
    const wanted = name.trim();
    if (wanted === "") return;
    // The strip opens under typing hands, and what is signed once stays: keys meant for a photo are no name.
    if (doubted !== wanted && !/\p{Script=Han}/u.test(wanted)) {
      setDoubted(wanted);
      return;
    }
    try {
      await setReviewer(wanted, pin);
      onClose?.();
    } catch (thrown) {
      setFailure(asFailure(thrown, zh.failure.host));
    }
  };

  return (
    <form
      className="reviewer-strip"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <label htmlFor="reviewer-name">{zh.reviewer.ask}</label>
      <span className="reviewer-fields">
        <Input
          id="reviewer-name"
          ref={input}
          data-testid={tid.reviewerInput}
          value={name}
          maxLength={40}
          placeholder={zh.reviewer.placeholder}
          onChange={(event) => setName(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Escape") onClose?.();
          }}
        />
        <Secret
          name={tid.reviewerPin}
          label={zh.reviewer.pin}
          value={pin}
          onValue={setPin}
          aria-describedby="reviewer-pin-rule"
        />
        <Button data-testid={tid.reviewerSave} type="primary" htmlType="submit" disabled={name.trim() === ""}>
          {zh.reviewer.save}
        </Button>
        {onClose && status.reviewer !== "" ? <Button onClick={onClose}>{zh.reviewer.cancel}</Button> : null}
      </span>
      <span id="reviewer-pin-rule">{zh.reviewer.pinRule}</span>
      {doubted !== "" && doubted === name.trim() ? (
        <strong className="text-warn" role="alert" data-testid={tid.reviewerDoubt}>
          {zh.reviewer.doubt(doubted)}
        </strong>
      ) : null}
      <FailureNote failure={failure} />
    </form>
  );
}
