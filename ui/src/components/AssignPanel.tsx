/** Asks whose something is that nobody on the roster is known to have sent, and hands the chosen student back. */
import { Button } from "antd";
import { type ReactNode, useEffect, useRef } from "react";
import type { StudentHit } from "../bindings/wire";
import { tid } from "../testids";
import { zh } from "../zh";
import { AssignBox } from "./AssignBox";

interface Props {
  /** What is to be given to a student. */
  id: number;
  round: number;
  title: string;
  /** Offered before anything is typed. */
  candidates?: StudentHit[];
  onAssign: (student: number, hit: StudentHit) => void;
  onClose: () => void;
  /** Another way out of the question. */
  children?: ReactNode;
}

export function AssignPanel({ id, round, title, candidates = [], onAssign, onClose, children }: Props) {
  const box = useRef<HTMLInputElement>(null);
  // Whoever asked goes on by typing.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another one asked for is another box
  useEffect(() => box.current?.focus(), [id]);
  return (
    <div className="assign-panel" data-testid={tid.assignPanel}>
      <b>{title}</b>
      <AssignBox key={id} id={id} round={round} candidates={candidates} box={box} onAssign={onAssign} />
      {children}
      <Button size="small" onClick={onClose}>
        {zh.photos.assignClose}
      </Button>
    </div>
  );
}
