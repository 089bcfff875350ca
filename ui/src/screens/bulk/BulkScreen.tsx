/** 抽样批量通过: choose how many faults may slip through, look at the sample on the desk, release the rest. */
import { Button, Radio } from "antd";
import { useCallback, useState } from "react";
import { useApp } from "../../app/context";
import { useMay } from "../../app/may";
import { useActs } from "../../app/useActs";
import type { PlanView, SampleOffer, SampleSize } from "../../bindings/wire";
import { FailureNote } from "../../components/FailureNote";
import { Reading } from "../../components/Reading";
import { ScreenFrame } from "../../components/ScreenFrame";
import { count } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { PastPlans } from "./PastPlans";
import { PlanPanel } from "./PlanPanel";

const words = zh.bulk;
const FIRST_LIMIT = 20;

/** Whether looking costs more than it saves: then going through all of them is the shorter way. */
const isSlow = (size: SampleSize) => size.mixed > size.rest;

function limitText(size: SampleSize): string {
  const percent = size.defect_limit_permille / 10;
  if (size.rest === 0) return words.limitUseless(percent);
  if (isSlow(size)) return words.limitSlow(percent, count(size.mixed), count(size.rest));
  return words.limit(percent, count(size.sample_size), count(size.mixed), count(size.rest));
}

/** How many photos of the set are left out until somebody picked which of a student's counts. */
function Unpicked({ photos }: { photos: number }) {
  if (photos === 0) return null;
  return (
    <p className="text-warn" data-testid={tid.bulkUnpicked}>
      {words.unpicked(count(photos))}
    </p>
  );
}

export function BulkScreen({ round }: { round: number }) {
  const { bridge, go, status } = useApp();
  const submitted = status.rounds.find((card) => card.round === round)?.submitted;
  const may = useMay();
  const [offer, setOffer] = useState<SampleOffer | null>(null);
  const [plans, setPlans] = useState<PlanView[]>([]);
  const [limit, setLimit] = useState(FIRST_LIMIT);

  const read = useCallback(async () => {
    const [offered, made] = await Promise.all([
      bridge.call("sample_offer", { round }),
      bridge.call("sample_plans", { round }),
    ]);
    setOffer(offered);
    setPlans(made);
  }, [bridge, round]);
  const { act, busy, said, failure } = useActs(read);

  const draw = () =>
    act(async () => {
      await bridge.call("sample_plan", { round, defect_limit_permille: limit });
      return words.drawn;
    });
  const release = (plan: PlanView) =>
    act(async () => {
      const done = await bridge.call("sample_release", { plan: plan.plan });
      return words.released(count(done.approved), done.passed_over);
    });
  const withdraw = (plan: PlanView) =>
    act(async () => {
      await bridge.call("sample_withdraw", { plan: plan.plan });
      return words.withdrawn;
    });
  const takeBack = (plan: PlanView) =>
    act(async () => {
      const { act: done } = await bridge.call("sample_take_back", { plan: plan.plan });
      return done?.summary ?? words.nothingStands;
    });

  const useful = offer?.sizes.some((size) => size.defect_limit_permille === limit && size.rest > 0) === true;
  const chosen = offer?.sizes.find((size) => size.defect_limit_permille === limit);
  const slow = !chosen || chosen.rest === 0 || isSlow(chosen);
  const open = plans.find((plan) => plan.state !== "released" && plan.state !== "withdrawn");
  const past = plans.filter((plan) => plan !== open);
  const forbidden = may("sample_plan") !== null;
  return (
    <ScreenFrame name="bulk" title={words.title} note={words.note}>
      <div className="stack">
        {offer || failure ? null : <Reading />}
        <FailureNote failure={failure} />
        <p className="said-line" role="status">
          {said ? <span data-testid={tid.bulkSaid}>{said}</span> : null}
        </p>
        {open ? (
          <PlanPanel
            plan={open}
            busy={busy || forbidden}
            onReview={() => go({ screen: "desk", round, queue: open.queue })}
            onRelease={() => void release(open)}
            onWithdraw={() => void withdraw(open)}
          />
        ) : offer && offer.set > 0 ? (
          <section className="panel stack">
            <h3>{words.choose(count(offer.set))}</h3>
            <Radio.Group
              className="limit-list"
              value={useful ? limit : null}
              onChange={(event) => setLimit(event.target.value as number)}
            >
              {offer.sizes.map((size) => (
                <Radio
                  key={size.defect_limit_permille}
                  value={size.defect_limit_permille}
                  disabled={size.rest === 0}
                  data-testid={tid.bulkLimit(size.defect_limit_permille)}
                >
                  {limitText(size)}
                </Radio>
              ))}
            </Radio.Group>
            <p className="quiet">{words.how}</p>
            <Unpicked photos={offer.unpicked} />
            {offer.carried > 0 ? (
              <p className="text-warn" data-testid={tid.bulkCarried}>
                {words.carried(count(offer.carried))}
              </p>
            ) : null}
            <div className="wrap-row">
              {slow ? (
                <>
                  <Button
                    type="primary"
                    data-testid={tid.bulkDesk}
                    onClick={() => go({ screen: "desk", round, queue: "clear" })}
                  >
                    {words.oneByOne}
                  </Button>
                  <Button onClick={() => go({ screen: "grid", round, queue: "clear" })}>
                    {words.asGrid}
                  </Button>
                </>
              ) : null}
              <Button
                type={slow ? "default" : "primary"}
                disabled={busy || forbidden || !useful}
                onClick={() => void draw()}
                data-testid={tid.bulkDraw}
              >
                {words.draw}
              </Button>
            </div>
          </section>
        ) : offer ? (
          <section className="panel wrap-row">
            <span className="quiet">{submitted === 0 ? words.noPhotos : words.nothing}</span>
            <Unpicked photos={offer.unpicked} />
            {submitted === 0 ? (
              <Button data-testid={tid.bulkPhotos} onClick={() => go({ screen: "photos", round })}>
                {zh.nav.photos}
              </Button>
            ) : (
              <Button
                data-testid={tid.bulkPending}
                onClick={() => go({ screen: "desk", round, queue: "pending" })}
              >
                {words.pending}
              </Button>
            )}
          </section>
        ) : null}
        {past.length > 0 ? (
          <PastPlans plans={past} busy={busy || forbidden} onTakeBack={(plan) => void takeBack(plan)} />
        ) : null}
      </div>
    </ScreenFrame>
  );
}
