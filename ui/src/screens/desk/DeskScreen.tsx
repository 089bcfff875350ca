/** 审核台: reads the queues, opens one, and gives it to the desk. */
import { Button } from "antd";
import { useCallback, useEffect, useRef, useState } from "react";
import { type AppContextValue, type Place, useApp } from "../../app/context";
import { endedIn } from "../../app/ended";
import { useWatched } from "../../app/useWatched";
import type {
  Failure,
  HumanItem,
  QueueCount,
  QueueItem,
  QueueOpened,
  ReasonTemplate,
  RoundCard,
} from "../../bindings/wire";
import { asFailure, type Bridge } from "../../bridge/bridge";
import { FailureNote } from "../../components/FailureNote";
import { everything } from "../../desk/everything";
import { isOpen } from "../../desk/judging";
import { keyOf } from "../../desk/keymap";
import { lastPlace, leaveDesk } from "../../desk/lastPlace";
import { DeskSession } from "../../desk/session";
import { count as formatCount } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { BackTo } from "./BackTo";
import type { OnwardStep } from "./Bar";
import { Desk } from "./Desk";
import { Queues } from "./Rail";
import { useQueueCounts } from "./useQueueCounts";
import { useStoredKeys } from "./useStoredKeys";

/** The queue to begin with where none is asked for; when nothing waits in it, the choice is the reviewer's. */
const FIRST_QUEUE = "pending";

/**
 * When a job ends, or the watched folder brought something: the counts anew, and what came into the opened queue meanwhile,
 * which stays as it is until asked. A job that the folder began is nobody's here, so its end is not told.
 */
function useArrivals(
  app: React.RefObject<AppContextValue>,
  round: number,
  session: DeskSession | null,
  read: () => Promise<QueueCount[]>,
) {
  const { job } = app.current;
  const ended = job?.finished ? job.job : null;
  const [watched] = useWatched(app.current.bridge, round);
  const cameIn = watched?.came_in;
  const seen = useRef({ ended, cameIn });
  const [arrived, setArrived] = useState<{ session: DeskSession; items: QueueItem[] } | null>(null);
  useEffect(() => {
    const before = seen.current;
    seen.current = { ended: ended ?? before.ended, cameIn: cameIn ?? before.cameIn };
    const hasEnded = ended !== null && ended !== before.ended;
    const hasCome = before.cameIn !== undefined && (cameIn ?? 0) > before.cameIn;
    if (!hasEnded && !hasCome) return;
    void read();
    const queue = session?.snapshot().queue ?? "";
    if (!session || queue === "") return;
    app.current.bridge
      .call("queue_open", { round, queue, limit: null })
      .then((opened) => setArrived({ session, items: session.newIn(opened) }))
      .catch((thrown) => app.current.notify(asFailure(thrown, zh.failure.host).message));
  }, [app, round, session, read, ended, cameIn]);
  const take = useCallback(() => {
    arrived?.session.append(arrived.items);
    setArrived(null);
  }, [arrived]);
  const here = arrived !== null && arrived.session === session ? arrived.items.length : 0;
  return { count: here, take };
}

/** Photos asked for at first: the rest of a long queue comes while the first one is looked at. */
const FIRST = 200;
/** Photos of each further part: reading one takes less than a frame or two, so that keys never wait. */
const PART = 1000;
/** Pause between parts, ms. */
const PART_MS = 30;

/** The rest of a queue is asked for at the latest then, ms: a photo that cannot be shown is never painted. */
const REST_MS = 600;

/** Until the first photo of the session is painted: what comes then must not keep it waiting. */
function firstPaint(session: DeskSession): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (session.snapshot().painted) done();
    };
    const off = session.subscribe(look);
    const timer = setTimeout(done, REST_MS);
    function done() {
      off();
      clearTimeout(timer);
      resolve();
    }
    look();
  });
}

/** The first photos of a queue, or all where none of the first waits: the desk begins with one that does. */
async function openFirst(bridge: Bridge, round: number, queue: string): Promise<QueueOpened> {
  const first = await bridge.call("queue_open", { round, queue, limit: FIRST });
  const whole = first.total <= first.items.length;
  if (whole || first.items.some(isOpen)) return first;
  return bridge.call("queue_open", { round, queue, limit: null });
}

/** The list that holds this photo, whole where it is not among the first; the photo alone where it left the list. */
async function openAt(
  bridge: Bridge,
  round: number,
  submission: number,
  { queue, filter }: Pick<Place, "queue" | "filter">,
): Promise<QueueOpened> {
  const holds = (opened: QueueOpened) => opened.items.some((item) => item.submission === submission);
  if (filter !== undefined) {
    const opened = await bridge.call("queue_filter", filter);
    if (holds(opened)) return opened;
  } else if (queue !== undefined) {
    const first = await openFirst(bridge, round, queue);
    if (holds(first)) return first;
    const whole = first.total > first.items.length;
    const opened = whole ? await bridge.call("queue_open", { round, queue, limit: null }) : first;
    if (holds(opened)) return opened;
  }
  const { item } = await bridge.call("submission_show", { submission });
  return { queue: "", title: item.name, items: [item], total: 1 };
}

/** Brings the rest of a queue part by part, as long as it is the one on the desk. */
async function bringRest(
  bridge: Bridge,
  round: number,
  { queue, items }: QueueOpened,
  session: DeskSession,
  stays: () => boolean,
) {
  let after = items.at(-1)?.student_no ?? "";
  while (stays()) {
    const part = await bridge.call("queue_more", { round, queue, after, limit: PART });
    if (!stays()) return;
    if (part.length < PART) {
      session.complete(part);
      return;
    }
    session.append(part);
    after = part.at(-1)?.student_no ?? after;
    await new Promise((resolve) => setTimeout(resolve, PART_MS));
  }
}

/** How the key of a sampling plan's queue begins. */
const PLAN_PREFIX = "plan:";

/** Queues worth going on with when the opened one is done, in the order of the work. */
const ONWARD = ["pending", "second", "differing", "held"];

/** What is next to do from the end of a queue: what still waits, else the delivery. */
function onwardSteps(
  counts: QueueCount[],
  opened: string | null,
  card: RoundCard | undefined,
  act: { openQueue: (queue: string) => void; go: AppContextValue["go"] },
): OnwardStep[] {
  const waiting = ONWARD.map((key) => counts.find((queue) => queue.queue === key)).filter(
    (queue): queue is QueueCount => queue !== undefined && queue.count > 0 && queue.queue !== opened,
  );
  const steps: OnwardStep[] = waiting.map((queue) => ({
    key: queue.queue,
    label: zh.desk.onwardQueue(queue.title, formatCount(queue.count)),
    onGo: () => act.openQueue(queue.queue),
  }));
  if (!card) return steps;
  const { round } = card;
  if (opened?.startsWith(PLAN_PREFIX)) {
    steps.unshift({
      key: "bulk",
      label: zh.desk.onwardBulk,
      onGo: () => act.go({ screen: "bulk", round }),
    });
  }
  if (card.in_piles > 0) {
    steps.push({
      key: "piles",
      label: zh.desk.onwardPiles(formatCount(card.in_piles)),
      onGo: () => act.go({ screen: "photos", round }),
    });
  }
  if (card.approved > 0) {
    steps.push({
      key: "delivery",
      label: zh.desk.onwardDelivery(formatCount(card.approved)),
      onGo: () => act.go({ screen: "delivery", round }),
    });
  }
  return steps;
}

/** The list on the desk, as the grid can show it: a queue, a filter, or the queue from which one photo was taken alone. */
function listForGrid(opened: string | null, { queue, filter }: Place) {
  if (opened) return { queue: opened };
  const from = queue === undefined ? {} : { queue };
  if (filter) return { ...from, filter };
  return queue === undefined ? null : from;
}

/** What stands where no queue is open: one may be on its way, and whether there are photos is known once the counts came. */
function textWithoutQueue(isKnown: boolean, any: boolean, failed: boolean): string | null {
  if (!isKnown) return failed ? null : zh.desk.reading;
  return any ? zh.desk.openQueue : zh.desk.noPhotos;
}

/** The photo of a list to begin with. */
interface Back {
  submission: number;
  /** It was asked for, not only left. */
  asked?: boolean;
}

export function DeskScreen({ round }: { round: number }) {
  const context = useApp();
  const app = useRef(context);
  app.current = context;
  const { bridge, place } = context;
  const [session, setSession] = useState<DeskSession | null>(null);
  const [title, setTitle] = useState("");
  const [templates, setTemplates] = useState<ReasonTemplate[]>([]);
  const [human, setHuman] = useState<HumanItem[]>([]);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [asked, setAsked] = useState({ times: 0, find: false });
  const { counts, isKnown, read, later, now } = useQueueCounts(round, app, setFailure);
  const opening = useRef(0);
  /** A list was asked for and has not come. */
  const [isOpening, setOpening] = useState(true);
  useEffect(() => {
    const last = opening;
    // Off the screen nothing more is brought.
    return () => {
      last.current += 1;
    };
  }, []);
  const keys = useStoredKeys(bridge, setFailure);
  const keyMap = useRef(keys.map);
  keyMap.current = keys.map;
  const arrivals = useArrivals(app, round, session, read);

  const begin = useCallback(
    async (ask: () => Promise<QueueOpened>, evenEmpty = true, back: Back | null = null) => {
      opening.current += 1;
      const mine = opening.current;
      setOpening(true);
      const came = () => mine === opening.current && setOpening(false);
      try {
        // The list of another queue shall know what was decided in this one.
        await app.current.outbox.settled();
        const opened = await ask();
        came();
        if (mine !== opening.current || (opened.items.length === 0 && !evenEmpty)) return;
        setFailure(null);
        const barred = () => {
          const ended = endedIn(app.current.status.rounds, round);
          if (ended !== null || app.current.status.reviewer !== "") return ended;
          app.current.askReviewer();
          return zh.desk.hint.reviewer;
        };
        const begun = new DeskSession(
          {
            bridge: app.current.bridge,
            outbox: app.current.outbox,
            unsent: app.current.unsent.of(app.current.status.seat.person ?? 0),
            round,
            reviewer: () => app.current.status.reviewer,
            barred,
            changed: later,
            // The screen that has gone knows who decided, whoever sits here by now.
            unseen: ({ message }, photos) =>
              app.current.notify(
                zh.desk.lost(
                  app.current.status.reviewer,
                  photos.map((item) => `${item.student_no} ${item.name}`),
                  message,
                ),
              ),
            now: () => performance.now(),
            keyOf: (act) => keyOf(keyMap.current, act),
          },
          opened,
        );
        // A reason that was left half written comes first, unless this very photo was asked for.
        if (back && (back.asked || !begun.snapshot().strip)) {
          begun.goTo(opened.items.findIndex((item) => item.submission === back.submission));
        }
        setSession(begun);
        setTitle(opened.title);
        if (opened.total <= opened.items.length) return;
        await firstPaint(begun);
        await bringRest(app.current.bridge, round, opened, begun, () => mine === opening.current);
      } catch (thrown) {
        came();
        if (mine === opening.current) setFailure(asFailure(thrown, zh.failure.host));
      }
    },
    [round, later],
  );
  const openQueue = useCallback(
    (queue: string) => void begin(() => openFirst(app.current.bridge, round, queue)),
    [begin, round],
  );

  useEffect(() => {
    Promise.all([bridge.call("reason_list", {}), bridge.call("human_list", {})])
      .then(([reasons, items]) => {
        setTemplates(reasons);
        setHuman(items);
      })
      .catch((thrown) => setFailure(asFailure(thrown, zh.failure.host)));
  }, [bridge]);
  useEffect(() => {
    const { queue, submission, filter } = place;
    const { bridge } = app.current;
    if (submission !== undefined) {
      void begin(() => openAt(bridge, round, submission, place), true, { submission, asked: true });
    } else if (filter !== undefined) {
      void begin(() => bridge.call("queue_filter", filter));
    } else if (queue !== undefined) openQueue(queue);
    else {
      const last = lastPlace(bridge, round, app.current.status.seat.person ?? 0);
      if (last?.filter)
        void begin(() => bridge.call("queue_filter", last.filter ?? everything(round)), true, last);
      else void begin(() => openFirst(bridge, round, last?.queue ?? FIRST_QUEUE), last !== null, last);
    }
    // Behind the photo: the counts of a large round take longer than its first queue.
    void read();
  }, [place, read, begin, openQueue, round]);

  useEffect(() => {
    const { bridge, status } = app.current;
    const person = status.seat.person ?? 0;
    // As it stands when the desk is left, or another list is opened.
    return () => {
      if (!session) return;
      const { queue, items, index } = session.snapshot();
      const submission = items[index]?.submission;
      const filter = queue === "" ? (place.filter ?? null) : null;
      // One photo that was asked for alone is no list to come back to.
      if (submission === undefined || (queue === "" && !filter)) return;
      leaveDesk(bridge, round, person, { queue, filter, submission });
    };
  }, [session, round, place.filter]);

  const { reviewer } = context.status;
  useEffect(() => {
    // What waits for a second review, and who decided what, is another's now.
    void reviewer;
    later();
  }, [reviewer, later]);
  useEffect(() => {
    // The name that was asked for has been given.
    if (reviewer !== "" && session?.snapshot().hint?.text === zh.desk.hint.reviewer) session.dismiss();
  }, [reviewer, session]);

  useEffect(() => {
    if (!session) return;
    let finished = session.snapshot().finished;
    return session.subscribe(() => {
      const before = finished;
      finished = session.snapshot().finished;
      // The end of a queue offers what is next by these counts.
      if (finished && !before) void app.current.outbox.settled().then(now);
    });
  }, [session, now]);

  const leaveQueues = useCallback(() => {
    document.querySelector<HTMLElement>(`[data-testid=${tid.desk}]`)?.focus({ preventScroll: true });
  }, []);
  const ask = useCallback((find: boolean) => setAsked((before) => ({ times: before.times + 1, find })), []);
  const askQueues = useCallback(() => ask(false), [ask]);
  const askFind = useCallback(() => ask(true), [ask]);
  const opened = session?.snapshot().queue ?? null;
  const rail = (
    <Queues
      round={round}
      counts={counts}
      opened={opened}
      title={title}
      keys={keys.map}
      onOpen={openQueue}
      asked={asked.times}
      find={asked.find}
      onLeave={leaveQueues}
    />
  );
  const any = counts.some((queue) => queue.count > 0);
  const card = context.status.rounds.find((one) => one.round === round);
  const onward = onwardSteps(counts, opened, card, { openQueue, go: context.go });

  return (
    <section className="desk-screen" data-testid={tid.screen("desk")}>
      <FailureNote failure={failure} />
      {opened ? null : <BackTo />}
      {arrivals.count > 0 ? (
        <div className="arrivals" role="status" data-testid={tid.arrivals}>
          {zh.desk.arrived(formatCount(arrivals.count))}
          <button
            type="button"
            className="mini"
            data-testid={tid.arrivalsTake}
            onMouseDown={(event) => event.preventDefault()}
            onClick={arrivals.take}
          >
            {zh.desk.takeArrivals}
          </button>
        </div>
      ) : null}
      {session && session.snapshot().items.length > 0 ? (
        <Desk
          session={session}
          templates={templates}
          human={human}
          keys={keys}
          onQueues={askQueues}
          onFind={askFind}
          onGrid={() => {
            const list = listForGrid(opened, place);
            const submission = session.item()?.submission ?? 0;
            if (list) context.go({ screen: "grid", round, submission, ...list });
            else session.say(zh.desk.hint.noGrid);
          }}
          rail={rail}
          onward={onward}
        />
      ) : (
        <div className="desk">
          <div className="rail">{rail}</div>
          <div className="desk-empty">
            <p>
              {session ? zh.desk.emptyQueue : textWithoutQueue(isKnown && !isOpening, any, failure !== null)}
            </p>
            {any || session || !isKnown || isOpening ? null : (
              <Button type="primary" onClick={() => context.go({ screen: "photos", round })}>
                {zh.nav.photos}
              </Button>
            )}
          </div>
        </div>
      )}
    </section>
  );
}
