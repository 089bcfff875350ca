/** What restoring the chosen backup means, said before it is done. */
import { Alert, Button } from "antd";
import { useState } from "react";
import type { DoorBackups, DoorRestore, Failure } from "../../bindings/wire";
import { FailureNote } from "../../components/FailureNote";
import { PASSPHRASE, Secret } from "../../components/Secret";
import { count } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { Keeper, useKeeper } from "./Keeper";
import type { Chosen } from "./RescueSources";

const words = zh.rescue;

interface Props {
  chosen: Chosen;
  /** What is known of who answers for it. */
  known: DoorBackups | null;
  /** Whether something is in the place that it takes. */
  damaged: boolean;
  /** Why the last try came to nothing. */
  failure: Failure | null;
  onRestore: (args: DoorRestore) => void;
  onBack: () => void;
}

export function Confirm({ chosen, known, damaged, failure, onRestore, onBack }: Props) {
  const { card, file, asks } = chosen;
  const [typed, setTyped] = useState("");
  const keeper = useKeeper(known, file !== "", failure);
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
        onRestore({ name: file === "" ? card.name : "", file, passphrase, ...keeper.answer });
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
      <Keeper {...keeper} />
      <FailureNote failure={failure} />
      <Button
        type="primary"
        htmlType="submit"
        block
        data-testid={tid.rescueRestore}
        disabled={(asks && typed === "") || !keeper.ready}
      >
        {words.restore}
      </Button>
      <Button onClick={onBack}>{words.back}</Button>
    </form>
  );
}
