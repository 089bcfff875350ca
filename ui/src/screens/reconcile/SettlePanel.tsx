/** An answer of the studio that says neither yes nor no, in its own words: a person says which it means. */
import { Button, Input } from "antd";
import { useState } from "react";
import type { ReconcileRow } from "../../bindings/wire";
import { WhileOpen } from "../../components/WhileOpen";
import { tid } from "../../testids";
import { zh } from "../../zh";

const words = zh.reconcile;
const STATES = ["accepted", "returned"] as const;
/** Longest reason, characters. */
const REASON_MAX = 200;

interface Props {
  round: number;
  row: ReconcileRow;
  onSettle: (state: string, reason: string) => void;
  onDrop: () => void;
  onClose: () => void;
}

export function SettlePanel({ round, row, onSettle, onDrop, onClose }: Props) {
  const who = [row.student_no, row.name].filter((part) => part !== "").join(" ");
  const [reason, setReason] = useState("");
  return (
    <div className="assign-panel" data-testid={tid.receiptWords}>
      <b>{words.settleOf(who, row.text, row.source)}</b>
      <WhileOpen round={round}>
        <div className="wrap-row">
          {STATES.map((state) => (
            <Button
              key={state}
              size="small"
              data-testid={tid.receiptSettle(state)}
              onClick={() => onSettle(state, state === "returned" ? reason.trim() : "")}
            >
              {words.settleAs[state]}
            </Button>
          ))}
          <Input
            className="settle-reason"
            size="small"
            maxLength={REASON_MAX}
            value={reason}
            placeholder={words.settleReason}
            aria-label={words.settleReason}
            data-testid={tid.receiptReason}
            onChange={(event) => setReason(event.target.value)}
          />
          <Button size="small" data-testid={tid.receiptDrop(row.receipt ?? 0)} onClick={onDrop}>
            {words.drop}
          </Button>
        </div>
      </WhileOpen>
      <Button size="small" onClick={onClose}>
        {zh.photos.assignClose}
      </Button>
    </div>
  );
}
