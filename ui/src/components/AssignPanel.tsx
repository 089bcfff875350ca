/** Asks whose something is that nobody on the roster is known to have sent, and hands the chosen student back. */
import { Button } from "antd";
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
}

export function AssignPanel({ id, round, title, candidates = [], onAssign, onClose }: Props) {
  return (
    <div className="assign-panel" data-testid={tid.assignPanel}>
      <b>{title}</b>
      <AssignBox key={id} id={id} round={round} candidates={candidates} onAssign={onAssign} />
      <Button size="small" onClick={onClose}>
        {zh.photos.assignClose}
      </Button>
    </div>
  );
}
