/** The open sampling plan: how far its photos are looked at, what was found, and what can be done now. */
import { Button, Popconfirm, Progress } from "antd";
import type { PlanView } from "../../bindings/wire";
import { count } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";

const words = zh.bulk;

interface Props {
  plan: PlanView;
  busy: boolean;
  onReview: () => void;
  onRelease: () => void;
  onWithdraw: () => void;
}

function verdictOn(plan: PlanView): string {
  switch (plan.state) {
    case "clean":
      return plan.rest > 0 ? words.clean(plan) : words.cleanButNone;
    case "blocked":
      return words.blocked(plan.faults, plan.tighten);
    default:
      return plan.gone > 0 ? words.gone(plan.gone) : words.reviewing;
  }
}

export function PlanPanel({ plan, busy, onReview, onRelease, onWithdraw }: Props) {
  const clean = plan.state === "clean";
  return (
    <section className="panel stack" data-testid={tid.bulkPlan} data-state={plan.state}>
      <h3>
        {words.open} {plan.plan}　{words.state[plan.state]}
      </h3>
      <p>{words.facts(plan)}</p>
      <div>
        {words.mixed(count(plan.mixed_decided), count(plan.mixed))}
        <Progress
          percent={Math.floor((100 * plan.mixed_decided) / Math.max(1, plan.mixed))}
          status={plan.state === "blocked" ? "exception" : "normal"}
          showInfo={false}
          aria-label={words.progress}
        />
      </div>
      <p className={plan.state === "blocked" || plan.gone > 0 ? "state-rejected" : ""}>{verdictOn(plan)}</p>
      <div className="plan-acts">
        {plan.mixed_decided < plan.mixed ? (
          <Button type={clean ? "default" : "primary"} onClick={onReview} data-testid={tid.bulkReview}>
            {words.review}
          </Button>
        ) : null}
        {clean && plan.rest > 0 ? (
          <Button type="primary" disabled={busy} onClick={onRelease} data-testid={tid.bulkRelease}>
            {words.release(count(plan.rest))}
          </Button>
        ) : null}
        <Popconfirm
          disabled={busy}
          title={words.withdrawAsk}
          description={words.withdrawNote}
          okText={words.withdrawYes}
          cancelText={words.withdrawNo}
          okButtonProps={{ danger: true, "data-testid": tid.bulkWithdrawYes }}
          onConfirm={onWithdraw}
        >
          <Button disabled={busy} data-testid={tid.bulkWithdraw}>
            {words.withdraw}
          </Button>
        </Popconfirm>
      </div>
    </section>
  );
}
