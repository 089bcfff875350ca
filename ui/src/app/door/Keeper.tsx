/** Who answers for restoring: a keeper by a PIN, asked for before anything is done, or somebody who says that none can be asked. */
import { Alert, Checkbox } from "antd";
import { useEffect, useState } from "react";
import type { DoorBackups, DoorRestore, Failure } from "../../bindings/wire";
import { PASSPHRASE, Secret } from "../../components/Secret";
import { tid } from "../../testids";
import { zh } from "../../zh";

const words = zh.rescue;

/** Failures that tell of a keeper with a PIN, where that was not known before. */
const BY_A_KEEPER: readonly string[] = ["signed_out", "not_allowed"];

type Answer = Pick<DoorRestore, "pin" | "workspace" | "unread">;

interface Asked {
  /** Whether the key of the workspace that does not open is asked for, for its people alone. */
  key: boolean;
  /** How a PIN is asked for; `null` where none is. */
  pin: string | null;
  /** Whether nothing is done without one. */
  pinNeeded: boolean;
  unread: boolean;
}

/** What is asked, by what is known of the keepers and by what the last try came to. */
function asked(known: DoorBackups | null, file: boolean, failure: Failure | null): Asked {
  const keepers = known?.keepers ?? "nobody";
  const unread = keepers === "unread" || failure?.code === "conflict";
  const pinNeeded = keepers === "named" || (failure !== null && BY_A_KEEPER.includes(failure.code));
  const label = pinNeeded ? words.pinAsked : keepers === "locked" && !unread ? words.pinIfAny : null;
  return {
    key: file && !unread && (keepers === "locked" || (known === null && failure?.code === "workspace")),
    pin: known && keepers === "named" ? words.pin(known.names) : label,
    pinNeeded,
    unread,
  };
}

/** What a keeper, or whoever stands in, answers with, and whether that is enough to try. */
export function useKeeper(known: DoorBackups | null, file: boolean, failure: Failure | null) {
  const [answer, setAnswer] = useState<Answer>({ pin: "", workspace: "", unread: false });
  useEffect(() => {
    // Nobody can see what is wrong in it.
    if (failure?.code === "not_allowed") setAnswer((before) => ({ ...before, pin: "" }));
  }, [failure]);
  const asks = asked(known, file, failure);
  const ready =
    !(asks.key && answer.workspace === "") &&
    !(asks.pinNeeded && answer.pin === "") &&
    !(asks.unread && !answer.unread);
  return { answer, setAnswer, asks, ready };
}

export function Keeper({ answer, setAnswer, asks }: ReturnType<typeof useKeeper>) {
  return (
    <>
      {asks.key ? (
        <div className="stack">
          <label htmlFor={tid.rescueOwnKey}>{words.ownKey}</label>
          <Secret
            id={tid.rescueOwnKey}
            name={tid.rescueOwnKey}
            label={words.ownKey}
            value={answer.workspace}
            onValue={(workspace) => setAnswer({ ...answer, workspace })}
            {...PASSPHRASE}
          />
        </div>
      ) : null}
      {asks.pin === null ? null : (
        <div className="stack">
          <label htmlFor={tid.rescuePin}>{asks.pin}</label>
          <Secret
            id={tid.rescuePin}
            name={tid.rescuePin}
            label={asks.pin}
            value={answer.pin}
            onValue={(pin) => setAnswer({ ...answer, pin })}
          />
        </div>
      )}
      {asks.unread ? (
        <>
          <Alert type="warning" showIcon title={words.unread} />
          <Checkbox
            data-testid={tid.rescueUnread}
            checked={answer.unread}
            onChange={(event) => setAnswer({ ...answer, unread: event.target.checked })}
          >
            {words.unreadConfirm}
          </Checkbox>
        </>
      ) : null}
    </>
  );
}
