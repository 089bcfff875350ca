/** 导出交付: what may leave, under which names, what is left out and why; then one written, re-read set. */
import { Alert, Button, Input } from "antd";
import { useCallback, useEffect, useState } from "react";
import { useApp } from "../../app/context";
import type { DeliveryMode, DeliveryPreview, DeliveryShape, Failure } from "../../bindings/wire";
import { asFailure } from "../../bridge/bridge";
import { FailureNote } from "../../components/FailureNote";
import { Guarded } from "../../components/Guarded";
import { ScreenFrame } from "../../components/ScreenFrame";
import { Sums } from "../../components/Sums";
import { TargetChooser } from "../../components/TargetChooser";
import { count } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { DeliveryReportView, EarlierDeliveries, NotDeliveredTable } from "./DeliveryTables";
import { PrintsPart } from "./PrintsPart";
import { ShapeChoice, WHOLE_FOLDER } from "./ShapeChoice";

const words = zh.delivery;
const MODES: [DeliveryMode, string, string][] = [
  ["collection_code", words.code, words.codeText],
  ["roster", words.roster, words.rosterText],
];
const TEMPLATES: Record<DeliveryMode, string[]> = {
  collection_code: [words.templates.student, words.templates.serial],
  roster: [words.templates.student, words.templates.named, words.templates.serial],
};

/** Previews again whenever an option changes, a moment after the last keystroke. */
function useDeliveryPreview(
  round: number,
  mode: DeliveryMode,
  template: string,
  shape: DeliveryShape,
  stamp: number,
) {
  const { bridge } = useApp();
  const [preview, setPreview] = useState<DeliveryPreview | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => {
    void stamp;
    let stale = false;
    const timer = setTimeout(() => {
      bridge
        .call("delivery_preview", { round, mode, template, shape })
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
  }, [bridge, round, mode, template, shape, stamp]);
  return { preview, failure };
}

function ModeChoice({ mode, onMode }: { mode: DeliveryMode; onMode: (mode: DeliveryMode) => void }) {
  return (
    <fieldset className="mode-choice">
      <legend>{words.mode}</legend>
      {MODES.map(([value, title, text]) => (
        <label key={value} className={mode === value ? "mode-card mode-on" : "mode-card"}>
          <input
            type="radio"
            name="delivery-mode"
            data-testid={tid.deliveryMode(value)}
            checked={mode === value}
            onChange={() => onMode(value)}
          />
          <span>
            <strong>{title}</strong>
            <span className="quiet">{text}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

interface TemplateProps {
  mode: DeliveryMode;
  template: string;
  onTemplate: (template: string) => void;
  examples: string[];
}

function TemplateBox({ mode, template, onTemplate, examples }: TemplateProps) {
  return (
    <div className="template">
      <label htmlFor="delivery-template">{words.template}</label>
      <Input
        id="delivery-template"
        className="mono"
        data-testid={tid.deliveryTemplate}
        value={template}
        onChange={(event) => onTemplate(event.target.value)}
      />
      <span className="template-presets">
        {TEMPLATES[mode].map((preset) => (
          <Button
            key={preset}
            size="small"
            type={preset === template ? "primary" : "default"}
            onClick={() => onTemplate(preset)}
          >
            {preset}
          </Button>
        ))}
        <span className="quiet">{words.templateHelp}</span>
      </span>
      <p data-testid={tid.deliveryExamples} className="mono examples">
        {examples.length > 0 ? `${words.examples}：${examples.slice(0, 4).join("　")}` : ""}
      </p>
    </div>
  );
}

export function DeliveryScreen({ round }: { round: number }) {
  const { bridge, status, askReviewer, job, startJob } = useApp();
  const [mode, setMode] = useState<DeliveryMode>("collection_code");
  const [template, setTemplate] = useState<string>(words.templates.student);
  const [shape, setShape] = useState<DeliveryShape>(WHOLE_FOLDER);
  const [target, setTarget] = useState<string | null>(null);
  const busy = job !== null && !job.finished;
  const stamp = job?.finished ? job.job : 0;
  const { preview, failure } = useDeliveryPreview(round, mode, template, shape, stamp);
  const report = job?.round === round && job.outcome?.kind === "delivery" ? job.outcome.report : null;
  const canWrite =
    !busy && target !== null && preview !== null && preview.ready > 0 && preview.problems.length === 0;

  const changeMode = (next: DeliveryMode) => {
    setMode(next);
    if (!TEMPLATES[next].includes(template)) setTemplate(words.templates.student);
  };
  const write = useCallback(() => {
    if (target === null) return;
    if (status.reviewer === "") {
      askReviewer();
      return;
    }
    void startJob(bridge.call("delivery_write", { options: { round, mode, template, shape }, target }));
  }, [bridge, status.reviewer, askReviewer, round, mode, template, shape, target, startJob]);

  return (
    <ScreenFrame name="delivery" title={words.title}>
      <div className="stack">
        {report ? <DeliveryReportView report={report} round={round} /> : null}
        <ModeChoice mode={mode} onMode={changeMode} />
        <TemplateBox
          mode={mode}
          template={template}
          onTemplate={setTemplate}
          examples={preview?.examples ?? []}
        />
        <ShapeChoice shape={shape} onShape={setShape} />
        <FailureNote failure={failure} />
        {preview ? (
          <section className="panel stack">
            <header className="panel-head">
              <h2>{words.preflight}</h2>
              <strong className="text-pass" data-testid={tid.deliveryReady}>
                {words.ready(count(preview.ready))}
              </strong>
              {preview.codes > 0 ? <span>{words.codes(count(preview.codes))}</span> : null}
              <span>{words.notReady(count(preview.not_ready.length))}</span>
              <Sums listed={preview.listed} due={preview.due} exempt={preview.exempt} />
            </header>
            {preview.warnings.map((warning) => (
              <Alert key={warning} type="warning" showIcon title={warning} />
            ))}
            {preview.unsampled.length > 0 ? (
              <Alert
                type="warning"
                showIcon
                title={words.unsampled(count(preview.unsampled.length))}
                description={
                  <NotDeliveredTable
                    rows={preview.unsampled}
                    round={round}
                    testid={tid.deliveryUnsampled}
                    title={words.unsampledTitle}
                  />
                }
              />
            ) : null}
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
