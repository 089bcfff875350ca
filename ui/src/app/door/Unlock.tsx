/** A sealed workspace is opened: by its passphrase, or by the recovery code and a new passphrase. */
import { Button, Input, type InputRef } from "antd";
import { useRef, useState } from "react";
import type { DoorView, Failure } from "../../bindings/wire";
import { asFailure, type DoorBridge } from "../../bridge/bridge";
import { FailureNote } from "../../components/FailureNote";
import { PASSPHRASE, Secret } from "../../components/Secret";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { isFit, NewPassphrase, NOTHING_TYPED } from "./NewPassphrase";

const words = zh.seal;

interface Props {
  door: DoorBridge;
  view: DoorView;
  onOpen: () => void;
}

export function Unlock({ door, view, onOpen }: Props) {
  const [byCode, setByCode] = useState(false);
  const [passphrase, setPassphrase] = useState("");
  const [recovery, setRecovery] = useState("");
  const [typed, setTyped] = useState(NOTHING_TYPED);
  const box = useRef<InputRef>(null);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const ready = byCode ? recovery.trim() !== "" && isFit(typed, view.least) : passphrase !== "";

  const open = async () => {
    if (!ready || busy) return;
    setBusy(true);
    setFailure(null);
    try {
      await door.unlock(
        byCode
          ? { passphrase: "", recovery, next: typed.passphrase }
          : { passphrase, recovery: "", next: "" },
      );
      onOpen();
    } catch (thrown) {
      setFailure(asFailure(thrown, zh.failure.host));
      setBusy(false);
      // Nobody can see what is wrong in it; a code is mended group by group.
      setPassphrase("");
      box.current?.focus();
    }
  };
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void open();
      }}
    >
      <h1>{words.unlockTitle}</h1>
      <p className="quiet">{byCode ? words.recoveryNote : words.unlockNote}</p>
      {byCode ? (
        <>
          <Input
            className="mono"
            data-testid={tid.doorRecovery}
            autoFocus
            autoComplete="off"
            spellCheck={false}
            maxLength={120}
            value={recovery}
            placeholder={words.recovery}
            aria-label={words.recovery}
            onChange={(event) => setRecovery(event.target.value)}
          />
          <NewPassphrase typed={typed} least={view.least} onTyped={setTyped} />
        </>
      ) : (
        <Secret
          box={box}
          name={tid.doorPassphrase}
          label={words.passphrase}
          value={passphrase}
          onValue={setPassphrase}
          autoFocus
          {...PASSPHRASE}
        />
      )}
      <FailureNote failure={failure} />
      <Button
        type="primary"
        htmlType="submit"
        block
        data-testid={tid.doorOpen}
        loading={busy}
        disabled={!ready}
      >
        {busy ? words.opening : words.open}
      </Button>
      <Button
        type="link"
        data-testid={tid.doorOther}
        disabled={busy}
        onClick={() => {
          setByCode(!byCode);
          setFailure(null);
        }}
      >
        {byCode ? words.usePassphrase : words.useRecovery}
      </Button>
      <p className="quiet break">{words.folder(view.folder)}</p>
    </form>
  );
}
