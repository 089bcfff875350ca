/** 复审: choose photos for a second, blind review, go and give it, and see how two people agree. */
import { Button, InputNumber, Popconfirm, Radio } from "antd";
import { useCallback, useState } from "react";
import { useApp } from "../../app/context";
import { useEnded } from "../../app/ended";
import { useMay } from "../../app/may";
import { useActs } from "../../app/useActs";
import type { ReviewBook } from "../../bindings/wire";
import { FailureNote } from "../../components/FailureNote";
import { Figures } from "../../components/Figures";
import { Guarded } from "../../components/Guarded";
import { Reading } from "../../components/Reading";
import { ScreenFrame } from "../../components/ScreenFrame";
import { WhileOpen } from "../../components/WhileOpen";
import { count } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { Lines, Pairs, Rules } from "./SecondTables";

const words = zh.second;
const FIRST_PERCENT = 10;

const figure = (key: string, label: string, value: number) => ({
  key,
  label,
  value,
  testid: tid.secondCount(key),
});

interface ChooseProps {
  round: number;
  book: ReviewBook;
  busy: boolean;
  onChoose: (why: string, percent: number) => void;
}

interface ChooseButtonProps {
  off: boolean;
  alone: boolean;
  /** How many photos it would choose. */
  photos: number;
  onChoose: () => void;
}

/**
 * Asks first: nobody sees the first verdicts until the second review is done, and whoever gave them cannot undo it. Where
 * nobody else could review, photos chosen stay undelivered until somebody is added: that is offered first.
 */
function ChooseButton({ off, alone, photos, onChoose }: ChooseButtonProps) {
  const { go, place } = useApp();
  const adds = useMay()("person_add") === null;
  const [open, setOpen] = useState(false);
  const choose = () => {
    setOpen(false);
    onChoose();
  };
  const anyway = (
    <Button size="small" data-testid={tid.secondAloneYes} onClick={choose}>
      {words.aloneYes}
    </Button>
  );
  const question = alone
    ? {
        title: words.aloneAsk(count(photos)),
        description: (
          <>
            <p>{adds ? words.aloneNote : `${words.aloneNote}${words.aloneAdvice}`}</p>
            {anyway}
          </>
        ),
        okText: words.aloneAdd,
        okButtonProps: { "data-testid": tid.secondAloneAdd, style: adds ? {} : { display: "none" } },
        onConfirm: () => go({ screen: "people", round: place.round }),
      }
    : {
        title: words.chooseAsk(count(photos)),
        description: words.chooseNote,
        okText: words.chooseYes,
        okButtonProps: { "data-testid": tid.secondChooseYes },
        onConfirm: choose,
      };
  return (
    // Beside the button: what is asked about stands above it.
    <Popconfirm
      placement="rightTop"
      open={open}
      onOpenChange={setOpen}
      cancelText={words.withdrawNo}
      disabled={off}
      {...question}
    >
      <Button type="primary" disabled={off} data-testid={tid.secondChoose}>
        {words.chooseButton}
      </Button>
    </Popconfirm>
  );
}

function Choose({ round, book, busy, onChoose }: ChooseProps) {
  const [why, setWhy] = useState("share");
  const [percent, setPercent] = useState(FIRST_PERCENT);
  const ended = useEnded(round);
  if (book.decided === 0) {
    const chosen = book.waiting + book.lines.length > 0;
    return <section className="panel quiet">{chosen ? words.nothingMore : words.nothing}</section>;
  }
  const there: Record<string, number> = { held: book.held, sampled: book.sampled, share: book.decided };
  return (
    <section className="panel stack">
      <h3>{words.choose}</h3>
      <WhileOpen round={round}>
        <Guarded command="review_choose" told>
          <Radio.Group
            className="stack"
            value={why}
            onChange={(event) => setWhy(event.target.value as string)}
          >
            <span>
              <Radio value="share" data-testid={tid.secondWhy("share")}>
                {words.share(count(book.decided))}
              </Radio>
              <InputNumber
                min={1}
                max={100}
                precision={0}
                value={percent}
                suffix={words.percentSign}
                aria-label={words.percent}
                disabled={why !== "share" || ended !== null}
                data-testid={tid.secondPercent}
                // What is typed takes the place of the share that stood there.
                onFocus={(event) => event.target.select()}
                onChange={(value) => setPercent(value ?? FIRST_PERCENT)}
              />
            </span>
            <Radio
              value="held"
              disabled={book.held === 0 || ended !== null}
              data-testid={tid.secondWhy("held")}
            >
              {words.held(count(book.held))}
            </Radio>
            <Radio
              value="sampled"
              disabled={book.sampled === 0 || ended !== null}
              data-testid={tid.secondWhy("sampled")}
            >
              {words.sampled(count(book.sampled))}
            </Radio>
          </Radio.Group>
          <div>
            <ChooseButton
              off={busy || ended !== null || there[why] === 0}
              alone={book.others === 0}
              photos={
                // As the station counts: a share that is no whole number is rounded up.
                why === "share" ? Math.ceil((book.decided * percent) / 100) : (there[why] ?? 0)
              }
              onChoose={() => onChoose(why, percent)}
            />
          </div>
        </Guarded>
      </WhileOpen>
    </section>
  );
}

/**
 * Asks first: the first verdicts cannot be hidden again from whoever saw them. Nobody gives up the review of a verdict
 * of their own.
 */
function Withdraw(props: { waiting: number; busy: boolean; onWithdraw: () => void }) {
  const { waiting, busy, onWithdraw } = props;
  const off = busy || waiting === 0;
  return (
    <Popconfirm
      title={words.withdrawAsk(count(waiting))}
      description={words.withdrawNote}
      okText={words.withdrawYes}
      cancelText={words.withdrawNo}
      okButtonProps={{ danger: true, "data-testid": tid.secondWithdrawYes }}
      disabled={off}
      onConfirm={onWithdraw}
    >
      <Button disabled={off} data-testid={tid.secondWithdraw}>
        {words.withdraw}
      </Button>
    </Popconfirm>
  );
}

export function SecondScreen({ round }: { round: number }) {
  const { bridge, status, go } = useApp();
  const [book, setBook] = useState<ReviewBook | null>(null);

  const { reviewer } = status;
  const read = useCallback(async () => {
    // Whose photos wait for whom changes with the name.
    void reviewer;
    setBook(await bridge.call("review_list", { round }));
  }, [bridge, round, reviewer]);
  const { act, busy, said, failure } = useActs(read);
  const choose = (why: string, percent: number) =>
    act(async () => {
      const chosen = await bridge.call("review_choose", { round, why, percent });
      return chosen.count > 0 ? words.chosen(count(chosen.count)) : words.chosenNone;
    });
  const withdraw = () =>
    act(async () => {
      const withdrawn = await bridge.call("review_withdraw", { round });
      return words.withdrawn(count(withdrawn.count));
    });

  return (
    <ScreenFrame name="second" title={words.title} note={words.note}>
      <div className="stack">
        {book || failure ? null : <Reading />}
        <FailureNote failure={failure} />
        <p className="said-line" role="status">
          {said ? <span data-testid={tid.secondSaid}>{said}</span> : null}
        </p>
        {book ? (
          <>
            <section className="panel stack">
              <h3>{words.waiting}</h3>
              <p>
                {book.waiting > 0
                  ? words.waitingFor(count(book.waiting), count(book.waiting_for_me))
                  : words.waitingNone}
              </p>
              {book.waiting > book.waiting_for_me ? <p className="quiet">{words.others}</p> : null}
              <div>
                <Button
                  type="primary"
                  disabled={book.waiting_for_me === 0}
                  onClick={() => go({ screen: "desk", round, queue: "second" })}
                  data-testid={tid.secondReview}
                >
                  {words.review}
                </Button>
              </div>
            </section>
            {book.waiting > 0 ? (
              <section className="panel stack">
                <h3>{words.withdrawTitle}</h3>
                <Guarded command="review_withdraw">
                  <div>
                    <Withdraw waiting={book.waiting_for_me} busy={busy} onWithdraw={() => void withdraw()} />
                  </div>
                  {book.waiting > book.waiting_for_me ? (
                    <p className="quiet" data-testid={tid.secondWithdrawOwn}>
                      {words.withdrawOwn}
                    </p>
                  ) : null}
                </Guarded>
              </section>
            ) : null}
            <Choose
              round={round}
              book={book}
              busy={busy}
              onChoose={(why, percent) => void choose(why, percent)}
            />
            {book.lines.length > 0 ? (
              <section className="panel stack">
                <h3>{words.results}</h3>
                <Figures
                  figures={[
                    figure("agreed", words.agreedCount, book.agreed),
                    figure("differing", words.differingCount, book.differing),
                    figure("settled", words.settledCount, book.settled),
                    figure("resolved", words.resolvedCount, book.resolved),
                  ]}
                />
                {book.differing > 0 ? (
                  <div>
                    <Button
                      type="primary"
                      onClick={() => go({ screen: "desk", round, queue: "differing" })}
                      data-testid={tid.secondSettle}
                    >
                      {words.settle(count(book.differing))}
                    </Button>
                  </div>
                ) : null}
                {book.released > 0 ? (
                  <p data-testid={tid.secondReleased}>
                    {words.released(count(book.released), count(book.released_faults))}
                  </p>
                ) : null}
                <Lines lines={book.lines} />
                {book.pairs.length > 0 ? (
                  <>
                    <h3>{words.pairs}</h3>
                    <p className="quiet">{words.pairsNote}</p>
                    <Pairs pairs={book.pairs} />
                  </>
                ) : null}
                {book.rules.length > 0 ? (
                  <>
                    <h3>{words.rules}</h3>
                    <Rules rules={book.rules} />
                  </>
                ) : null}
              </section>
            ) : null}
          </>
        ) : null}
      </div>
    </ScreenFrame>
  );
}
