/** What can be said of one student: why no photo is wanted, or that one is in any case. */
import { TagOutlined } from "@ant-design/icons";
import { Dropdown } from "antd";
import { useEffect, useState } from "react";
import type { StudentRow } from "../../bindings/wire";
import { tid } from "../../testids";
import { zh } from "../../zh";

const words = zh.scope;
/** Taking the picture of the 采集码 away: no mark, but asked for at the same place and taken back the same way. */
export const REMOVE_CODE = "remove_code";
/** The same of the reference photo. */
export const REMOVE_REFERENCE = "remove_reference";
const MARKS = ["collected", "suspended", "left", "other", "straggler", "nothing"];

interface Props {
  row: StudentRow;
  /** Why nothing is said of anybody any more; `null` while something is. */
  ended: string | null;
  onMark: (row: StudentRow, mark: string) => void;
}

export function MarkMenu({ row, ended, onMark }: Props) {
  const whose = `${row.student_no} ${row.name}`;
  // A menu for each row in sight would take most of the time of drawing a list anew: it is there once asked for.
  // Of whom: the row is another student's after a search, and what was open for the one before is not for this one.
  const [askedOf, setAskedOf] = useState<number | null>(null);
  const asked = askedOf === row.student;
  const [open, setOpen] = useState(false);
  const button = (
    <button
      type="button"
      className="linklike"
      aria-label={words.markOf(whose)}
      aria-haspopup="menu"
      disabled={ended !== null}
      title={ended ?? undefined}
      data-testid={tid.mark(row.student_no)}
      onClick={() => setAskedOf(row.student)}
    >
      <TagOutlined /> {words.mark}
    </button>
  );
  // Opened a step after it is there: it takes its place from the button it belongs to.
  useEffect(() => setOpen(asked), [asked]);
  useEffect(() => setAskedOf((of) => (of === row.student ? of : null)), [row.student]);
  if (!asked) return button;
  const removable = [
    ...(row.code === "" ? [] : [{ key: REMOVE_CODE, text: words.removeCode }]),
    ...(row.reference ? [{ key: REMOVE_REFERENCE, text: words.removeReference }] : []),
  ];
  return (
    <Dropdown
      trigger={["click"]}
      open={open}
      onOpenChange={setOpen}
      menu={{
        items: MARKS.flatMap((mark) => [
          ...(mark === "straggler" ? [{ type: "divider" as const, key: "line" }] : []),
          { key: mark, label: <span data-testid={tid.markDo(mark)}>{words.marks[mark]}</span> },
          ...(mark === "nothing" && removable.length > 0
            ? [
                { type: "divider" as const, key: "filed-line" },
                ...removable.map(({ key, text }) => ({
                  key,
                  label: <span data-testid={tid.markDo(key)}>{text}</span>,
                })),
              ]
            : []),
        ]),
        onClick: ({ key }) => onMark(row, key),
      }}
    >
      {button}
    </Dropdown>
  );
}
