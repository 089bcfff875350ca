/** 列的对应: what each column is taken for and why, and the clerk's word instead. It is remembered by the headers. */
import { Button, InputNumber, Select } from "antd";
import { useCallback, useEffect, useRef, useState } from "react";
import { useApp } from "../../app/context";
import type { Failure, RosterColumn, RosterSurveyView } from "../../bindings/wire";
import { asFailure } from "../../bridge/bridge";
import { DataTable } from "../../components/DataTable";
import { FailureNote } from "../../components/FailureNote";
import { tid } from "../../testids";
import { zh } from "../../zh";

const words = zh.roster;
const TONES: Record<string, string> = { doubtful: "text-warn", ignored: "quiet" };
/** What antd's select holds for no field: it has no value that is null. */
const IGNORED = "";

/** Where the page is scrolled to for it. */
export const COLUMNS = "roster-columns";

interface Props {
  source: { path: string; pasted: string };
  disabled: boolean;
  /** What is said of the roster already: it is not said again. */
  told: string;
  /** Hears the headings of the columns that were recognized without being sure. */
  onUnsure: (headings: string[]) => void;
  /** The mapping changed: what was previewed is to be read again. */
  onMapped: () => void;
}

type Fields = Record<string, string>;

const UNSURE = ["likely", "doubtful"];
const unsureOf = (view: RosterSurveyView) =>
  view.columns.filter(({ confidence }) => UNSURE.includes(confidence)).map(({ header }) => header);
const fieldsOf = (view: RosterSurveyView): Fields =>
  Object.fromEntries(view.columns.map((column) => [column.letter, column.field ?? IGNORED]));

/** Fields that two columns claim: nothing can be read by such a mapping. */
function doubled(fields: Fields): string[] {
  const kept = Object.values(fields).filter((field) => field !== IGNORED);
  return [...new Set(kept.filter((field, at) => kept.indexOf(field) !== at))];
}

function Confidence({ column, changed }: { column: RosterColumn; changed: boolean }) {
  const word = changed ? "changed" : column.confidence;
  return (
    <>
      <span className={TONES[word]}>{words.confidence[word] ?? word}</span>
      {changed || column.why === "" ? null : <span className="quiet">{words.because(column.why)}</span>}
    </>
  );
}

export function Mapping({ source, disabled, told, onUnsure, onMapped }: Props) {
  const { bridge } = useApp();
  const [view, setView] = useState<RosterSurveyView | null>(null);
  const [fields, setFields] = useState<Fields>({});
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const latest = useRef(0);

  const show = useCallback(
    async (answer: () => Promise<RosterSurveyView>) => {
      latest.current += 1;
      const mine = latest.current;
      setBusy(true);
      setFailure(null);
      try {
        const seen = await answer();
        if (mine === latest.current) {
          setView(seen);
          setFields(fieldsOf(seen));
          onUnsure(unsureOf(seen));
        }
      } catch (thrown) {
        if (mine === latest.current) setFailure(asFailure(thrown, zh.failure.host));
        return false;
      } finally {
        if (mine === latest.current) setBusy(false);
      }
      return true;
    },
    [onUnsure],
  );
  const look = useCallback(
    (sheet: string, header_row: number) =>
      void show(() => bridge.call("roster_survey", { ...source, sheet, header_row })),
    [bridge, show, source],
  );
  useEffect(() => look("", 0), [look]);

  if (!view) return <FailureNote failure={failure?.message === told ? null : failure} />;
  const twice = doubled(fields);
  const kept = Object.values(fields);
  const missing = words.required.filter((field) => !kept.includes(field));
  const wait = busy || disabled;
  const map = async (columns: { letter: string; field: string }[]) => {
    const { sheet, header_row } = view;
    if (await show(() => bridge.call("roster_map", { ...source, sheet, header_row, columns }))) onMapped();
  };
  const named = Object.entries(fields).flatMap(([letter, field]) =>
    field === IGNORED ? [] : [{ letter, field }],
  );
  const options = [
    { value: IGNORED, label: words.columnIgnored },
    ...view.fields.map((field) => ({ value: field, label: field })),
  ];
  const titleOf = (column: RosterColumn) => fields[column.letter] || words.columnIgnored;
  const isChanged = (column: RosterColumn) => (column.field ?? IGNORED) !== fields[column.letter];
  return (
    <section id={COLUMNS} data-testid={tid.rosterMapping} className="stack">
      <h3>{words.columns}</h3>
      <div className="wrap-row">
        <span>{words.sheet}</span>
        <Select
          aria-label={words.sheet}
          style={{ minWidth: 160 }}
          disabled={wait}
          value={view.sheet}
          options={view.sheets.map(({ name, visible }) => ({
            value: name,
            label: visible ? name : words.hiddenSheet(name),
          }))}
          onChange={(sheet: string) =>
            look(sheet, view.sheets.find(({ name }) => name === sheet)?.header_row ?? 1)
          }
        />
        <span>{words.headerRow}</span>
        <InputNumber
          aria-label={words.headerRow}
          min={1}
          max={20}
          disabled={wait}
          value={view.header_row}
          onChange={(row) => row && look(view.sheet, row)}
        />
        {view.remembered ? <span className="quiet">{words.remembered}</span> : null}
      </div>
      {view.remarks.map((remark) => (
        <p key={remark} className="text-warn">
          {remark}
        </p>
      ))}
      <DataTable<RosterColumn>
        name="roster-columns-table"
        title={words.columns}
        rowKey="letter"
        pagination={false}
        rows={view.columns}
        columns={[
          { title: words.columnLetter, dataIndex: "letter", width: 60 },
          { title: words.columnHeader, dataIndex: "header", width: 180 },
          {
            title: words.columnField,
            dataIndex: "field",
            width: 160,
            render: (_, column) => (
              <Select
                aria-label={words.fieldOf(column.letter, column.header)}
                data-testid={tid.rosterField(column.letter)}
                style={{ width: "100%" }}
                disabled={wait}
                value={fields[column.letter] ?? IGNORED}
                options={options}
                onChange={(field: string) => setFields({ ...fields, [column.letter]: field })}
              />
            ),
            text: titleOf,
          },
          {
            title: words.certainty,
            dataIndex: "confidence",
            width: 260,
            render: (_, column) => <Confidence column={column} changed={isChanged(column)} />,
            text: (column) => `${words.confidence[column.confidence] ?? ""} ${column.why}`.trim(),
          },
          {
            title: words.columnSamples,
            dataIndex: "samples",
            render: (samples: string[]) => <span className="samples">{samples.join("　")}</span>,
            text: (column) => column.samples.join("　"),
          },
        ]}
      />
      <FailureNote failure={failure} />
      {twice.length > 0 ? <p className="text-warn">{words.doubled(twice.join("、"))}</p> : null}
      {missing.length > 0 ? <p className="text-warn">{words.lacking(missing.join("、"))}</p> : null}
      <div className="wrap-row">
        <Button
          data-testid={tid.rosterMap}
          loading={busy}
          disabled={disabled || twice.length > 0 || missing.length > 0}
          onClick={() => void map(named)}
        >
          {words.map}
        </Button>
        {view.remembered ? (
          <Button disabled={wait} onClick={() => void map([])}>
            {words.forget}
          </Button>
        ) : null}
        <span className="quiet">{words.mapNote}</span>
      </div>
    </section>
  );
}
