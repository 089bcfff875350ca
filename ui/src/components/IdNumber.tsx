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
  const [shown, setShown] = useState<RevealedNumber | null>(null);
  useEffect(() => {
    if (!shown) return;
    const timer = window.setTimeout(() => setShown(null), shown.seconds * 1000);
    return () => window.clearTimeout(timer);
  }, [shown]);
  if (masked === "") return <>{"\u00a0"}</>;
  const reveal = async () => {
    try {
      setShown(await bridge.call("number_reveal", { student }));
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
