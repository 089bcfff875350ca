/** What restoring the chosen backup means, said before it is done. */
import { Alert, Button } from "antd";
import { useEffect, useState } from "react";
import type { DoorRestore, Failure } from "../../bindings/wire";
import { FailureNote } from "../../components/FailureNote";
import { PASSPHRASE, Secret } from "../../components/Secret";
import { count } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";
import type { Chosen } from "./RescueSources";

const words = zh.rescue;

/** Failures after which a keeper's PIN goes along: which people the workspace has is known to the station alone. */
const BY_A_KEEPER: readonly string[] = ["signed_out", "not_allowed"];

interface Props {
  chosen: Chosen;
  /** Whether something is in the place that it takes. */
  damaged: boolean;
  /** Why the last try came to nothing. */
  failure: Failure | null;
  onRestore: (args: DoorRestore) => void;
  onBack: () => void;
}

export function Confirm({ chosen, damaged, failure, onRestore, onBack }: Props) {
  const { card, file, asks } = chosen;
  const [typed, setTyped] = useState("");
  const [pin, setPin] = useState("");
  const keeper = failure !== null && BY_A_KEEPER.includes(failure.code);
  useEffect(() => {
    // Nobody can see what is wrong in it.
    if (failure?.code === "not_allowed") setPin("");
  }, [failure]);
  const wrong = [
    ...(card.missing > 0 ? [zh.backup.missing(count(card.missing))] : []),
    ...(card.damaged > 0 ? [zh.backup.damaged(count(card.damaged))] : []),
  ];
  const holds = words.holds(count(card.rounds), count(card.students), count(card.photos));
  return (
    <form
      className="stack"
      data-testid={tid.rescueConfirm}
      onSubmit={(event) => {
        event.preventDefault();
        const passphrase = asks ? typed : chosen.passphrase;
        onRestore({ name: file === "" ? card.name : "", file, passphrase, pin });
      }}
    >
      <h1>{words.confirmTitle(card.at)}</h1>
      {file === "" ? null : <p className="mono break">{file}</p>}
      <p>{wrong.length > 0 ? `${holds}（${wrong.join("，")}）` : holds}</p>
      {card.caution === "" ? null : (
        <Alert type="error" showIcon title={card.caution} data-testid={tid.rescueCaution} />
      )}
      <p>{words.lost}</p>
      <p>{words.people}</p>
      {damaged ? <p>{words.aside}</p> : null}
      {asks ? (
        <Secret
          name={tid.rescuePassphrase}
          label={words.workspacePassphrase}
          value={typed}
          onValue={setTyped}
          autoFocus
          {...PASSPHRASE}
        />
      ) : null}
      <FailureNote failure={failure} />
      {keeper ? (
        <Secret
          name={tid.rescuePin}
          label={words.pin}
          value={pin}
          onValue={setPin}
          inputMode="numeric"
          autoFocus
        />
      ) : null}
      <Button
        type="primary"
        htmlType="submit"
        block
        data-testid={tid.rescueRestore}
        disabled={(asks && typed === "") || (keeper && pin === "")}
      >
        {words.restore}
      </Button>
      <Button onClick={onBack}>{words.back}</Button>
    </form>
  );
}
