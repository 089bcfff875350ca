/** Between "close the window" and its end: waits for what is on its way, and asks before anything would be lost. */
import { Button, Modal } from "antd";
import { useEffect, useRef, useState } from "react";
import type { Bridge } from "../bridge/bridge";
import { tid } from "../testids";
import { zh } from "../zh";
import type { Outbox } from "./outbox";

const words = zh.closing;

/** After this long, ms, the person may choose not to wait; the store itself gives up after five seconds. */
const SLOW_MS = 8000;

type Stage = "saving" | "slow" | "refused";

interface Asked {
  stage: Stage;
  answer: (go: boolean) => void;
}

/** Whether the window may go: true once all is on disk, else what the person answers. */
async function settle(outbox: Outbox, ask: (stage: Stage, answer: (go: boolean) => void) => void) {
  if (outbox.waiting() === 0) return true;
  const before = outbox.refused().count;
  let answer: (go: boolean) => void = () => undefined;
  const answered = new Promise<boolean>((resolve) => {
    answer = resolve;
  });
  let over = false;
  ask("saving", answer);
  const slow = setTimeout(() => ask("slow", answer), SLOW_MS);
  const saved = outbox.settled().then(() => {
    clearTimeout(slow);
    if (outbox.refused().count === before) return true;
    // Who chose to stay sees the refusal on the screen they stayed on.
    if (!over) ask("refused", answer);
    return answered;
  });
  const go = await Promise.race([saved, answered]);
  over = true;
  clearTimeout(slow);
  return go;
}

export function Closing({ bridge, outbox }: { bridge: Bridge; outbox: Outbox }) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const running = useRef<Promise<boolean> | null>(null);
  useEffect(
    () =>
      bridge.onClose(() => {
        // Closed again while asked: it is still the one question.
        running.current ??= settle(outbox, (stage, answer) => setAsked({ stage, answer })).finally(() => {
          running.current = null;
          setAsked(null);
        });
        return running.current;
      }),
    [bridge, outbox],
  );
  if (!asked) return null;
  const { stage, answer } = asked;
  const stay = (
    <Button key="stay" type="primary" onClick={() => answer(false)} data-testid={tid.closingStay}>
      {words.stay}
    </Button>
  );
  const leave = (
    <Button key="leave" danger onClick={() => answer(true)} data-testid={tid.closingLeave}>
      {words.leave}
    </Button>
  );
  const said = {
    saving: words.saving(outbox.waiting()),
    slow: words.slow(outbox.waiting()),
    refused: words.refused(outbox.refused().last?.message ?? ""),
  };
  return (
    <Modal
      open
      title={words.title}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      footer={stage === "saving" ? [stay] : [leave, stay]}
      wrapProps={{ "data-keys": "own" }}
    >
      <p role="status" data-testid={tid.closingSaid} data-stage={stage}>
        {said[stage]}
      </p>
    </Modal>
  );
}
