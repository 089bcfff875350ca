/** Whom a round collects, as groups of conditions over what the roster says. */
import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Select } from "antd";
import type { ScopeChoice, ScopeChoices, ScopeCohort } from "../../bindings/wire";
import { count } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { EMPTY } from "./useScope";

const words = zh.scope;
type Field = keyof ScopeCohort;
const FIELDS: Field[] = ["grades", "study_modes", "levels", "campuses", "colleges", "majors", "classes"];

interface Props {
  cohorts: ScopeCohort[];
  choices: ScopeChoices;
  onChange: (cohorts: ScopeCohort[]) => void;
}

/** What the roster has, and what was chosen before and is on it no more. */
function options(choices: ScopeChoice[], chosen: string[]) {
  const gone = chosen.filter((value) => choices.every((choice) => choice.value !== value));
  return [...choices, ...gone.map((value) => ({ value, students: 0 }))].map(({ value, students }) => ({
    value,
    label: words.choice(value || words.blank, count(students)),
    short: value || words.blank,
  }));
}

export function Cohorts({ cohorts, choices, onChange }: Props) {
  const put = (at: number, field: Field, values: string[]) =>
    onChange(cohorts.map((cohort, index) => (index === at ? { ...cohort, [field]: values } : cohort)));
  return (
    <section className="panel stack">
      <header className="wrap-row scope-head">
        <h3>{words.cohorts}</h3>
        <span className="quiet">{cohorts.length === 0 ? words.cohortsNone : words.cohortsNote}</span>
        <span className="grow" />
        <Button
          icon={<PlusOutlined />}
          data-testid={tid.scopeAdd}
          onClick={() => onChange([...cohorts, { ...EMPTY }])}
        >
          {words.add}
        </Button>
      </header>
      {cohorts.map((cohort, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a group has no name but its place
        <div className="scope-cohort" key={at} data-testid={tid.scopeCohort(at)}>
          <span className="quiet">{at === 0 ? "" : words.or}</span>
          <div className="scope-fields">
            {FIELDS.map((field) => (
              <div key={field} className="scope-field">
                <span id={`scope-${at}-${field}`}>{words.fields[field]}</span>
                <Select
                  mode="multiple"
                  aria-labelledby={`scope-${at}-${field}`}
                  data-testid={tid.scopeField(at, field)}
                  value={cohort[field]}
                  placeholder={words.any}
                  optionLabelProp="short"
                  maxTagCount="responsive"
                  options={options(choices[field], cohort[field])}
                  onChange={(values: string[]) => put(at, field, values)}
                />
              </div>
            ))}
          </div>
          <Button
            type="text"
            icon={<DeleteOutlined />}
            aria-label={words.remove(at + 1)}
            title={words.remove(at + 1)}
            data-testid={tid.scopeRemove(at)}
            onClick={() => onChange(cohorts.filter((_, index) => index !== at))}
          />
          {FIELDS.every((field) => cohort[field].length === 0) ? (
            <span className="quiet scope-everybody">{words.everybody}</span>
          ) : null}
        </div>
      ))}
    </section>
  );
}
