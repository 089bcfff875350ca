/** The plans that were released or given up; the release that an undo would take back now has it beside it. */
import { Button, Tag } from "antd";
import type { PlanView } from "../../bindings/wire";
import { tid } from "../../testids";
import { zh } from "../../zh";

const words = zh.bulk;

interface Props {
  plans: PlanView[];
  /** The plan whose release is what an undo takes back now. */
  undoable: number | null;
  busy: boolean;
  onUndo: () => void;
}

export function PastPlans({ plans, undoable, busy, onUndo }: Props) {
  return (
    <section className="panel">
      <h3>{words.past}</h3>
      <ul className="plan-list">
        {plans.map((plan) => (
          <li key={plan.plan} data-testid={tid.bulkPast(plan.plan)}>
            <Tag>{words.state[plan.state]}</Tag>
            {words.facts(plan)}
            {plan.state === "released" && plan.faults > 0 ? (
              <p className="text-warn" data-testid={tid.bulkFaultsAfter}>
                {words.faultsAfter(plan.faults)}
              </p>
            ) : null}
            {plan.state === "released" ? (
              <p>
                {plan.plan === undoable ? (
                  <Button size="small" disabled={busy} onClick={onUndo} data-testid={tid.bulkUndoRelease}>
                    {words.undoRelease}
                  </Button>
                ) : (
                  <span className="quiet">{words.undoLater}</span>
                )}
              </p>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
