/** Asks before students are taken off the roster, with what becomes of their photos. */
import { Popconfirm } from "antd";
import { type ReactElement, useState } from "react";
import { useApp } from "../../app/context";
import type { QueueItem, VanishedStudent } from "../../bindings/wire";
import { everything } from "../../desk/everything";
import { count } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";

const words = zh.roster;

interface Props {
  round: number;
  /** Who is to be taken off. */
  students: readonly VanishedStudent[];
  onConfirm: () => void;
  children: ReactElement;
}

export function TakeOff({ round, students, onConfirm, children }: Props) {
  const { bridge } = useApp();
  const [photos, setPhotos] = useState<QueueItem[] | null>(null);
  const look = () => {
    // Who cannot be told how many photos there are is still asked.
    bridge
      .call("queue_filter", everything(round))
      .then(({ items }) => setPhotos(items))
      .catch(() => setPhotos(null));
  };
  const numbers = new Set(students.map((student) => student.student_no));
  const theirs = (photos ?? []).filter((item) => numbers.has(item.student_no));
  const approved = theirs.filter((item) => item.decision === "approved").length;
  return (
    <Popconfirm
      // Over what was chosen, not over the navigation.
      placement="topLeft"
      title={words.takeOffAsk(count(students.length))}
      description={
        <span data-testid={tid.rosterTakeOffNote}>
          {theirs.length > 0 ? `${words.takeOffPhotos(count(theirs.length), count(approved))} ` : ""}
          {words.takeOffNote}
        </span>
      }
      okText={words.takeOffGo(count(students.length))}
      cancelText={words.takeOffBack}
      okButtonProps={{ "data-testid": tid.rosterTakeOff }}
      onOpenChange={(open) => open && look()}
      onConfirm={onConfirm}
    >
      {children}
    </Popconfirm>
  );
}
