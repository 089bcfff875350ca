/** 导出交付: what may leave, under which names, what is left out and why; then one written, re-read set. */
import { Alert, Button } from "antd";
import { useCallback, useEffect, useMemo, useState } from "react";
import { useApp } from "../../app/context";
import type {
  DeliveryMode,
  DeliveryOptions,
  DeliveryPart,
  DeliveryPreview,
  DeliveryShape,
  DeliveryWay,
  Failure,
  PhotoInDoubt,
} from "../../bindings/wire";
import { asFailure } from "../../bridge/bridge";
import { FailureNote } from "../../components/FailureNote";
import { Guarded } from "../../components/Guarded";
import { ScreenFrame } from "../../components/ScreenFrame";
import { Sums } from "../../components/Sums";
import { TargetChooser } from "../../components/TargetChooser";
import { count } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { DeliveryReportView, NotDeliveredTable } from "./DeliveryTables";
import { EarlierDeliveries, RepeatedView } from "./EarlierDeliveries";
import { EVERYBODY, PartChoice } from "./PartChoice";
import { PrintsPart } from "./PrintsPart";
import { ShapeChoice, WHOLE_FOLDER } from "./ShapeChoice";
import { ColumnChoice, ModeChoice, TEMPLATES, TemplateBox } from "./WayChoice";
import { WaysBar } from "./WaysBar";

const words = zh.delivery;

/** Previews again whenever an option changes, a moment after the last keystroke. */
function useDeliveryPreview(options: DeliveryOptions, stamp: number) {
  const { bridge } = useApp();
  const [preview, setPreview] = useState<DeliveryPreview | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => {
    void stamp;
    let stale = false;
    const timer = setTimeout(() => {
      bridge
        .call("delivery_preview", options)
        .then((answer) => {
          if (stale) return;
          setPreview(answer);
          setFailure(null);
        })
        .catch((thrown) => {
          if (stale) return;
          setFailure(asFailure(thrown, zh.failure.host));
        });
    }, 150);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [bridge, options, stamp]);
  return { preview, failure };
}

/** Whether a delivery of this mode stays in the office unless somebody says otherwise: a list with names is not handed over. */
const staysAtFirst = (mode: DeliveryMode) => mode === "roster";

interface DoubtsProps {
  rows: PhotoInDoubt[];
  round: number;
  /** What is said of so many photos. */
  says: (n: string) => string;
  title: string;
  testid: string;
  /** Nothing is delivered while there are any. */
  stops?: boolean;
}

/** Photos that would be delivered and should be looked at first, with the way to each. */
function Doubts({ rows, round, says, title, testid, stops }: DoubtsProps) {
  if (rows.length === 0) return null;
  const table = <NotDeliveredTable rows={rows} round={round} testid={testid} title={title} />;
  return (
    <Alert type={stops ? "error" : "warning"} showIcon title={says(count(rows.length))} description={table} />
  );
}

export function DeliveryScreen({ round }: { round: number }) {
  const { bridge, status, askReviewer, job, startJob } = useApp();
  const [mode, setMode] = useState<DeliveryMode>("collection_code");
  const [template, setTemplate] = useState<string>(words.templates.student);
  const [shape, setShape] = useState<DeliveryShape>(WHOLE_FOLDER);
  const [columns, setColumns] = useState<string[]>([words.name]);
  const [purpose, setPurpose] = useState("");
  const [part, setPart] = useState<DeliveryPart>(EVERYBODY);
  const [target, setTarget] = useState<string | null>(null);
  const busy = job !== null && !job.finished;
  const stamp = job?.finished ? job.job : 0;
  const options = useMemo(
    () => ({ round, mode, template, shape, columns: mode === "roster" ? columns : [], purpose, part }),
    [round, mode, template, shape, columns, purpose, part],
  );
  const { preview, failure } = useDeliveryPreview(options, stamp);
  const report = job?.round === round && job.outcome?.kind === "delivery" ? job.outcome.report : null;
  const repeated = job?.round === round && job.outcome?.kind === "repeated" ? job.outcome.report : null;
  const canWrite =
    !busy &&
    target !== null &&
    failure === null &&
    preview !== null &&
    preview.ready > 0 &&
    preview.problems.length + preview.blocked.length === 0;

  const changeMode = (next: DeliveryMode) => {
    setMode(next);
    setShape((before) => ({ ...before, in_house: staysAtFirst(next) }));
    if (!TEMPLATES[next].includes(template)) setTemplate(words.templates.student);
  };
  const take = (way: DeliveryWay) => {
    setMode(way.mode);
    setTemplate(way.template);
    setShape(way.shipped ? { ...way.shape, in_house: staysAtFirst(way.mode) } : way.shape);
    if (way.mode === "roster") setColumns(way.columns);
    setPurpose(way.shipped ? "" : way.purpose);
  };
  const write = useCallback(() => {
    if (target === null) return;
    if (status.reviewer === "") {
      askReviewer();
      return;
    }
    void startJob(bridge.call("delivery_write", { options, target }));
  }, [bridge, status.reviewer, askReviewer, options, target, startJob]);

  return (
    <ScreenFrame name="delivery" title={words.title}>
      <div className="stack">
        {report ? <DeliveryReportView key={stamp} report={report} round={round} /> : null}
        {repeated ? <RepeatedView key={stamp} report={repeated} /> : null}
        <WaysBar
          told={{ purpose, mode, template, shape, columns: options.columns }}
          onChosen={take}
          onPurpose={setPurpose}
        />
        <ModeChoice mode={mode} onMode={changeMode} />
        <TemplateBox
          mode={mode}
          template={template}
          onTemplate={setTemplate}
          examples={failure ? [] : (preview?.examples ?? [])}
        />
        {preview ? <PartChoice offered={preview.parts} part={part} onPart={setPart} /> : null}
        <ShapeChoice shape={shape} onShape={setShape} />
        {mode === "roster" ? (
          <ColumnChoice columns={columns} encrypted={shape.pack === "encrypted"} onColumns={setColumns} />
        ) : null}
        <FailureNote failure={failure} />
        {preview ? (
          // What was worked out of other choices is no longer true of these.
          <section className={failure ? "panel stack stale" : "panel stack"} inert={failure !== null}>
            <header className="panel-head">
              <h2>{words.preflight}</h2>
              <strong className="text-pass" data-testid={tid.deliveryReady}>
                {words.ready(count(preview.ready))}
              </strong>
              {preview.codes > 0 ? <span>{words.codes(count(preview.codes))}</span> : null}
              <span>{words.notReady(count(preview.not_ready.length))}</span>
              {preview.outside > 0 ? <span>{words.outside(count(preview.outside))}</span> : null}
              <Sums listed={preview.listed} due={preview.due} exempt={preview.exempt} />
            </header>
            {preview.warnings.map((warning) => (
              <Alert key={warning} type="warning" showIcon title={warning} />
            ))}
            <Doubts
              rows={preview.unmet}
              round={round}
              says={words.unmet}
              title={words.unmetTitle}
              testid={tid.deliveryUnmet}
            />
            <Doubts
              rows={preview.unsampled}
              round={round}
              says={words.unsampled}
              title={words.unsampledTitle}
              testid={tid.deliveryUnsampled}
            />
            <Doubts
              stops
              rows={preview.blocked}
              round={round}
              says={words.blocked}
              title={words.blockedTitle}
              testid={tid.deliveryBlocked}
            />
            {preview.problems.length > 0 ? (
              <Alert
                data-testid={tid.deliveryProblems}
                type="error"
                showIcon
                title={words.problems}
                description={
                  <ul>
                    {preview.problems.map((problem) => (
                      <li key={problem}>{problem}</li>
                    ))}
                  </ul>
                }
              />
            ) : null}
            <Guarded command="delivery_write">
              <div className="target-row">
                <TargetChooser
                  label={words.chooseTarget}
                  testid={tid.deliveryPick}
                  disabled={busy}
                  onChosen={setTarget}
                />
                <Button
                  type="primary"
                  size="large"
                  data-testid={tid.deliveryWrite}
                  disabled={!canWrite}
                  onClick={write}
                >
                  {words.write(count(preview?.ready ?? 0))}
                </Button>
              </div>
            </Guarded>
            <p className="quiet">
              {target ? (
                <>
                  {words.target}：
                  <span className="mono break" data-testid={tid.deliveryTarget}>
                    {target}
                  </span>{" "}
                </>
              ) : null}
              {words.targetNote}
            </p>
            <NotDeliveredTable rows={preview.not_ready} round={round} testid={tid.deliveryNotReady} />
          </section>
        ) : null}
        <EarlierDeliveries round={round} stamp={stamp} />
        {/* What comes first stands first: nothing above it appears later and moves it under the pointer. */}
        {preview || failure ? <PrintsPart round={round} /> : null}
      </div>
    </ScreenFrame>
  );
}
