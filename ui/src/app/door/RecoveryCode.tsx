/** A recovery code, shown this once: printed or copied out, and its last group typed back before it goes away. */
import { Alert, Button, Input } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { CopyButton } from "../../components/CopyButton";
import { tid } from "../../testids";
import { zh } from "../../zh";

const words = zh.seal;

interface Props {
  code: string;
  /** What is still to be done beside keeping it; mostly empty. */
  note: string;
  onDone: () => void;
}

export function RecoveryCode({ code, note, onDone }: Props) {
  const [typed, setTyped] = useState("");
  const last = code.slice(code.lastIndexOf("-") + 1);
  const right = typed.trim().toUpperCase() === last;
  const wrong = typed.trim().length >= last.length && !right;
  return (
    <form
      className="stack recovery"
      onSubmit={(event) => {
        event.preventDefault();
        if (right) onDone();
      }}
    >
      <h1>{words.codeTitle}</h1>
      <Alert type="warning" showIcon title={words.codeNote} />
      {note === "" ? null : <Alert type="error" showIcon title={note} data-testid={tid.recoveryNote} />}
      <p className="print-only print-head">{words.printHead}</p>
      <code className="recovery-code" data-testid={tid.recoveryCode}>
        {code.split("-").map((group, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two groups may be alike, and none ever moves
          <span key={at}>{group}</span>
        ))}
      </code>
      <p className="print-only">{words.printNote(dayjs().format("YYYY-MM-DD"))}</p>
      <div className="wrap-row">
        <Button data-testid={tid.recoveryPrint} onClick={() => window.print()}>
          {words.print}
        </Button>
        <CopyButton text={code} label={words.copy} />
      </div>
      <span>{words.typeBack}</span>
      <Input
        className="mono"
        data-testid={tid.recoveryLast}
        aria-label={words.typeBack}
        autoComplete="off"
        spellCheck={false}
        maxLength={8}
        value={typed}
        status={wrong ? "warning" : ""}
        onChange={(event) => setTyped(event.target.value)}
      />
      {wrong ? <span role="status">{words.notLast}</span> : null}
      <Button type="primary" htmlType="submit" block data-testid={tid.recoveryDone} disabled={!right}>
        {words.done}
      </Button>
    </form>
  );
}
