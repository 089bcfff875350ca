/** What leaves the office and under which names: the mode, the naming, the columns of the roster that go along. */
import { Button, Checkbox, Input } from "antd";
import type { DeliveryMode, Failure } from "../../bindings/wire";
import { FailureNote } from "../../components/FailureNote";
import { tid } from "../../testids";
import { zh } from "../../zh";

const words = zh.delivery;
const MODES: [DeliveryMode, string, string][] = [
  ["collection_code", words.code, words.codeText],
  ["roster", words.roster, words.rosterText],
];
export const TEMPLATES: Record<DeliveryMode, string[]> = {
  collection_code: [words.templates.student, words.templates.serial],
  roster: [words.templates.student, words.templates.named, words.templates.serial],
};

export function ModeChoice({ mode, onMode }: { mode: DeliveryMode; onMode: (mode: DeliveryMode) => void }) {
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
  /** Why no photo can be named so. */
  failure: Failure | null;
}

export function TemplateBox({ mode, template, onTemplate, examples, failure }: TemplateProps) {
  // Photos that cannot be named have none.
  const shown = examples.filter((name) => name !== "").slice(0, 4);
  return (
    <div className="template">
      <label htmlFor="delivery-template">{words.template}</label>
      <Input
        id="delivery-template"
        className="mono"
        data-testid={tid.deliveryTemplate}
        status={failure ? "error" : ""}
        aria-invalid={failure !== null}
        value={template}
        onChange={(event) => onTemplate(event.target.value)}
      />
      <FailureNote failure={failure} />
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
        {shown.length > 0 ? `${words.examples}：${shown.join("　")}` : ""}
      </p>
    </div>
  );
}

interface ColumnsProps {
  columns: string[];
  /** Whether only those who know the passphrase can read the list. */
  encrypted: boolean;
  onColumns: (columns: string[]) => void;
}

/** 名单模式: each column of the roster is chosen by itself; 学号 is there in any case. */
export function ColumnChoice({ columns, encrypted, onColumns }: ColumnsProps) {
  return (
    <fieldset className="shape-choice" data-testid={tid.deliveryColumns}>
      <legend>{words.columns}</legend>
      <div className="wrap-row">
        <Checkbox checked disabled>
          {words.no}
        </Checkbox>
        {words.columnTitles.map((title) => (
          <Checkbox
            key={title}
            data-testid={tid.deliveryColumn(title)}
            checked={columns.includes(title)}
            disabled={title === words.idNumber && !encrypted && !columns.includes(title)}
            onChange={(event) =>
              onColumns(
                words.columnTitles.filter((one) =>
                  one === title ? event.target.checked : columns.includes(one),
                ),
              )
            }
          >
            {title}
          </Checkbox>
        ))}
      </div>
      <span className="quiet">{words.columnsNote}</span>
    </fieldset>
  );
}
