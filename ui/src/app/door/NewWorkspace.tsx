/** The first start: how the workspace lies on the disk is chosen before there is anything in it. */
import { Button } from "antd";
import { useState } from "react";
import type { DoorView, Failure, RecoveryShown } from "../../bindings/wire";
import { asFailure, type DoorBridge } from "../../bridge/bridge";
import { FailureNote } from "../../components/FailureNote";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { isFit, NewPassphrase, NOTHING_TYPED } from "./NewPassphrase";

const words = zh.seal;

interface Props {
  door: DoorBridge;
  view: DoorView;
  /** The workspace is made; with its recovery code, which a plain one has none of. */
  onMade: (shown: RecoveryShown) => void;
  /** A backup in a file is to be the workspace. */
  onRestore: () => void;
}

export function NewWorkspace({ door, view, onMade, onRestore }: Props) {
  const [typed, setTyped] = useState(NOTHING_TYPED);
  const [making, setMaking] = useState<"sealed" | "plain" | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const ready = isFit(typed, view.least);

  const make = async (how: "sealed" | "plain") => {
    if (making !== null || (how === "sealed" && !ready)) return;
    setMaking(how);
    setFailure(null);
    try {
      const made = await door.make(how === "sealed" ? typed.passphrase : "");
      onMade(made);
    } catch (thrown) {
      setFailure(asFailure(thrown, zh.failure.host));
      setMaking(null);
    }
  };
  return (
    <>
      <h1>{words.newTitle}</h1>
      <p className="quiet">{words.newNote}</p>
      <form
        className="door-way stack"
        onSubmit={(event) => {
          event.preventDefault();
          void make("sealed");
        }}
      >
        <h2>{words.sealed}</h2>
        <p className="quiet">{words.sealedNote}</p>
        <NewPassphrase typed={typed} least={view.least} focused onTyped={setTyped} />
        <Button
          type="primary"
          htmlType="submit"
          data-testid={tid.doorSealed}
          loading={making === "sealed"}
          disabled={!ready || making === "plain"}
        >
          {words.startSealed}
        </Button>
      </form>
      <div className="door-way stack">
        <h2>{words.plain}</h2>
        <p className="quiet">{words.plainNote}</p>
        <Button
          data-testid={tid.doorPlain}
          loading={making === "plain"}
          disabled={making === "sealed"}
          onClick={() => void make("plain")}
        >
          {words.startPlain}
        </Button>
      </div>
      <FailureNote failure={failure} />
      <Button type="link" data-testid={tid.doorRescue} disabled={making !== null} onClick={onRestore}>
        {zh.rescue.fromBackup}
      </Button>
      <p className="quiet break">{words.folder(view.folder)}</p>
    </>
  );
}
