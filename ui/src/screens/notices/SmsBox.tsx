/** The file for whoever sends text messages: its columns, the table of numbers, what would go into it. */
import { DeleteOutlined, FolderOpenOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, type ButtonProps, Checkbox, Input, Popconfirm, Select } from "antd";
import { useEffect, useState } from "react";
import { useApp } from "../../app/context";
import type { Failure, SmsColumn, SmsPreview, SmsWhat } from "../../bindings/wire";
import { asFailure } from "../../bridge/bridge";
import { CopyPath } from "../../components/CopyButton";
import { FailureNote } from "../../components/FailureNote";
import { Guarded } from "../../components/Guarded";
import { OpenButton } from "../../components/OpenButton";
import { PathChooser } from "../../components/PathChooser";
import { TargetChooser } from "../../components/TargetChooser";
import { WhileOpen } from "../../components/WhileOpen";
import { count } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { Said, type Saying } from "./Said";

const words = zh.notices.sms;
const TITLE_MAX = 30;
const WHATS = Object.keys(words.whats) as SmsWhat[];

interface Props {
  round: number;
  template: string;
  deadline: string;
  onlyUntold: boolean;
  /** How many of the rejected were told already. */
  told: number;
  onOnlyUntold: (only: boolean) => void;
  /** The text has a word that means nothing. */
  held: boolean;
  /** What the operator puts before every text, as it was kept. */
  signature: string;
  onSignature: (signature: string) => void;
  /** Who is in the file has been told, once it was sent. */
  onMark: (submissions: number[]) => void;
  said: Saying | null;
}

export function SmsBox(props: Props) {
  const { round, template, deadline, onlyUntold, held, signature, onSignature, onMark } = props;
  const { told, onOnlyUntold } = props;
  const { bridge } = useApp();
  const [columns, setColumns] = useState<SmsColumn[]>([]);
  const [path, setPath] = useState("");
  const [preview, setPreview] = useState<SmsPreview | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [said, setSaid] = useState("");
  const [written, setWritten] = useState("");
  const [inFile, setInFile] = useState<number[]>([]);
  const failed = (thrown: unknown) => setFailure(asFailure(thrown, zh.failure.host));

  useEffect(() => {
    bridge
      .call("sms_columns", {})
      .then((kept) => setColumns(kept.columns))
      .catch((thrown) => setFailure(asFailure(thrown, zh.failure.host)));
  }, [bridge]);
  useEffect(() => {
    let stale = false;
    if (path === "") return;
    bridge
      .call("sms_preview", { round, path, only_untold: onlyUntold, template, deadline })
      .then((answer) => {
        if (stale) return;
        setPreview(answer);
        setFailure(null);
      })
      .catch((thrown) => {
        if (stale) return;
        setPreview(null);
        setFailure(asFailure(thrown, zh.failure.host));
      });
    return () => {
      stale = true;
    };
  }, [bridge, round, path, onlyUntold, template, deadline]);

  const save = (folder: string | null) => {
    if (folder === null) return;
    const ask = { round, path, only_untold: onlyUntold, template, deadline };
    bridge
      .call("sms_save", { ask, columns, folder })
      .then((saved) => {
        setFailure(null);
        setWritten(saved.path);
        setInFile(saved.submissions);
        setSaid(words.saved(saved.path, count(saved.rows), saved.left_out));
      })
      .catch(failed);
  };
  const numbers = columns.some((column) => column.what === "phone");
  const lacksNumbers = numbers && !preview?.numbered;
  const lacks = held ? words.heldBack : lacksNumbers ? (preview ? words.noNumbers : words.pickFirst) : "";
  return (
    <details className="panel">
      <summary data-testid={tid.smsBox}>{words.title}</summary>
      <div className="stack sms-box">
        <p className="quiet">{words.how}</p>
        <WhileOpen round={round}>
          <Signature key={signature} signature={signature} onSignature={onSignature} />
          <Said said={props.said} part="sms" />
        </WhileOpen>
        <SmsColumns columns={columns} onColumns={setColumns} />
        {numbers ? (
          <div className="stack">
            <PathChooser
              choices={[
                {
                  kind: "roster",
                  label: words.pick,
                  testid: tid.smsPick,
                  icon: <FolderOpenOutlined />,
                },
              ]}
              onChosen={([chosen]) => chosen && setPath(chosen)}
            />
            {preview ? <SmsFound preview={preview} /> : null}
          </div>
        ) : null}
        {told > 0 ? (
          <p data-testid={tid.smsTold}>
            {onlyUntold ? "" : words.withTold(count(told))}
            <Checkbox checked={onlyUntold} onChange={(event) => onOnlyUntold(event.target.checked)}>
              {words.onlyUntold}
            </Checkbox>
          </p>
        ) : null}
        <FailureNote failure={failure} />
        <WhileOpen round={round}>
          <Guarded command="sms_save">
            <div className="wrap-row">
              <TargetChooser
                label={words.save}
                testid={tid.smsSave}
                disabled={columns.length === 0 || lacks !== ""}
                onChosen={save}
              />
              {lacks === "" ? null : (
                <span className="quiet" data-testid={tid.smsLacks}>
                  {lacks}
                </span>
              )}
              <span role="status" data-testid={tid.smsSaid}>
                {said}
              </span>
              {written === "" ? null : (
                <>
                  <OpenButton testid={tid.smsOpen} onOpen={() => bridge.openSaved("sms")} />
                  <CopyPath path={written} />
                </>
              )}
              {inFile.length > 0 ? (
                <Popconfirm
                  title={zh.notices.markAsk(count(inFile.length))}
                  description={zh.notices.markNote}
                  okText={zh.notices.markYes}
                  cancelText={zh.notices.markNo}
                  okButtonProps={{ "data-testid": tid.smsMarkSure } as ButtonProps}
                  onConfirm={() => {
                    onMark(inFile);
                    setInFile([]);
                  }}
                >
                  <Button data-testid={tid.smsMark}>{words.mark(count(inFile.length))}</Button>
                </Popconfirm>
              ) : null}
            </div>
          </Guarded>
        </WhileOpen>
      </div>
    </details>
  );
}

/** Kept when it is left, as the count of every text follows it. */
function Signature({ signature, onSignature }: Pick<Props, "signature" | "onSignature">) {
  const [text, setText] = useState(signature);
  const put = () => {
    if (text.trim() !== signature) onSignature(text.trim());
  };
  return (
    <Guarded command="sms_signature">
      <div className="wrap-row">
        <label htmlFor={tid.smsSignature}>{words.signature}</label>
        <Input
          id={tid.smsSignature}
          className="sms-title"
          data-testid={tid.smsSignature}
          maxLength={22}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onBlur={put}
          onPressEnter={put}
        />
        <span className="quiet">{words.signatureHint}</span>
      </div>
    </Guarded>
  );
}

function SmsColumns({
  columns,
  onColumns,
}: {
  columns: SmsColumn[];
  onColumns: (columns: SmsColumn[]) => void;
}) {
  const left = WHATS.find((what) => columns.every((column) => column.what !== what));
  const put = (at: number, column: SmsColumn) =>
    onColumns(columns.map((old, other) => (other === at ? column : old)));
  return (
    <div className="stack">
      <b>{words.columns}</b>
      {columns.map((column, at) => (
        // Every kind of content stands in one column at most.
        <div key={column.what} className="wrap-row">
          <Select<SmsWhat>
            aria-label={words.whatOf(at + 1)}
            data-testid={tid.smsWhat(at)}
            style={{ width: 150 }}
            value={column.what}
            options={WHATS.filter(
              (what) => what === column.what || columns.every((other) => other.what !== what),
            ).map((what) => ({ value: what, label: words.whats[what] }))}
            onChange={(what) => put(at, { what, title: words.whats[what] })}
          />
          <Input
            className="sms-title"
            aria-label={words.titleOf(at + 1)}
            data-testid={tid.smsTitle(at)}
            maxLength={TITLE_MAX}
            value={column.title}
            onChange={(event) => put(at, { ...column, title: event.target.value })}
          />
          <Button
            type="text"
            icon={<DeleteOutlined />}
            aria-label={words.remove(column.title)}
            disabled={columns.length === 1}
            onClick={() => onColumns(columns.filter((_, other) => other !== at))}
          />
        </div>
      ))}
      {left ? (
        <div>
          <Button
            size="small"
            icon={<PlusOutlined />}
            data-testid={tid.smsAdd}
            onClick={() => onColumns([...columns, { what: left, title: words.whats[left] }])}
          >
            {words.add}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

function SmsFound({ preview }: { preview: SmsPreview }) {
  const { file, remarks, students, numbered, example, unnumbered } = preview;
  const { shared, several, unreadable, unmatched } = preview;
  const without = students - numbered;
  return (
    <div data-testid={tid.smsFound}>
      <p>{words.found(file, count(students), count(numbered), example)}</p>
      {remarks.map((remark) => (
        <p key={remark} className="text-warn">
          {remark}
        </p>
      ))}
      {shared > 0 ? <p className="text-warn">{words.shared(count(shared))}</p> : null}
      {several > 0 ? <p className="text-warn">{words.several(count(several))}</p> : null}
      {unreadable > 0 ? <p className="quiet">{words.unreadable(count(unreadable))}</p> : null}
      {unmatched > 0 ? <p className="quiet">{words.unmatched(count(unmatched))}</p> : null}
      {without > 0 ? (
        <details>
          <summary>{words.without(count(without))}</summary>
          <p>
            {unnumbered.map((student) => `${student.name}（${student.student_no}）`).join("、")}
            {without > unnumbered.length ? words.more(count(without - unnumbered.length)) : ""}
          </p>
        </details>
      ) : null}
    </div>
  );
}
