/** The tables of deliveries: who is left out, what was written, what was written before. They only show. */
import { Alert, Button } from "antd";
import { useEffect, useState } from "react";
import { useApp } from "../../app/context";
import type { DeliveryReport, NotDelivered } from "../../bindings/wire";
import { CopyButton, CopyPath } from "../../components/CopyButton";
import { DataTable } from "../../components/DataTable";
import { Figures } from "../../components/Figures";
import { OpenButton } from "../../components/OpenButton";
import { useIntoSight } from "../../components/useIntoSight";
import { count } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";

const words = zh.delivery;

interface NotDeliveredProps {
  rows: NotDelivered[];
  round: number;
  testid: string;
  title?: string;
  /** Whether looking at the photo helps. */
  look?: boolean;
}

/** The way to where those who handed in nothing are reminded. */
export function ChaseButton({ round }: { round: number }) {
  const { go } = useApp();
  return (
    <Button size="small" type="link" onClick={() => go({ screen: "notices", round })}>
      {words.toNotices}
    </Button>
  );
}

/** Students and why each is told, with the way to the photo. */
export function NotDeliveredTable({
  rows,
  round,
  testid,
  title = words.notDeliveredTitle,
  look = true,
}: NotDeliveredProps) {
  const { go } = useApp();
  if (rows.length === 0) return null;
  return (
    <div data-testid={testid}>
      <DataTable<NotDelivered & { key: number }>
        name={`${testid}-table`}
        title={title}
        pagination={{ pageSize: 10, hideOnSinglePage: true, showSizeChanger: false }}
        rows={rows.map((row, key) => ({ ...row, key }))}
        columns={[
          {
            title: words.no,
            dataIndex: "student_no",
            width: 140,
            render: (no: string) => <span className="mono">{no}</span>,
          },
          { title: words.name, dataIndex: "name", width: 120 },
          { title: words.college, dataIndex: "college", width: 200 },
          { title: words.why, dataIndex: "why" },
          {
            title: "",
            width: 90,
            render: (_, row) =>
              row.submission === null ? (
                <ChaseButton round={round} />
              ) : !look ? null : (
                <Button
                  size="small"
                  type="link"
                  onClick={() =>
                    go({
                      screen: "desk",
                      round,
                      submission: row.submission ?? 0,
                      from: { screen: "delivery", round },
                    })
                  }
                >
                  {words.look}
                </Button>
              ),
          },
        ]}
      />
    </div>
  );
}

/** Says that a list is not the whole; nothing where it is. */
function Shortened({ shown, total, where }: { shown: number; total: number; where: string }) {
  if (shown >= total) return null;
  return <p className="text-warn">{words.shortened(count(shown), count(total), where)}</p>;
}

interface BeforeProps {
  rows: NotDelivered[];
  round: number;
  /** How many there are: these are the first of them. */
  total: number;
}

/** Those whose photo an earlier delivery held. */
function Before({ rows, round, total }: BeforeProps) {
  if (rows.length === 0) return null;
  const title = words.beforeTitle(count(total));
  return (
    <details>
      <summary>{title}</summary>
      <Shortened shown={rows.length} total={total} where={words.sheets.before} />
      <NotDeliveredTable rows={rows} round={round} testid={tid.deliveryBefore} title={title} />
    </details>
  );
}

/** What opens an encrypted file: shown with its report and never again. */
export function Passphrase({ passphrase, note }: { passphrase: string; note: string }) {
  return (
    <Alert
      type="warning"
      showIcon
      title={
        <>
          {words.passphrase}：
          <strong className="mono passphrase" data-testid={tid.deliveryPassphrase}>
            {passphrase}
          </strong>{" "}
          <CopyButton text={passphrase} label={words.copyPassphrase} />
        </>
      }
      description={note}
    />
  );
}

export function OpenFolder({ round, number }: { round: number; number: number }) {
  const { bridge } = useApp();
  return <OpenButton testid={tid.deliveryOpen(number)} onOpen={() => bridge.openDelivery(round, number)} />;
}

/** How a delivery was made, as the list of them says it; empty until that is known. */
function useHow(round: number, number: number): string {
  const { bridge } = useApp();
  const [how, setHow] = useState("");
  useEffect(() => {
    let stale = false;
    bridge
      .call("delivery_list", { round })
      .then((cards) => !stale && setHow(cards.find((card) => card.number === number)?.how ?? ""))
      .catch(() => undefined);
    return () => {
      stale = true;
    };
  }, [bridge, round, number]);
  return how;
}

export function DeliveryReportView({ report, round }: { report: DeliveryReport; round: number }) {
  const { go } = useApp();
  const box = useIntoSight<HTMLElement>();
  const how = useHow(round, report.number);
  return (
    <section className="panel panel-good stack" ref={box} data-testid={tid.deliveryReport}>
      <h2>
        <span className="text-pass">✔</span> {words.report(report.number)}
      </h2>
      <p data-testid={tid.deliveryHow}>
        {words.how}：{how}
      </p>
      <Figures
        figures={[
          { key: "files", label: words.files, value: report.files, testid: "delivery-files", tone: "good" },
          {
            key: "remade",
            label: words.remade,
            value: report.files - report.identical,
            testid: "delivery-remade",
          },
          { key: "identical", label: words.identical, value: report.identical, testid: "delivery-identical" },
          ...(report.codes > 0
            ? [
                {
                  key: "codes",
                  label: words.codePictures,
                  value: report.codes,
                  testid: "delivery-code-pictures",
                },
              ]
            : []),
        ]}
      />
      {report.passphrase === null ? null : (
        <Passphrase passphrase={report.passphrase} note={words.passphraseNote} />
      )}
      <p>
        {words.folder}：
        <span className="mono break" data-testid={tid.deliveryFolder}>
          {report.folder}
        </span>{" "}
        <OpenFolder round={round} number={report.number} /> <CopyPath path={report.folder} />
      </p>
      <p>
        {/\.zip$/i.test(report.manifest) ? words.manifestPacked : words.manifest}：
        <span className="mono break">{report.manifest}</span>
      </p>
      <p className="wrap-row">
        {words.afterwards}
        <Button
          size="small"
          data-testid={tid.deliveryToReconcile}
          onClick={() => go({ screen: "reconcile", round })}
        >
          {words.toReconcile}
        </Button>
      </p>
      {report.deviations.length > 0 ? (
        <details>
          <summary>{words.deviations(count(report.deviations_total))}</summary>
          <Shortened
            shown={report.deviations.length}
            total={report.deviations_total}
            where={words.sheets.files}
          />
          <ul className="lines">
            {report.deviations.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </details>
      ) : null}
      {report.not_delivered.length > 0 ? (
        <details>
          <summary>{words.notDelivered(count(report.not_delivered_total))}</summary>
          <Shortened
            shown={report.not_delivered.length}
            total={report.not_delivered_total}
            where={words.sheets.left}
          />
          <NotDeliveredTable rows={report.not_delivered} round={round} testid="delivery-left-out" />
        </details>
      ) : null}
      <Before rows={report.delivered_before} round={round} total={report.delivered_before_total} />
    </section>
  );
}
