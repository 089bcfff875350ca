/** 批次: every round as a card, a new one, or, on the first start, the example round in one click. */
import { Button } from "antd";
import { useState } from "react";
import { useApp } from "../../app/context";
import { ScreenFrame } from "../../components/ScreenFrame";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { BackupPart } from "../backup/BackupPart";
import { RoundCardView } from "./RoundCardView";
import { RoundForm } from "./RoundForm";

export function RoundsScreen() {
  const { bridge, status, startJob, job } = useApp();
  const [creating, setCreating] = useState(false);
  const busy = job !== null && !job.finished;
  const words = zh.rounds;
  const example = (big: boolean) => (
    <Button
      data-testid={tid.roundExample}
      type={big ? "primary" : "default"}
      size={big ? "large" : "medium"}
      disabled={busy}
      onClick={() => void startJob(bridge.call("example_start", {}))}
    >
      {busy && job.kind === "example" ? words.exampleRunning : words.example}
    </Button>
  );
  const create = (
    <Button
      data-testid={tid.roundCreate}
      size={status.rounds.length === 0 ? "large" : "medium"}
      onClick={() => setCreating(true)}
    >
      {words.create}
    </Button>
  );
  const empty = status.rounds.length === 0;
  return (
    <ScreenFrame
      name="rounds"
      title={words.title}
      actions={
        empty ? null : (
          <>
            {example(false)}
            {create}
          </>
        )
      }
    >
      {creating ? <RoundForm onClose={() => setCreating(false)} /> : null}
      {empty && !creating ? (
        <div className="first-run">
          <h2>{words.emptyTitle}</h2>
          <p>{words.emptyText}</p>
          <div className="first-run-buttons">
            {example(true)}
            {create}
          </div>
          <p className="quiet">{words.exampleHint}</p>
        </div>
      ) : null}
      <div className="round-cards">
        {status.rounds.map((card) => (
          <RoundCardView key={card.round} card={card} />
        ))}
      </div>
      <BackupPart />
    </ScreenFrame>
  );
}
