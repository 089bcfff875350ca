/**
 * Nobody has shown yet that they have the recovery code: on every screen of whoever may make another, until it is typed. A
 * line with the way there everywhere but on 批次, where it is typed.
 */
import { Alert, Button, Input } from "antd";
import { useEffect, useState } from "react";
import type { Failure } from "../bindings/wire";
import { asFailure } from "../bridge/bridge";
import { FailureNote } from "../components/FailureNote";
import { tid } from "../testids";
import { zh } from "../zh";
import { useApp } from "./context";
import { useMay } from "./may";

const words = zh.seal;

/** How long it is said that the code was right, ms. */
const SAID_MS = 5000;

export function UnconfirmedCode() {
  const { status, place, go } = useApp();
  const may = useMay()("seal_code") === null;
  const [confirmed, setConfirmed] = useState(false);
  useEffect(() => {
    if (!confirmed) return;
    const timer = setTimeout(() => setConfirmed(false), SAID_MS);
    return () => clearTimeout(timer);
  }, [confirmed]);
  if (!status.code_unconfirmed) {
    if (!confirmed) return null;
    return (
      <Alert
        className="alarm"
        role="status"
        data-testid={tid.codeConfirmed}
        type="success"
        showIcon
        title={words.codeConfirmed}
      />
    );
  }
  if (!may) return null;
  if (place.screen === "rounds") return <TypeCode onConfirmed={() => setConfirmed(true)} />;
  return (
    <Alert
      className="alarm"
      data-testid={tid.codeUnconfirmed}
      type="warning"
      showIcon
      title={words.unconfirmedLine}
      action={
        <Button size="small" data-testid={tid.codeGo} onClick={() => go({ screen: "rounds", round: null })}>
          {words.goConfirm}
        </Button>
      }
    />
  );
}

/** Goes with its screen, and what was typed and what was wrong with it goes too. */
function TypeCode({ onConfirmed }: { onConfirmed: () => void }) {
  const { bridge, refresh } = useApp();
  const [typed, setTyped] = useState("");
  const [failure, setFailure] = useState<Failure | null>(null);
  const confirm = async () => {
    if (typed.trim() === "") return;
    setFailure(null);
    try {
      await bridge.call("seal_code_confirm", { code: typed });
      onConfirmed();
      await refresh();
    } catch (thrown) {
      setFailure(asFailure(thrown, zh.failure.host));
    }
  };
  return (
    <Alert
      className="alarm"
      data-testid={tid.codeUnconfirmed}
      type="warning"
      showIcon
      title={
        <form
          className="wrap-row"
          onSubmit={(event) => {
            event.preventDefault();
            void confirm();
          }}
        >
          <span>{words.unconfirmed}</span>
          <Input
            className="mono code-typed"
            data-testid={tid.codeTyped}
            aria-label={words.recovery}
            placeholder={words.recovery}
            autoComplete="off"
            spellCheck={false}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
          <Button htmlType="submit" data-testid={tid.codeConfirm} disabled={typed.trim() === ""}>
            {words.confirmCode}
          </Button>
        </form>
      }
      {...(failure ? { description: <FailureNote failure={failure} /> } : {})}
    />
  );
}
