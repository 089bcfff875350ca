/** An answer of the studio that says neither yes nor no, in its own words: a person says which it means. */
import { Button } from "antd";
import type { ReconcileRow } from "../../bindings/wire";
import { WhileOpen } from "../../components/WhileOpen";
import { tid } from "../../testids";
import { zh } from "../../zh";

const words = zh.reconcile;
const STATES = ["accepted", "returned"] as const;

interface Props {
  round: number;
  row: ReconcileRow;
  onSettle: (state: string) => void;
  onDrop: () => void;
  onClose: () => void;
}

export function SettlePanel({ round, row, onSettle, onDrop, onClose }: Props) {
  const who = [row.student_no, row.name].filter((part) => part !== "").join(" ");
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
              onClick={() => onSettle(state)}
            >
              {words.settleAs[state]}
            </Button>
          ))}
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
