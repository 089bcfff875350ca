/** 打印: approved photos laid out on paper. Asks the station what would come out; counts and lays out nothing. */
import { Alert, Button, Checkbox, InputNumber, Radio } from "antd";
import { useCallback, useEffect, useState } from "react";
import { type Busy, busyWith } from "../../app/busy";
import { useApp } from "../../app/context";
import type { Failure, PrintsOptions, PrintsPreview, PrintsReport } from "../../bindings/wire";
import { asFailure } from "../../bridge/bridge";
import { CopyPath } from "../../components/CopyButton";
import { FailureNote } from "../../components/FailureNote";
import { Figures } from "../../components/Figures";
import { Guarded } from "../../components/Guarded";
import { TargetChooser } from "../../components/TargetChooser";
import { WhileOpen } from "../../components/WhileOpen";
import { count } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { usePrintsChoices } from "./choices";

const words = zh.prints;
const MOST_EACH = 40;

/** The round's settings, and what they would give, a moment after the last change. */
function usePrints(round: number, stamp: number) {
  const { bridge } = useApp();
  const [{ options, target }, setChoices] = usePrintsChoices(round);
  /** What the round begins with; the numbers are those that its notice asks for. */
  const [asked, setAsked] = useState<PrintsOptions | null>(null);
  /** The numbers that were said here to be those of the notice. */
  const [noted, setNoted] = useState<PrintsOptions | null>(null);
  const [preview, setPreview] = useState<PrintsPreview | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => {
    let stale = false;
    bridge
      .call("prints_settings", { round })
      .then((kept) => {
        if (stale) return;
        setChoices((now) => (now.options === null ? { ...now, options: kept } : now));
        setAsked(kept);
      })
      .catch((thrown) => !stale && setFailure(asFailure(thrown, zh.failure.host)));
    return () => {
      stale = true;
    };
  }, [bridge, round, setChoices]);
  useEffect(() => {
    void stamp;
    if (options === null) return;
    let stale = false;
    const timer = setTimeout(() => {
      bridge
        .call("prints_preview", options)
        .then((answer) => {
          if (stale) return;
          setPreview(answer);
          setFailure(null);
        })
        .catch((thrown) => !stale && setFailure(asFailure(thrown, zh.failure.host)));
    }, 150);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [bridge, options, stamp]);
  /** Keeps the numbers of prints for the round. */
  const ask = (chosen: PrintsOptions) => {
    const { two_inch, one_inch } = chosen;
    bridge
      .call("prints_asked", { round, two_inch, one_inch })
      .then((kept) => {
        setAsked(kept);
        setNoted(kept);
        setFailure(null);
      })
      .catch((thrown) => setFailure(asFailure(thrown, zh.failure.host)));
  };
  return { options, target, setChoices, asked, noted, ask, preview, failure };
}

interface ChoiceProps<T extends string> {
  label: string;
  name: string;
  choices: Record<T, string>;
  value: T;
  onValue: (value: T) => void;
}

function Choice<T extends string>({ label, name, choices, value, onValue }: ChoiceProps<T>) {
  return (
    <fieldset className="prints-choice" data-testid={tid.printsChoice(name)}>
      <legend>{label}</legend>
      <Radio.Group
        name={`prints-${name}`}
        optionType="button"
        buttonStyle="solid"
        value={value}
        options={Object.entries<string>(choices).map(([key, title]) => ({ value: key, label: title }))}
        onChange={(event) => onValue(event.target.value as T)}
      />
    </fieldset>
  );
}

interface OptionsProps {
  options: PrintsOptions;
  onOptions: (change: Partial<PrintsOptions>) => void;
}

interface CopiesProps {
  id: string;
  label: string;
  value: number;
  onValue: (value: number) => void;
}

function Copies({ id, label, value, onValue }: CopiesProps) {
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <InputNumber
        id={id}
        data-testid={id}
        min={0}
        max={MOST_EACH}
        precision={0}
        value={value}
        onChange={(value) => onValue(value ?? 0)}
      />
    </>
  );
}

interface LayoutProps extends OptionsProps {
  asked: PrintsOptions;
  noted: PrintsOptions | null;
  onAsk: () => void;
}

function LayoutOptions({ options, onOptions, asked, noted, onAsk }: LayoutProps) {
  // Numbers that were printed last are not those of the notice until that is said.
  const said = noted?.two_inch === options.two_inch && noted.one_inch === options.one_inch;
  return (
    <>
      <fieldset className="prints-choice">
        <legend>{words.perStudent}</legend>
        <Copies
          id={tid.printsTwoInch}
          label={words.twoInch}
          value={options.two_inch}
          onValue={(two_inch) => onOptions({ two_inch })}
        />
        <Copies
          id={tid.printsOneInch}
          label={words.oneInch}
          value={options.one_inch}
          onValue={(one_inch) => onOptions({ one_inch })}
        />
        <span className="quiet">{words.asked(count(asked.two_inch), count(asked.one_inch))}</span>
        <WhileOpen round={options.round}>
          <Guarded command="prints_asked">
            <Button size="small" data-testid={tid.printsAsk} disabled={said} onClick={onAsk}>
              {words.ask}
            </Button>
          </Guarded>
        </WhileOpen>
      </fieldset>
      <Choice
        label={words.twoInchSize}
        name="two-inch-size"
        choices={words.twoInchSizes}
        value={options.two_inch_size}
        onValue={(two_inch_size) => onOptions({ two_inch_size })}
      />
      <Choice
        label={words.paper}
        name="paper"
        choices={words.papers}
        value={options.paper}
        onValue={(paper) => onOptions({ paper })}
      />
    </>
  );
}

function CaptionOptions({ options, onOptions }: OptionsProps) {
  const named = options.mode === "roster";
  return (
    <>
      <Choice
        label={words.mode}
        name="mode"
        choices={words.modes}
        value={options.mode}
        onValue={(mode) => onOptions({ mode })}
      />
      <Choice
        label={words.key}
        name="key"
        choices={words.keys}
        value={options.key}
        onValue={(key) => onOptions({ key })}
      />
      <Checkbox
        data-testid={tid.printsNames}
        disabled={!named}
        checked={named && options.names}
        onChange={(event) => onOptions({ names: event.target.checked })}
      >
        {words.names}
      </Checkbox>
      <Choice
        label={words.split}
        name="split"
        choices={words.splits}
        value={options.split}
        onValue={(split) => onOptions({ split })}
      />
    </>
  );
}

/** One full page in outline; the prints of one student have one tone. */
function PageOutline({ preview }: { preview: PrintsPreview }) {
  const { width_mm, height_mm, photos } = preview;
  return (
    <svg
      className="prints-page"
      viewBox={`0 0 ${width_mm} ${height_mm}`}
      role="img"
      aria-label={words.pageAlt(photos.length)}
      data-testid={tid.printsPage}
    >
      <rect className="prints-paper" width={width_mm} height={height_mm} />
      {photos.map((photo) => (
        <rect
          key={`${photo.x} ${photo.y}`}
          className={photo.student % 2 === 0 ? "prints-photo" : "prints-photo prints-other"}
          x={photo.x}
          y={photo.y}
          width={photo.width}
          height={photo.height}
        />
      ))}
    </svg>
  );
}

function Lines({ title, lines, testid }: { title: string; lines: string[]; testid: string }) {
  return (
    <ul className="lines" data-testid={testid} aria-label={title}>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

/** Captions that no font of this computer can write in full; nothing when there are none. */
function MissingCharacters({ lines }: { lines: string[] }) {
  if (lines.length === 0) return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={words.missing(count(lines.length))}
      description={<Lines title={words.title} lines={lines} testid={tid.printsMissing} />}
    />
  );
}

function PreviewView({ preview }: { preview: PrintsPreview }) {
  const facts = words.page(preview.per_page, preview.width_mm, preview.height_mm, preview.dpi);
  return (
    <div className="prints-preview">
      <PageOutline preview={preview} />
      <div className="stack">
        <Figures
          figures={[
            { key: "students", label: words.students, value: preview.students, testid: "prints-students" },
            { key: "prints", label: words.printsCount, value: preview.prints, testid: "prints-prints" },
            { key: "pages", label: words.pages, value: preview.pages, testid: "prints-pages" },
            { key: "files", label: words.files, value: preview.files, testid: "prints-files" },
          ]}
        />
        <p className="quiet">
          {facts}
          {preview.fonts[0] ? `；${words.font(preview.fonts[0])}` : ""}
        </p>
        {preview.warnings.map((warning) => (
          <Alert key={warning} type="warning" showIcon title={warning} />
        ))}
        <MissingCharacters lines={preview.missing} />
        {preview.problems.length > 0 ? (
          <Alert
            type="error"
            showIcon
            title={words.problems}
            description={
              <Lines title={words.problems} lines={preview.problems} testid={tid.printsProblems} />
            }
          />
        ) : null}
      </div>
    </div>
  );
}

function ReportView({ report, job }: { report: PrintsReport; job: number }) {
  const { bridge, notify } = useApp();
  const open = (file: number | null) => {
    bridge
      .openWritten(job, file)
      .then(() => notify(""))
      .catch((thrown) => notify(asFailure(thrown, zh.failure.host).message));
  };
  return (
    <section className="panel panel-good stack" data-testid={tid.printsReport}>
      <h3>
        <span className="text-pass">✔</span> {words.report(words.kinds[report.kind])}
      </h3>
      <Figures
        figures={[
          { key: "students", label: words.students, value: report.students, testid: "printed-students" },
          { key: "prints", label: words.printsCount, value: report.prints, testid: "printed-prints" },
          { key: "pages", label: words.pages, value: report.pages, testid: "printed-pages" },
        ]}
      />
      <p>
        {words.folder}：<span className="mono break">{report.folder}</span>{" "}
        {bridge.picks ? (
          <>
            <Button size="small" data-testid={tid.printsOpen} onClick={() => open(0)}>
              {report.files.length > 1 ? words.openFirst : words.open}
            </Button>{" "}
            <Button size="small" data-testid={tid.printsOpenFolder} onClick={() => open(null)}>
              {words.openFolder}
            </Button>{" "}
          </>
        ) : null}
        <CopyPath path={report.folder} />
      </p>
      <details>
        <summary>
          {words.fileList}（{count(report.files.length)}）
        </summary>
        <Lines title={words.fileList} lines={report.files} testid={tid.printsFiles} />
      </details>
      <MissingCharacters lines={report.missing} />
    </section>
  );
}

/** What is still to be done before there is something to write; empty for nothing. */
function missing(preview: PrintsPreview | null, busy: Busy, target: string | null): string {
  if (preview === null) return "";
  if (busy === "this") return words.lacks.writing;
  if (busy === "other") return words.lacks.busy;
  if (preview.problems.length > 0) return words.lacks.problems;
  return target === null ? words.lacks.target : "";
}

export function PrintsPart({ round }: { round: number }) {
  const { bridge, named, job, startJob } = useApp();
  const busy = busyWith(job, "prints", round);
  const prints = usePrints(round, job?.finished ? job.job : 0);
  const { options, target, setChoices, asked, noted, ask, preview, failure } = prints;
  const report = job?.round === round && job.outcome?.kind === "prints" ? job.outcome.report : null;
  const change = useCallback(
    (change: Partial<PrintsOptions>) =>
      setChoices((now) => ({ ...now, options: now.options && { ...now.options, ...change } })),
    [setChoices],
  );
  const write = () => {
    if (target === null || options === null) return;
    named(() => void startJob(bridge.call("prints_write", { options, target })));
  };
  const lacks = missing(preview, busy, target);
  return (
    <section className="panel stack" data-testid={tid.prints}>
      <header className="panel-head">
        <h2>{words.title}</h2>
        <span className="quiet">{words.intro}</span>
      </header>
      {report ? <ReportView report={report} job={job?.job ?? 0} /> : null}
      <FailureNote failure={failure} />
      {options ? (
        <>
          <Choice
            label={words.kind}
            name="kind"
            choices={words.kinds}
            value={options.kind}
            onValue={(kind) => change({ kind })}
          />
          <p className="quiet">{words.kindText[options.kind]}</p>
          <div className="prints-options">
            {options.kind === "layout" ? (
              <LayoutOptions
                options={options}
                onOptions={change}
                asked={asked ?? options}
                noted={noted}
                onAsk={() => ask(options)}
              />
            ) : null}
            {options.kind === "contact" ? null : <CaptionOptions options={options} onOptions={change} />}
          </div>
        </>
      ) : null}
      {preview ? <PreviewView preview={preview} /> : null}
      <div className="target-row">
        <TargetChooser
          label={words.chooseTarget}
          testid={tid.printsPick}
          disabled={busy !== "no"}
          onChosen={(target) => setChoices((now) => ({ ...now, target }))}
        />
        <Button
          type="primary"
          size="large"
          data-testid={tid.printsWrite}
          disabled={preview === null || lacks !== ""}
          onClick={write}
        >
          {words.write(count(preview?.pages ?? 0))}
        </Button>
      </div>
      {lacks === "" ? null : (
        <p className="text-warn" data-testid={tid.printsLacks}>
          {lacks}
        </p>
      )}
      <p className="quiet">
        {target ? (
          <>
            {words.target}：<span className="mono break">{target}</span>{" "}
          </>
        ) : null}
        {words.targetNote}
      </p>
    </section>
  );
}
