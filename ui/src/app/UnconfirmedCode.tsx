/** Nobody has shown yet that they have the recovery code: on every screen of whoever may make another, until it is typed. */
import { Alert, Button, Input } from "antd";
import { useState } from "react";
import type { Failure } from "../bindings/wire";
import { asFailure } from "../bridge/bridge";
import { FailureNote } from "../components/FailureNote";
import { tid } from "../testids";
import { zh } from "../zh";
import { useApp } from "./context";
import { useMay } from "./may";

const words = zh.seal;

export function UnconfirmedCode() {
  const { bridge, status, refresh } = useApp();
  const may = useMay()("seal_code") === null;
  const [typed, setTyped] = useState("");
  const [failure, setFailure] = useState<Failure | null>(null);
  if (!status.code_unconfirmed || !may) return null;
  const confirm = async () => {
    if (typed.trim() === "") return;
    try {
      await bridge.call("seal_code_confirm", { code: typed });
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
      title={words.unconfirmed}
      description={
        <form
          className="wrap-row"
          onSubmit={(event) => {
            event.preventDefault();
            void confirm();
          }}
        >
          <Input
            className="mono grow"
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
          <FailureNote failure={failure} />
        </form>
      }
    />
  );
}
