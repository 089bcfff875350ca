/** The plans that were released or given up. A release has beside it how it is taken back, whatever came after. */
import { Button, Popconfirm, Tag } from "antd";
import type { PlanView } from "../../bindings/wire";
import { tid } from "../../testids";
import { zh } from "../../zh";

const words = zh.bulk;

interface Props {
  plans: PlanView[];
  busy: boolean;
  onTakeBack: (plan: PlanView) => void;
}

function TakeBack({ plan, busy, onTakeBack }: Omit<Props, "plans"> & { plan: PlanView }) {
  return (
    <Popconfirm
      disabled={busy}
      title={words.takeBackAsk}
      description={words.takeBackNote}
      okText={words.takeBackYes}
      cancelText={words.takeBackNo}
      okButtonProps={{ danger: true, "data-testid": tid.bulkTakeBackYes }}
      onConfirm={() => onTakeBack(plan)}
    >
      <Button size="small" disabled={busy} data-testid={tid.bulkTakeBack}>
        {words.takeBack}
      </Button>
    </Popconfirm>
  );
}

export function PastPlans({ plans, busy, onTakeBack }: Props) {
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
                <TakeBack plan={plan} busy={busy} onTakeBack={onTakeBack} />
              </p>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
