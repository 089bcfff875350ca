/** Students to be collected though of no cohort, named one by one. */
import { Button, Tag } from "antd";
import { useState } from "react";
import { useApp } from "../../app/context";
import type { ScopeStudent } from "../../bindings/wire";
import { AssignBox } from "../../components/AssignBox";
import { tid } from "../../testids";
import { zh } from "../../zh";

const words = zh.scope;

interface Props {
  round: number;
  stragglers: ScopeStudent[];
  onName: (student: number, on: boolean) => void;
}

export function Stragglers({ round, stragglers, onName }: Props) {
  const { go } = useApp();
  const [named, setNamed] = useState(0);
  return (
    <section className="panel stack">
      <header className="wrap-row scope-head">
        <h3>{words.stragglers}</h3>
        <span className="quiet">{words.stragglersNote}</span>
      </header>
      {stragglers.length > 0 ? (
        <div className="wrap-row">
          {stragglers.map(({ student, student_no, name, exempt }) => {
            const whose = `${student_no} ${name}`;
            return (
              <Tag
                key={student}
                data-testid={tid.scopeStraggler(student)}
                closable={{ "aria-label": words.unname(whose) }}
                onClose={(event) => {
                  event.preventDefault();
                  onName(student, false);
                }}
              >
                {whose} {exempt ? <span className="quiet">{words.butExempt(exempt)}</span> : null}
              </Tag>
            );
          })}
        </div>
      ) : null}
      <AssignBox
        key={named}
        id={0}
        round={round}
        candidates={[]}
        action={words.name}
        onAssign={(student) => {
          setNamed(named + 1);
          onName(student, true);
        }}
      />
      <p className="quiet">
        {words.others}{" "}
        <Button size="small" onClick={() => go({ screen: "students", round })}>
          {words.toStudents}
        </Button>
      </p>
    </section>
  );
}
