/** Those who have a photo already: exempt or not, and the list they are read from. */
import { FolderOpenOutlined } from "@ant-design/icons";
import { Alert, Button, Radio } from "antd";
import { useApp } from "../../app/context";
import type { CollectedImported, CollectedLine, ScopeView } from "../../bindings/wire";
import { DataTable } from "../../components/DataTable";
import { PathChooser } from "../../components/PathChooser";
import { count } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";

const words = zh.scope;

function Imported({ imported }: { imported: CollectedImported }) {
  const { file, rows, marked, known, strangers, ambiguous, without, unclear, by_name, lost, remarks, lines } =
    imported;
  const doubtful = ambiguous > 0;
  const look = doubtful || unclear > 0 || lost > 0;
  return (
    <div className="stack" role="status" data-testid={tid.scopeImported}>
      <span>
        {words.imported(file, count(rows), count(marked), count(known), count(strangers))}
        {doubtful ? `；${words.doubtful(count(ambiguous))}` : ""}
        {without > 0 ? `；${words.without(count(without))}` : ""}
        {unclear > 0 ? `；${words.unclear(count(unclear))}` : ""}
        {by_name > 0 ? `；${words.byName(count(by_name))}` : ""}
        {lost > 0 ? `；${words.lost(count(lost))}` : ""}
      </span>
      {remarks.map((remark) => (
        <Alert key={remark} type="warning" showIcon title={remark} />
      ))}
      {lines.length > 0 ? (
        <details open={look}>
          <summary>{words.lines(count(lines.length))}</summary>
          <DataTable<CollectedLine>
            name="scope-lines"
            title={words.linesTitle}
            rowKey={(line) => `${line.row} ${line.text} ${line.why}`}
            pagination={lines.length > 10 ? { pageSize: 10, showSizeChanger: false } : false}
            rows={lines}
            columns={[
              { title: words.row, dataIndex: "row", width: 70, align: "right" },
              { title: words.text, dataIndex: "text" },
              { title: words.why, dataIndex: "why" },
            ]}
          />
        </details>
      ) : null}
    </div>
  );
}

interface Props {
  round: number;
  view: ScopeView;
  redo: boolean;
  imported: CollectedImported | null;
  onRedo: (redo: boolean) => void;
  onImport: (path: string) => void;
}

export function Collected({ round, view, redo, imported, onRedo, onImport }: Props) {
  const { go } = useApp();
  const marked = words.collectedCount(count(view.collected));
  return (
    <section className="panel stack">
      <header className="wrap-row scope-head">
        <h3>{words.collected}</h3>
        <span className="quiet">{words.collectedNote}</span>
      </header>
      <div className="wrap-row">
        <Radio.Group
          value={redo}
          aria-label={words.collected}
          onChange={(event) => onRedo(event.target.value)}
          options={[
            { value: false, label: <span data-testid={tid.scopeRedo("off")}>{words.redoOff}</span> },
            { value: true, label: <span data-testid={tid.scopeRedo("on")}>{words.redoOn}</span> },
          ]}
        />
        {view.collected > 0 && !view.scope.redo ? (
          <Button
            size="small"
            type="link"
            data-testid={tid.scopeCollected}
            onClick={() => go({ screen: "students", round, queue: "exempt:collected" })}
          >
            {marked}
          </Button>
        ) : (
          <span>{marked}</span>
        )}
        <span className="grow" />
        <PathChooser
          choices={[
            { kind: "collected", label: words.pick, testid: tid.scopePick, icon: <FolderOpenOutlined /> },
          ]}
          onChosen={(paths) => paths[0] && onImport(paths[0])}
        />
      </div>
      <p className="quiet">{words.pickNote}</p>
      {imported ? <Imported imported={imported} /> : null}
    </section>
  );
}
