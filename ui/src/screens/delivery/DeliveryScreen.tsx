/** 导出交付: what may leave, under which names, what is left out and why; then one written, re-read set. */
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { busyWith } from "../../app/busy";
import { useApp } from "../../app/context";
import type {
  DeliveryMode,
  DeliveryOptions,
  DeliveryPreview,
  DeliveryWay,
  Failure,
} from "../../bindings/wire";
import { asFailure } from "../../bridge/bridge";
import { FailureNote } from "../../components/FailureNote";
import { Reading } from "../../components/Reading";
import { ScreenFrame } from "../../components/ScreenFrame";
import { zh } from "../../zh";
import { useChoices } from "./choices";
import { DeliveryReportView } from "./DeliveryTables";
import { EarlierDeliveries, RepeatedView } from "./EarlierDeliveries";
import { PartChoice } from "./PartChoice";
import { Preflight } from "./Preflight";
import { PrintsPart } from "./PrintsPart";
import { ShapeChoice } from "./ShapeChoice";
import { ColumnChoice, ModeChoice, TEMPLATES, TemplateBox } from "./WayChoice";
import { WaysBar } from "./WaysBar";

const words = zh.delivery;

/** Previews again whenever an option changes, a moment after the last keystroke; with what it was worked out of. */
function useDeliveryPreview(options: DeliveryOptions, stamp: number) {
  const { bridge } = useApp();
  const [found, setFound] = useState<{ preview: DeliveryPreview; of: DeliveryOptions } | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => {
    void stamp;
    let stale = false;
    const timer = setTimeout(() => {
      bridge
        .call("delivery_preview", options)
        .then((answer) => {
          if (stale) return;
          // Another object each time: what is read page by page is read anew with it.
          setFound({ preview: answer, of: { ...options } });
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
  return { preview: found?.preview ?? null, of: found?.of ?? options, failure };
}

/** Whether a delivery of this mode stays in the office unless somebody says otherwise: a list with names is not handed over. */
const staysAtFirst = (mode: DeliveryMode) => mode === "roster";

/** What the station says of a name that no photo can have; of everything else it fails with another code. */
const isOfTemplate = (failure: Failure) => failure.code === "file";

export function DeliveryScreen({ round }: { round: number }) {
  const { bridge, named, job, startJob } = useApp();
  const [choices, change] = useChoices(round);
  const begun = useRef(change);
  begun.current = change;
  const { mode, template, shape, columns, purpose, part, target } = choices;
  const busy = busyWith(job, "delivery", round);
  const stamp = job?.finished ? job.job : 0;
  const options = useMemo(
    () => ({ round, mode, template, shape, columns: mode === "roster" ? columns : [], purpose, part }),
    [round, mode, template, shape, columns, purpose, part],
  );
  const { preview, of, failure } = useDeliveryPreview(options, stamp);
  const report = job?.round === round && job.outcome?.kind === "delivery" ? job.outcome.report : null;
  const repeated = job?.round === round && job.outcome?.kind === "repeated" ? job.outcome.report : null;
  const wrong = failure !== null && isOfTemplate(failure) ? failure : null;

  const changeMode = (next: DeliveryMode) =>
    change({
      mode: next,
      shape: { ...shape, in_house: staysAtFirst(next) },
      ...(TEMPLATES[next].includes(template) ? {} : { template: words.templates.student }),
    });
  const take = (way: DeliveryWay) =>
    change({
      way: way.name,
      mode: way.mode,
      template: way.template,
      shape: way.shipped ? { ...way.shape, in_house: staysAtFirst(way.mode) } : way.shape,
      ...(way.mode === "roster" ? { columns: way.columns } : {}),
      purpose: way.shipped ? "" : way.purpose,
    });
  const write = useCallback(() => {
    if (target === null) return;
    named(() => {
      const starting = bridge.call("delivery_write", { options, target });
      void startJob(starting);
      // What was refused is told with the job, and keeps its choices.
      starting.then(({ job: exporting }) => begun.current({ exporting })).catch(() => undefined);
    });
  }, [bridge, named, options, target, startJob]);

  return (
    <ScreenFrame name="delivery" title={words.title}>
      <div className="stack">
        {report ? <DeliveryReportView key={stamp} report={report} round={round} /> : null}
        {repeated ? <RepeatedView key={stamp} report={repeated} job={stamp} /> : null}
        <WaysBar
          chosen={choices.way}
          told={{ purpose, mode, template, shape, columns: options.columns }}
          onChosen={take}
          onName={(way) => change({ way })}
          onPurpose={(text) => change({ purpose: text })}
        />
        <ModeChoice mode={mode} onMode={changeMode} />
        <TemplateBox
          mode={mode}
          template={template}
          onTemplate={(text) => change({ template: text })}
          examples={failure ? [] : (preview?.examples ?? [])}
          failure={wrong}
        />
        {preview ? (
          <PartChoice offered={preview.parts} part={part} onPart={(chosen) => change({ part: chosen })} />
        ) : null}
        <ShapeChoice shape={shape} onShape={(chosen) => change({ shape: chosen })} />
        {mode === "roster" ? (
          <ColumnChoice
            columns={columns}
            encrypted={shape.pack === "encrypted"}
            onColumns={(chosen) => change({ columns: chosen })}
          />
        ) : null}
        <FailureNote failure={wrong ? null : failure} />
        {preview || failure ? null : <Reading />}
        {preview ? (
          <Preflight
            round={round}
            preview={preview}
            options={of}
            template={template}
            onTemplate={(text) => change({ template: text })}
            failure={failure}
            busy={busy}
            target={target}
            onTarget={(folder) => change({ target: folder })}
            onWrite={write}
          />
        ) : null}
        <EarlierDeliveries round={round} stamp={stamp} />
        {/* What comes first stands first: nothing above it appears later and moves it under the pointer. */}
        {preview || failure ? <PrintsPart round={round} /> : null}
      </div>
    </ScreenFrame>
  );
}
