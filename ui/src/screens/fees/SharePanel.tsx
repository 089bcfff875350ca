/** Asks for which students a payment was made together, and what each has of it. */
import { Button } from "antd";
import { useEffect, useRef, useState } from "react";
import type { FeePart, FeePayment, StudentHit } from "../../bindings/wire";
import { AssignBox } from "../../components/AssignBox";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { divided, fenOf, yuanOf } from "./shares";

const words = zh.fees;
const whose = (hit: StudentHit) => `${hit.student_no} ${hit.name}`;

interface Chosen {
  hit: StudentHit;
  amount: string;
  /** The amount was typed, and stays when another student comes or goes. */
  typed: boolean;
}

interface Props {
  payment: FeePayment;
  round: number;
  onShare: (shares: FeePart[], text: string) => void;
  onClose: () => void;
}

/** The students with their parts: what was typed stays, the others divide the rest. */
function withParts(chosen: Chosen[], fen: number): Chosen[] {
  const parts = divided(
    fen,
    chosen.map((one) => (one.typed ? one.amount : null)),
  );
  return chosen.map((one, at) => ({ ...one, amount: parts[at] ?? "" }));
}

/** Why the shares cannot be noted yet; empty when they can. */
function unready(chosen: Chosen[], fen: number): string {
  if (chosen.length < 2) return words.shareTwo;
  const parts = chosen.map((one) => fenOf(one.amount));
  if (parts.some((part) => part === null)) return words.shareNoAmount;
  const left = fen - parts.reduce<number>((sum, part) => sum + (part ?? 0), 0);
  if (left === 0) return parts.some((part) => part === 0) ? words.shareNoAmount : "";
  return left > 0 === fen > 0 ? words.shareLeft(yuanOf(left)) : words.shareOver(yuanOf(-left));
}

export function SharePanel({ payment, round, onShare, onClose }: Props) {
  const fen = fenOf(payment.amount) ?? 0;
  const [chosen, setChosen] = useState<Chosen[]>([]);
  const box = useRef<HTMLInputElement>(null);
  const hits = chosen.map((one) => one.hit);
  // Whoever asked goes on by typing.
  // biome-ignore lint/correctness/useExhaustiveDependencies: with each student chosen the box is another one
  useEffect(() => box.current?.focus(), [chosen.length]);
  const add = (hit: StudentHit) => {
    if (hits.some((one) => one.student === hit.student)) return;
    setChosen(withParts([...chosen, { hit, amount: "", typed: false }], fen));
  };
  const drop = (student: number) =>
    setChosen(
      withParts(
        chosen.filter((one) => one.hit.student !== student),
        fen,
      ),
    );
  const write = (student: number, amount: string) =>
    setChosen(chosen.map((one) => (one.hit.student === student ? { ...one, amount, typed: true } : one)));
  const divideAnew = () =>
    setChosen(
      withParts(
        chosen.map((one) => ({ ...one, typed: false })),
        fen,
      ),
    );
  const problem = unready(chosen, fen);
  const save = () =>
    onShare(
      chosen.map(({ hit, amount }) => ({ student: hit.student, amount: amount.trim() })),
      words.shared(payment.amount, hits.map(whose).join("、")),
    );
  return (
    <div className="assign-panel" data-testid={tid.assignPanel}>
      <b>{words.shareOf(payment.amount, payment.text)}</b>
      {chosen.length > 0 ? (
        <ul className="fee-shares">
          {chosen.map(({ hit, amount }) => (
            <li key={hit.student}>
              <span>{whose(hit)}</span>
              <input
                className="fee-amount"
                data-testid={tid.feeShareAmount(hit.student)}
                aria-label={words.shareAmount(whose(hit))}
                value={amount}
                onChange={(event) => write(hit.student, event.target.value)}
              />
              <Button
                size="small"
                type="text"
                aria-label={words.shareDrop(whose(hit))}
                data-testid={tid.feeShareDrop(hit.student)}
                onClick={() => drop(hit.student)}
              >
                ✕
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
      <AssignBox
        key={chosen.length}
        id={payment.payment}
        round={round}
        candidates={payment.candidates
          .map(({ hit }) => hit)
          .filter((one) => !hits.some((hit) => hit.student === one.student))}
        action={words.shareAdd}
        box={box}
        onAssign={(_, hit) => add(hit)}
      />
      <span role="status" className="quiet" data-testid={tid.feeShareLeft}>
        {problem}
      </span>
      <Button size="small" disabled={chosen.length < 2} data-testid={tid.feeShareEvenly} onClick={divideAnew}>
        {words.shareEvenly}
      </Button>
      <Button
        size="small"
        type="primary"
        disabled={problem !== ""}
        data-testid={tid.feeShareSave}
        onClick={save}
      >
        {words.shareSave}
      </Button>
      <Button size="small" onClick={onClose}>
        {zh.photos.assignClose}
      </Button>
    </div>
  );
}
