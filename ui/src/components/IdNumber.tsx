/** An ID number, masked. A 负责人 sees it in full for some seconds, and the log says so. */
import { useEffect, useState } from "react";
import { useApp } from "../app/context";
import { useMay } from "../app/may";
import type { RevealedNumber } from "../bindings/wire";
import { asFailure } from "../bridge/bridge";
import { tid } from "../testids";
import { zh } from "../zh";

export function IdNumber({ student, masked }: { student: number; masked: string }) {
  const { bridge, notify } = useApp();
  const may = useMay();
  const [revealed, setRevealed] = useState<{ of: number; told: RevealedNumber } | null>(null);
  useEffect(() => {
    if (!revealed) return;
    const timer = window.setTimeout(() => setRevealed(null), revealed.told.seconds * 1000);
    return () => window.clearTimeout(timer);
  }, [revealed]);
  // A row of a list that was searched meanwhile is another student's.
  const shown = revealed?.of === student ? revealed.told : null;
  if (masked === "") return <>{"\u00a0"}</>;
  const reveal = async () => {
    try {
      setRevealed({ of: student, told: await bridge.call("number_reveal", { student }) });
    } catch (thrown) {
      notify(asFailure(thrown, zh.failure.host).message);
    }
  };
  return (
    <span className="mono id-number">
      {shown ? (
        <span data-testid={tid.revealed(student)} title={zh.people.hidden}>
          {shown.number}
        </span>
      ) : (
        masked
      )}
      {shown || may("number_reveal") !== null ? null : (
        <button
          type="button"
          className="linklike"
          tabIndex={-1}
          data-testid={tid.reveal(student)}
          title={zh.people.revealHint}
          onClick={() => void reveal()}
        >
          {zh.people.reveal}
        </button>
      )}
    </span>
  );
}
