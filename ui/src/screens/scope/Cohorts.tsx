/** Whom a round collects, as groups of conditions over what the roster says. */
import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Select } from "antd";
import { useMemo } from "react";
import type { ScopeChoice, ScopeChoices, ScopeCohort, ScopeTogether } from "../../bindings/wire";
import { count } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { FIELDS, type Field, following } from "./following";
import { EMPTY } from "./useScope";

const words = zh.scope;

/** What is left to choose, and what was chosen and fits nobody: a value that went, or one beside another choice. */
function options(choices: ScopeChoice[], chosen: string[]) {
  const gone = chosen.filter((value) => choices.every((choice) => choice.value !== value));
  return [...choices, ...gone.map((value) => ({ value, students: 0 }))].map(({ value, students }) => ({
    value,
    label: words.choice(value || words.blank, count(students)),
    short: value || words.blank,
  }));
}

interface GroupProps {
  at: number;
  cohort: ScopeCohort;
  choices: ScopeChoices;
  together: readonly ScopeTogether[];
  onPut: (field: Field, values: string[]) => void;
  onRemove: () => void;
}

function Group({ at, cohort, choices, together, onPut, onRemove }: GroupProps) {
  const left = useMemo(() => following(choices, together, cohort), [choices, together, cohort]);
  const isEmpty = FIELDS.every((field) => cohort[field].length === 0);
  return (
    <div className="scope-cohort" data-testid={tid.scopeCohort(at)}>
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
              options={options(left[field], cohort[field])}
              onChange={(values: string[]) => onPut(field, values)}
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
        onClick={onRemove}
      />
      {/* Its line stays when the first condition comes: what lies below must not move under the pointer. */}
      <span className="quiet scope-everybody">{isEmpty ? words.everybody : ""}</span>
    </div>
  );
}

interface Props {
  cohorts: ScopeCohort[];
  choices: ScopeChoices;
  together: readonly ScopeTogether[];
  onChange: (cohorts: ScopeCohort[]) => void;
}

export function Cohorts({ cohorts, choices, together, onChange }: Props) {
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
        <Group
          // biome-ignore lint/suspicious/noArrayIndexKey: a group has no name but its place
          key={at}
          at={at}
          cohort={cohort}
          choices={choices}
          together={together}
          onPut={(field, values) => put(at, field, values)}
          onRemove={() => onChange(cohorts.filter((_, index) => index !== at))}
        />
      ))}
    </section>
  );
}
