/** 加密: whether the workspace is encrypted; sealing it, another passphrase, another recovery code. */
import { Button, Modal } from "antd";
import { useState } from "react";
import { useApp } from "../../app/context";
import { useSealNow } from "../../app/door/context";
import { isFit, NewPassphrase, NOTHING_TYPED } from "../../app/door/NewPassphrase";
import { RecoveryCode } from "../../app/door/RecoveryCode";
import type { Failure, RecoveryShown } from "../../bindings/wire";
import { asFailure } from "../../bridge/bridge";
import { FailureNote } from "../../components/FailureNote";
import { Guarded } from "../../components/Guarded";
import { PASSPHRASE, Secret } from "../../components/Secret";
import { useIntoSight } from "../../components/useIntoSight";
import { tid } from "../../testids";
import { zh } from "../../zh";

const words = zh.seal;

type Doing = "seal" | "change" | "renew" | null;

export function SealPart() {
  const { status } = useApp();
  return (
    <div className="stack seal-part" data-testid={tid.seal}>
      <h3>{status.sealed ? words.isSealed : words.isPlain}</h3>
      <p className="quiet">{status.sealed ? words.isSealedNote : words.isPlainNote}</p>
      {status.sealed ? <Sealed /> : <Plain />}
    </div>
  );
}

/** A plain workspace can be sealed where the host can close it. */
function Plain() {
  const { bridge, job, status, named, uncopied } = useApp();
  const least = status.least_passphrase;
  const sealNow = useSealNow();
  const [doing, setDoing] = useState<Doing>(null);
  const [typed, setTyped] = useState(NOTHING_TYPED);
  const [failure, setFailure] = useState<Failure | null>(null);
  // Sealing draws every screen anew: a passphrase that is told once would go with them.
  const busy = (job !== null && !job.finished) || uncopied !== null;
  if (!sealNow) return <p>{words.elsewhere}</p>;
  const begin = async () => {
    if (busy || !isFit(typed, least)) return;
    try {
      // Asked before the screens go: who may not, or must wait, is told here.
      await bridge.call("seal_ready", {});
      sealNow(typed.passphrase);
    } catch (thrown) {
      setFailure(asFailure(thrown, zh.failure.host));
    }
  };
  return (
    <Guarded command="seal_ready">
      {uncopied === null ? null : (
        <p role="status" data-testid={tid.sealUncopied}>
          {words.uncopied[uncopied]}
        </p>
      )}
      {doing === "seal" ? (
        <Form onSubmit={() => void begin()}>
          <NewPassphrase typed={typed} least={least} focused onTyped={setTyped} />
          <FailureNote failure={failure} />
          <div className="wrap-row">
            <Button
              type="primary"
              htmlType="submit"
              data-testid={tid.sealNow}
              disabled={busy || !isFit(typed, least)}
            >
              {words.beginNow}
            </Button>
            <Button onClick={() => setDoing(null)}>{words.cancel}</Button>
          </div>
        </Form>
      ) : (
        <div className="wrap-row">
          <Button data-testid={tid.sealBegin} disabled={busy} onClick={() => named(() => setDoing("seal"))}>
            {words.begin}
          </Button>
        </div>
      )}
    </Guarded>
  );
}

function Sealed() {
  const { bridge, status, refresh } = useApp();
  const least = status.least_passphrase;
  const [doing, setDoing] = useState<Doing>(null);
  const [old, setOld] = useState("");
  const [typed, setTyped] = useState(NOTHING_TYPED);
  const [shown, setShown] = useState<RecoveryShown | null>(null);
  const [note, setNote] = useState("");
  const [changed, setChanged] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const ready = old !== "" && (doing === "renew" || isFit(typed, least));
  const begin = (what: Doing) => {
    setDoing(what);
    setOld("");
    setTyped(NOTHING_TYPED);
    setChanged(false);
    setNote("");
    setFailure(null);
  };
  const act = async () => {
    if (!ready || busy) return;
    setBusy(true);
    try {
      if (doing === "renew") {
        setShown(await bridge.call("seal_code", { passphrase: old }));
        begin(null);
      } else {
        const changed = await bridge.call("seal_passphrase", { old, new: typed.passphrase });
        begin(null);
        setChanged(true);
        setNote(changed.note);
      }
      // What a keychain kept went with either.
      await refresh();
    } catch (thrown) {
      setFailure(asFailure(thrown, zh.failure.host));
    } finally {
      setBusy(false);
    }
  };
  const copied = async (code: string) => {
    setShown(null);
    try {
      await bridge.call("seal_code_confirm", { code });
      await refresh();
    } catch (thrown) {
      setFailure(asFailure(thrown, zh.failure.host));
    }
  };
  const forget = async () => {
    try {
      setNote((await bridge.call("seal_forget", {})).note);
      setFailure(null);
      await refresh();
    } catch (thrown) {
      setFailure(asFailure(thrown, zh.failure.host));
    }
  };
  return (
    <Guarded command="seal_passphrase">
      {status.kept_here ? (
        <div className="wrap-row">
          <span>{words.isKept}</span>
          <Button size="small" data-testid={tid.sealForget} onClick={() => void forget()}>
            {words.forget}
          </Button>
          {doing === null ? <FailureNote failure={failure} /> : null}
        </div>
      ) : null}
      {doing === null ? (
        <div className="wrap-row">
          <Button data-testid={tid.sealChange} onClick={() => begin("change")}>
            {words.change}
          </Button>
          <Button data-testid={tid.sealRenew} onClick={() => begin("renew")}>
            {words.renew}
          </Button>
          {changed ? <span role="status">{words.changed}</span> : null}
          {note === "" ? null : (
            <span role="status" data-testid={tid.sealNote}>
              {note}
            </span>
          )}
        </div>
      ) : (
        <Form onSubmit={() => void act()}>
          {doing === "renew" ? <p>{words.renewNote}</p> : null}
          <Secret
            name={tid.sealOld}
            label={words.old}
            value={old}
            onValue={setOld}
            autoFocus
            {...PASSPHRASE}
          />
          {doing === "change" ? <NewPassphrase typed={typed} least={least} onTyped={setTyped} /> : null}
          <FailureNote failure={failure} />
          <div className="wrap-row">
            <Button
              type="primary"
              htmlType="submit"
              data-testid={doing === "renew" ? tid.sealRenewNow : tid.sealSave}
              loading={busy}
              disabled={!ready}
            >
              {doing === "renew" ? words.renewNow : words.save}
            </Button>
            <Button disabled={busy} onClick={() => begin(null)}>
              {words.cancel}
            </Button>
          </div>
        </Form>
      )}
      {shown === null ? null : (
        <Modal open footer={null} closable={false} keyboard={false} mask={{ closable: false }} width={560}>
          <RecoveryCode {...shown} onDone={() => void copied(shown.code)} />
        </Modal>
      )}
    </Guarded>
  );
}

function Form({ onSubmit, children }: { onSubmit: () => void; children: React.ReactNode }) {
  // It opens at the foot of the page: all of it is shown, not the first box alone.
  const box = useIntoSight<HTMLFormElement>();
  return (
    <form
      ref={box}
      className="stack seal-form"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
    </form>
  );
}
