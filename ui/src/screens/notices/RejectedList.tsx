/** The students whose newest photo is rejected: the text for each and for each college, and who was told. */
import { CheckOutlined, CopyOutlined } from "@ant-design/icons";
import { Button, type ButtonProps, Checkbox, Popconfirm, Space } from "antd";
import { useMemo, useState } from "react";
import type { NoticeGroup, NoticeRow, NoticeView } from "../../bindings/wire";
import { DataTable } from "../../components/DataTable";
import { WhileOpen } from "../../components/WhileOpen";
import { count } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { ByCollege } from "./ByCollege";
import { type NoticePart, Said, type Saying } from "./Said";
import { SmsBox } from "./SmsBox";

const words = zh.notices;
const PAGE = 50;

interface Props {
  round: number;
  view: NoticeView;
  /** The template and the day as they are being written. */
  template: string;
  deadline: string;
  onCopy: (part: NoticePart, text: string, what: string) => void;
  onMark: (submissions: number[], told: boolean) => void;
  onSignature: (signature: string) => void;
  said: Saying | null;
}

interface GroupProps extends Pick<Props, "round" | "onCopy"> {
  group: NoticeGroup;
  onlyUntold: boolean;
  held: boolean;
  onMark: () => void;
}

/** A college's text to be pasted into its group, and the mark that it was. */
function Group({ round, group, onlyUntold, held, onCopy, onMark }: GroupProps) {
  const college = group.college || words.nowhere;
  const named = words.groupOf(
    college,
    count(onlyUntold ? group.untold : group.students),
    group.untold === 0 ? "all" : group.untold < group.students && !onlyUntold ? count(group.untold) : "",
  );
  return (
    <Space.Compact>
      <Button
        icon={<CopyOutlined />}
        data-testid={tid.noticeGroup(group.college)}
        disabled={held}
        onClick={() => onCopy("groups", onlyUntold ? group.untold_text : group.text, named)}
      >
        {named}
      </Button>
      {group.untold > 0 ? (
        <WhileOpen round={round}>
          <Popconfirm
            title={words.markGroupAsk(college, count(group.untold))}
            description={words.markNote}
            okText={words.markYes}
            cancelText={words.markNo}
            okButtonProps={{ "data-testid": tid.noticeMarkGroupSure } as ButtonProps}
            disabled={held}
            onConfirm={onMark}
          >
            <Button
              icon={<CheckOutlined />}
              disabled={held}
              aria-label={words.markGroup(college)}
              title={words.markGroup(college)}
              data-testid={tid.noticeMarkGroup(group.college)}
            >
              {words.markYes}
            </Button>
          </Popconfirm>
        </WhileOpen>
      ) : null}
    </Space.Compact>
  );
}

export function RejectedList({
  round,
  view,
  template,
  deadline,
  onCopy,
  onMark,
  onSignature,
  said: told,
}: Props) {
  const [onlyUntold, setOnlyUntold] = useState(false);
  /** Where it was pressed that some were told: what came of it is said there. */
  const [marked, setMarked] = useState<NoticePart>("rows");
  const mark = (part: NoticePart, submissions: number[], told: boolean) => {
    setMarked(part);
    onMark(submissions, told);
  };
  const copy: Props["onCopy"] = (part, text, what) => {
    setMarked("rows");
    onCopy(part, text, what);
  };
  const said = told?.part === "rows" ? { ...told, part: marked } : told;
  const untold = useMemo(() => view.rows.filter((row) => row.told_at === ""), [view.rows]);
  const shown = onlyUntold ? untold : view.rows;
  const overdue = view.rows.filter((row) => row.is_overdue).length;
  /** A text with a word that means nothing does not leave the program, and nobody was told by it. */
  const held = view.unknown.length > 0;
  const nobody = held || untold.length === 0;
  if (view.rows.length === 0) return <p className="panel quiet">{words.noneRejected}</p>;
  return (
    <>
      <section className="panel stack">
        <h3>{words.groups}</h3>
        <div className="wrap-row">
          {view.groups
            .filter((group) => !onlyUntold || group.untold > 0)
            .map((group) => (
              <Group
                key={group.college}
                round={round}
                group={group}
                onlyUntold={onlyUntold}
                held={held}
                onCopy={copy}
                onMark={() =>
                  mark(
                    "groups",
                    untold.filter((row) => row.college === group.college).map((row) => row.submission),
                    true,
                  )
                }
              />
            ))}
          <Said said={said} part="groups" />
        </div>
        <ByCollege rows={shown} deadline={view.deadline} held={held} onlyUntold={onlyUntold} />
      </section>
      <SmsBox
        round={round}
        template={template}
        deadline={deadline}
        onlyUntold={onlyUntold}
        held={held}
        signature={view.signature}
        said={said}
        onSignature={onSignature}
        told={view.rows.length - untold.length}
        onOnlyUntold={setOnlyUntold}
        onMark={(submissions) => mark("sms", submissions, true)}
      />
      <section className="panel stack">
        <div className="wrap-row">
          <span>{words.count(count(view.rows.length), count(untold.length))}</span>
          <Checkbox checked={onlyUntold} onChange={(event) => setOnlyUntold(event.target.checked)}>
            {words.onlyUntold}
          </Checkbox>
          {overdue > 0 ? <span className="notice-overdue">{words.overdue(count(overdue))}</span> : null}
          <span className="grow" />
          <Said said={said} part="rows" />
          <WhileOpen round={round}>
            <Popconfirm
              placement="topRight"
              title={words.markAsk(count(untold.length))}
              description={words.markNote}
              okText={words.markYes}
              cancelText={words.markNo}
              okButtonProps={{ "data-testid": tid.noticeMarkSure } as ButtonProps}
              disabled={nobody}
              onConfirm={() =>
                mark(
                  "rows",
                  untold.map((row) => row.submission),
                  true,
                )
              }
            >
              <Button type="primary" disabled={nobody} data-testid={tid.noticeMark}>
                {words.mark(count(untold.length))}
              </Button>
            </Popconfirm>
          </WhileOpen>
        </div>
        <DataTable<NoticeRow>
          name="notices-table"
          title={words.rejected}
          rowKey="submission"
          pagination={shown.length > PAGE ? { pageSize: PAGE, showSizeChanger: false } : false}
          rows={shown}
          columns={[
            { title: words.no, dataIndex: "student_no", width: 120 },
            { title: words.name, dataIndex: "name", width: 90 },
            { title: words.college, dataIndex: "college", width: 150 },
            // The text needs the room that a column without a word would take.
            ...(view.rows.some((row) => row.class !== "")
              ? [{ title: words.class, dataIndex: "class", width: 110 }]
              : []),
            { title: words.state, dataIndex: "state", width: 84 },
            { title: words.text, dataIndex: "text", stays: held },
            {
              title: words.copy,
              width: 72,
              text: () => "",
              render: (_, row) => (
                <Button
                  size="small"
                  type="text"
                  icon={<CopyOutlined />}
                  disabled={held}
                  aria-label={words.copyOne(row.name)}
                  title={words.copyOne(row.name)}
                  data-testid={tid.noticeCopy(row.submission)}
                  onClick={() => copy("rows", row.text, row.name)}
                />
              ),
            },
            { title: words.parts, dataIndex: "parts", width: 84, align: "right" },
            {
              title: words.told,
              width: 150,
              text: (row) =>
                row.told_until === ""
                  ? row.told_at
                  : `${row.told_at} ${words.until(row.told_until, row.is_overdue)}`,
              render: (_, row) =>
                row.told_at === "" ? (
                  <WhileOpen round={round}>
                    <Button
                      size="small"
                      type="text"
                      disabled={held}
                      aria-label={words.markOne(row.name)}
                      data-testid={tid.noticeMarkOne(row.submission)}
                      onClick={() => mark("rows", [row.submission], true)}
                    >
                      {words.markYes}
                    </Button>
                  </WhileOpen>
                ) : (
                  <span className="notice-told">
                    <span>
                      {row.told_at.slice(5, 16)}
                      {row.told_until === "" ? null : (
                        <small className={row.is_overdue ? "notice-overdue" : "quiet"}>
                          {words.until(row.told_until.slice(5), row.is_overdue)}
                        </small>
                      )}
                    </span>
                    <WhileOpen round={round}>
                      <Button
                        size="small"
                        type="text"
                        data-testid={tid.noticeUnmark(row.submission)}
                        onClick={() => mark("rows", [row.submission], false)}
                      >
                        {words.unmark}
                      </Button>
                    </WhileOpen>
                  </span>
                ),
            },
          ]}
        />
      </section>
    </>
  );
}
