/** Those who have handed in nothing, by college and class, with a text for each class's group and one line for all. */
import { CopyOutlined } from "@ant-design/icons";
import { Button } from "antd";
import type { ChaseRow, NoticeView } from "../../bindings/wire";
import { DataTable } from "../../components/DataTable";
import { Sums } from "../../components/Sums";
import { count } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { Said, type Saying } from "./Said";

const words = zh.notices;

interface Props {
  view: NoticeView;
  said: Saying | null;
  /** Goes to where photos are claimed. */
  onPiles: () => void;
  onCopy: (text: string, what: string) => void;
}

export function ChaseList({ view, said, onPiles, onCopy }: Props) {
  if (view.students === 0) return <p className="panel quiet">{words.noStudents}</p>;
  if (view.missing.length === 0) return <p className="panel quiet">{words.noneMissing}</p>;
  return (
    <>
      <section className="panel stack">
        <Sums
          listed={view.students + view.exempt}
          due={view.students}
          exempt={view.exempt}
          submitted={view.students - view.missing_total}
          missing={view.missing_total}
        />
        {view.claimed_total > 0 ? (
          <p className="wrap-row" data-testid={tid.chaseClaimed}>
            <span>{words.claimedNote(count(view.missing_total), count(view.claimed_total))}</span>
            <Button size="small" onClick={onPiles}>
              {words.toPiles}
            </Button>
          </p>
        ) : null}
        <h3>{words.line}</h3>
        <div className="wrap-row">
          <span className="grow" data-testid={tid.chaseLine}>
            {view.missing_line}
          </span>
          <Button
            icon={<CopyOutlined />}
            data-testid={tid.chaseCopy}
            onClick={() => onCopy(view.missing_line, words.line)}
          >
            {words.copy}
          </Button>
        </div>
      </section>
      <section className="panel stack">
        <Said said={said} part="missing" />
        <DataTable<ChaseRow>
          name="chase-table"
          title={words.missing}
          rowKey={(row) => `${row.college}/${row.class}`}
          pagination={false}
          rows={view.missing}
          columns={[
            { title: words.college, dataIndex: "college", width: 170 },
            { title: words.class, dataIndex: "class", width: 130 },
            { title: words.missingCount, dataIndex: "missing", width: 70, align: "right" },
            {
              title: words.claimed,
              dataIndex: "claimed",
              width: 120,
              align: "right",
              render: (number: number) => (number === 0 ? "" : count(number)),
            },
            { title: words.students, dataIndex: "students", width: 90, align: "right" },
            { title: words.who, dataIndex: "text" },
            {
              title: "",
              width: 84,
              text: () => "",
              render: (_, row) => (
                <Button
                  size="small"
                  icon={<CopyOutlined />}
                  onClick={() => onCopy(row.text, `${row.college || words.nowhere} ${row.class}`)}
                >
                  {words.copy}
                </Button>
              ),
            },
          ]}
        />
      </section>
    </>
  );
}
