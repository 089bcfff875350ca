/** What can be said of one student: why no photo is wanted, or that one is in any case. */
import { TagOutlined } from "@ant-design/icons";
import { Dropdown } from "antd";
import type { StudentRow } from "../../bindings/wire";
import { tid } from "../../testids";
import { zh } from "../../zh";

const words = zh.scope;
const MARKS = ["collected", "suspended", "left", "other", "straggler", "nothing"];

interface Props {
  row: StudentRow;
  onMark: (row: StudentRow, mark: string) => void;
}

export function MarkMenu({ row, onMark }: Props) {
  const whose = `${row.student_no} ${row.name}`;
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        items: MARKS.flatMap((mark) => [
          ...(mark === "straggler" ? [{ type: "divider" as const, key: "line" }] : []),
          { key: mark, label: <span data-testid={tid.markDo(mark)}>{words.marks[mark]}</span> },
        ]),
        onClick: ({ key }) => onMark(row, key),
      }}
    >
      <button
        type="button"
        className="linklike"
        aria-label={words.markOf(whose)}
        data-testid={tid.mark(row.student_no)}
      >
        <TagOutlined /> {words.mark}
      </button>
    </Dropdown>
  );
}
