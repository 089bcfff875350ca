/** A sealed workspace is opened: by its passphrase, or by the recovery code and a new passphrase. */
import { Button, Checkbox, Input, type InputRef, Spin } from "antd";
import { useEffect, useRef, useState } from "react";
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
  /** How the door stands is to be asked anew: it is open, or turned out to be damaged. */
  onOpen: () => void;
}

/**
 * What the keychain is asked for once, before anything is typed. Whether it is still being waited for, and why it opened
 * nothing. It may ask its person and take long: whoever does not wait types the passphrase, and either opens.
 */
function useKeychain({ door, view, onOpen }: Props) {
  const [asking, setAsking] = useState(view.kept);
  const [refusal, setRefusal] = useState<Failure | null>(null);
  const asked = useRef(false);
  useEffect(() => {
    if (!view.kept || asked.current) return;
    asked.current = true;
    door
      .unlockHere()
      .then(onOpen)
      .catch((thrown) => {
        const why = asFailure(thrown, zh.failure.host);
        if (why.code === "damaged") {
          onOpen();
          return;
        }
        setRefusal(why);
        setAsking(false);
      });
  }, [door, view.kept, onOpen]);
  return { asking, refusal, byHand: () => setAsking(false) };
}

export function Unlock(props: Props) {
  const { asking, refusal, byHand } = useKeychain(props);
  const [unkept, setUnkept] = useState("");
  if (asking)
    return (
      <>
        <div role="status" data-testid={tid.doorKeychain}>
          <Spin size="small" /> {words.byKeychain}
        </div>
        <Button data-testid={tid.doorByHand} onClick={byHand}>
          {words.byHand}
        </Button>
      </>
    );
  if (unkept !== "")
    return (
      <>
        <h1>{words.unkeptTitle}</h1>
        <p data-testid={tid.doorUnkept}>{unkept}</p>
        <Button type="primary" autoFocus onClick={props.onOpen} data-testid={tid.doorGoOn}>
          {words.goOn}
        </Button>
      </>
    );
  return <ByHand {...props} refusal={refusal} onUnkept={setUnkept} />;
}

interface ByHandProps extends Props {
  /** Why the keychain opened nothing. */
  refusal: Failure | null;
  /** It is open, and the keychain did not keep the passphrase, for this reason. */
  onUnkept: (why: string) => void;
}

function ByHand({ door, view, onOpen, refusal, onUnkept }: ByHandProps) {
  const [byCode, setByCode] = useState(false);
  const [passphrase, setPassphrase] = useState("");
  const [recovery, setRecovery] = useState("");
  const [typed, setTyped] = useState(NOTHING_TYPED);
  const box = useRef<InputRef>(null);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState(refusal);
  const [keep, setKeep] = useState(false);
  const ready = byCode ? recovery.trim() !== "" && isFit(typed, view.least) : passphrase !== "";

  const open = async () => {
    if (!ready || busy) return;
    setBusy(true);
    setFailure(null);
    try {
      const { unkept } = await door.unlock(
        byCode
          ? { passphrase: "", recovery, next: typed.passphrase, keep }
          : { passphrase, recovery: "", next: "", keep },
      );
      if (unkept === "") onOpen();
      else onUnkept(unkept);
    } catch (thrown) {
      const why = asFailure(thrown, zh.failure.host);
      // The key is right, and what it opens is damaged: the door says what can be done.
      if (why.code === "damaged") {
        onOpen();
        return;
      }
      setFailure(why);
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
      <Checkbox data-testid={tid.doorKeep} checked={keep} onChange={(event) => setKeep(event.target.checked)}>
        {words.keep}
      </Checkbox>
      <p className="quiet">{words.keepNote}</p>
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
