/** 宫格审核: a queue as cards, all ticked; what is not unticked on a page is approved by one Enter. */
import { Button, Segmented } from "antd";
import { useCallback, useEffect, useRef, useState } from "react";
import { useApp } from "../../app/context";
import { useEnded } from "../../app/ended";
import { useMay } from "../../app/may";
import type { Failure, QueueCount, QueueFilter, QueueItem, QueueOpened } from "../../bindings/wire";
import { asFailure } from "../../bridge/bridge";
import { FailureNote } from "../../components/FailureNote";
import { ScreenFrame } from "../../components/ScreenFrame";
import { everything } from "../../desk/everything";
import { isOpen, isRelease, type NextUndo, nextUndo } from "../../desk/judging";
import { keyOf, undoKeyOfGrid } from "../../desk/keymap";
import { count } from "../../format";
import { untickedByHand } from "../../grid/byHand";
import { useCardSize } from "../../grid/cardSize";
import { standingAnew } from "../../grid/gone";
import { type CardSize, SIZES } from "../../grid/layout";
import { useAlike } from "../../grid/useAlike";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { UndoQuestion } from "../desk/UndoQuestion";
import { useStoredKeys } from "../desk/useStoredKeys";
import { FilterBar } from "../filter/FilterBar";
import { Grid } from "./Grid";
import { NothingWaits } from "./NothingWaits";

const words = zh.grid;
const FIRST_QUEUE = "clear";

/** Whether the machine objects or cannot tell: such a photo is approved here only when somebody ticks it. */
const needsLook = (item: QueueItem) => item.verdict !== "pass" && item.verdict !== "warn";

/** The keys go to the grid: what was chosen from a list is done with, and the next Enter means the page. */
const toGrid = () =>
  requestAnimationFrame(() => {
    document.querySelector<HTMLElement>(`[data-testid=${tid.grid}]`)?.focus({ preventScroll: true });
  });

/** A page must have stood this long before Enter means it, ms: two quick presses are not two looks. */
const STOOD_MS = 400;

/** What a page would commit: the ticked photos of it that are not decided. */
function tickedOf(items: readonly QueueItem[], page: [number, number], unticked: ReadonlySet<number>) {
  const open = items.slice(page[0], page[1]).filter((item) => item.decision === "");
  return { open, ticked: open.filter((item) => !unticked.has(item.submission)) };
}

/**
 * What the cards say of the photos that would be approved, the worst first; empty where they say nothing. One that is or
 * looks like somebody else's bears a hint whatever was measured.
 */
function markedOf(ticked: readonly QueueItem[], alike: ReadonlySet<number>): string {
  const markOf = ({ verdict, submission }: QueueItem) =>
    verdict === "pass" && alike.has(submission) ? "warn" : verdict;
  return (["fail", "warn", "unknown"] as const)
    .map((mark) => ({ mark, n: ticked.filter((item) => markOf(item) === mark).length }))
    .flatMap(({ mark, n }) => (n > 0 ? [words.marked[mark](n)] : []))
    .join("、");
}

export function GridScreen({ round }: { round: number }) {
  const { bridge, place, status, askReviewer, refresh, go, outbox, notify } = useApp();
  const ended = useEnded(round);
  const barred = useMay()("grid_commit", words.deciding) ?? ended;
  const [counts, setCounts] = useState<QueueCount[]>([]);
  const [opened, setOpened] = useState<QueueOpened | null>(null);
  const [items, setItems] = useState<QueueItem[]>([]);
  const [cursor, setCursor] = useState(0);
  const [page, setPage] = useState<[number, number]>([0, 0]);
  const [unticked, setUnticked] = useState<ReadonlySet<number>>(new Set());
  // Asked of when a page is committed, and shown nowhere: a photo that arrives draws nothing else anew.
  const painted = useRef(new Set<number>());
  const [size, setSize] = useCardSize();
  const { alike, known, unpicked, onCards } = useAlike(setUnticked);
  const [filter, setFilter] = useState<QueueFilter | null>(null);
  const [queue, setQueue] = useState(place.queue ?? FIRST_QUEUE);
  const [said, setSaid] = useState("");
  /** What an undo would take back that is first asked about. */
  const [asked, setAsked] = useState<NextUndo | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const committing = useRef(false);
  const undoing = useRef(false);
  /** When another page came into sight; the first one was opened by hand. */
  const turnedAt = useRef(Number.NEGATIVE_INFINITY);
  const opening = useRef(0);
  const shown = useRef(false);
  const here = useRef(true);
  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
    };
  }, []);

  const fail = useCallback((thrown: unknown) => setFailure(asFailure(thrown, zh.failure.host)), []);
  const { map: keys } = useStoredKeys(bridge, setFailure);
  const readCounts = useCallback(
    () => bridge.call("queue_counts", { round }).then(setCounts).catch(fail),
    [bridge, round, fail],
  );
  const open = useCallback(
    async (ask: () => Promise<QueueOpened>, filtered: QueueFilter | null, wanted?: string, at?: number) => {
      opening.current += 1;
      const mine = opening.current;
      try {
        const answer = await ask();
        // An answer that another question overtook must not name the list either.
        if (mine !== opening.current) return;
        setFilter(filtered);
        if (wanted !== undefined) setQueue(wanted);
        setOpened(answer);
        setItems(answer.items);
        // Come back from the desk: at the photo that was there.
        setCursor(Math.max(0, at ? answer.items.findIndex((item) => item.submission === at) : 0));
        // The first list was come to by hand; of one opened here its page has only just come.
        if (shown.current) turnedAt.current = performance.now();
        shown.current = true;
        const byHand = untickedByHand(bridge, round);
        const off = answer.items.filter(
          (item) => needsLook(item) || byHand.has(item.submission) || alike.current.has(item.submission),
        );
        setUnticked(new Set(off.map((item) => item.submission)));
        setFailure(null);
        setSaid("");
      } catch (thrown) {
        if (mine === opening.current) fail(thrown);
      }
    },
    [bridge, round, fail, alike],
  );
  const openQueue = useCallback(
    (wanted: string, at?: number) =>
      open(() => bridge.call("queue_open", { round, queue: wanted, limit: null }), null, wanted, at),
    [open, bridge, round],
  );
  const openFilter = useCallback(
    (asked: QueueFilter) => void open(() => bridge.call("queue_filter", asked), asked),
    [open, bridge],
  );
  const { queue: first = FIRST_QUEUE, filter: begun, submission: at } = place;
  useEffect(() => {
    void readCounts();
    if (begun) void open(() => bridge.call("queue_filter", begun), begun, first, at);
    else void openQueue(first, at);
  }, [readCounts, openQueue, open, bridge, first, begun, at]);

  const onQueue = (wanted: string) => void openQueue(wanted);
  const onPhotos = () => go({ screen: "photos", round });
  const { open: waiting, ticked } = tickedOf(items, page, unticked);
  const onPainted = useCallback((submission: number, drawn: boolean) => {
    if (drawn) painted.current.add(submission);
    // What cannot be seen is not approved here.
    else setUnticked((before) => new Set(before).add(submission));
  }, []);
  /** An act was refused: said here, above another screen when this one was left, and before the window goes. */
  const failAct = (thrown: unknown) => {
    const refusal = asFailure(thrown, zh.failure.host);
    outbox.refuse(refusal);
    setFailure(refusal);
    if (!here.current) notify(words.lost(status.reviewer, refusal.message));
  };
  const put = (changed: readonly QueueItem[]) => {
    const by = new Map(changed.map((item) => [item.submission, item]));
    setItems((before) => before.map((item) => by.get(item.submission) ?? item));
  };
  const commit = async () => {
    if (committing.current) return;
    if (barred !== null) {
      setSaid(barred);
      return;
    }
    if (waiting.length === 0) {
      setSaid(words.nothingWaits(page[1] < items.length));
      return;
    }
    if (performance.now() - turnedAt.current < STOOD_MS) {
      setSaid(words.justTurned);
      return;
    }
    const unseen = ticked.filter(
      ({ submission }) => !painted.current.has(submission) || !known.current.has(submission),
    );
    if (unseen.length > 0) {
      setSaid(words.unseen(unseen.length));
      return;
    }
    if (status.reviewer === "") {
      askReviewer();
      return;
    }
    committing.current = true;
    const list = opening.current;
    await outbox
      .send(() => approvePage(list))
      .finally(() => {
        committing.current = false;
      });
  };
  const readAnew = async () => {
    const now = await bridge.call("queue_filter", everything(round));
    setItems((before) => standingAnew(before, now.items));
  };
  const approvePage = async (list: number) => {
    // What was unticked while this waited for an act before it is not approved; another list's ticks are its own.
    const byHand = untickedByHand(bridge, round);
    const unticked = ({ submission }: QueueItem) =>
      byHand.has(submission) || (list === opening.current && latest.current.has(submission));
    try {
      const approve = ticked
        .filter((item) => !unticked(item))
        .map((item) => ({
          submission: item.submission,
          seen_decision: item.decision_id,
          seen_student: item.student_no,
        }));
      const answer = await bridge.call("grid_commit", { round, approve });
      put(answer.items);
      const { items: done, unpicked: toPick } = answer;
      setSaid(words.committed(done.length, waiting.length - done.length - toPick, toPick));
      if (toPick > 0) {
        const approved = new Set(done.map((item) => item.submission));
        const left = approve.map((one) => one.submission).filter((one) => !approved.has(one));
        setUnticked((before) => new Set([...before, ...left]));
      }
      setFailure(null);
      // In a list that was opened meanwhile the place means something else.
      if (list === opening.current && page[1] < items.length) setCursor(page[1]);
      void readCounts();
      void refresh();
    } catch (thrown) {
      failAct(thrown);
      // What somebody else did meanwhile is to be seen before the page is tried again.
      if (asFailure(thrown, zh.failure.host).code === "conflict") await readAnew().catch(() => undefined);
    }
  };
  const undo = async (
    command: "act_undo" | "act_redo" = "act_undo",
    sure: NextUndo | null = null,
  ): Promise<void> => {
    if (barred !== null) {
      setSaid(barred);
      return;
    }
    // Behind a commit under way, what comes back would not be what was on the screen; one at a time, each of them seen.
    if (committing.current || undoing.current) return;
    undoing.current = true;
    await outbox
      .send(async () => {
        const next = sure ?? (await nextUndo({ bridge, round }, command, isRelease));
        if (next.ask === null) return takeBack(command, next);
        // Before the question stands there: a yes to it is never the one press too many.
        undoing.current = false;
        setAsked(next);
      })
      .finally(() => {
        undoing.current = false;
      });
  };
  const takeBack = async (command: "act_undo" | "act_redo", next: NextUndo) => {
    const list = opening.current;
    try {
      const answer = await bridge.call(command, { round, ...next.seen });
      if (!answer.act) {
        setSaid(command === "act_undo" ? words.nothingToUndo : words.nothingToRedo);
        return;
      }
      const listed = new Set(items.map((item) => item.submission));
      const seen = answer.act.items.some((item) => listed.has(item.submission));
      setSaid(seen ? answer.act.summary : `${answer.act.summary}${words.elsewhere}`);
      put(answer.act.items);
      if (answer.act.total > answer.act.items.length) {
        // A set released by a sample may be thousands: how each photo stands is read anew, its place stays.
        await readAnew();
      }
      const at = items.findIndex((item) => item.submission === answer.act?.item?.submission);
      if (at >= 0 && list === opening.current) setCursor(at);
      void readCounts();
      void refresh();
    } catch (thrown) {
      failAct(thrown);
    }
  };
  const answer = (yes: boolean) => {
    setAsked(null);
    toGrid();
    if (yes && asked) void undo("act_undo", { ...asked, ask: null });
  };
  /** By the mouse: the keys stay with the cards, for the button just pressed means another page by now. */
  const act = (what: () => Promise<void>) => {
    toGrid();
    void what();
  };
  const listed = { queue, ...(filter ? { filter } : {}) };
  const toDesk = () => go({ screen: "desk", round, ...listed });
  const latest = useRef(unticked);
  latest.current = unticked;
  const toggle = useCallback(
    (submission: number) => {
      if (unpicked.current.has(submission)) {
        setSaid(words.pickFirst);
        return;
      }
      const after = new Set(latest.current);
      const byHand = untickedByHand(bridge, round);
      if (after.delete(submission)) byHand.delete(submission);
      else {
        after.add(submission);
        byHand.add(submission);
      }
      latest.current = after;
      setUnticked(after);
    },
    [bridge, round, unpicked],
  );
  const onPage = useCallback((first: number, last: number) => {
    setPage((before) => {
      // Also when the window grew: what has just come into sight was looked at by nobody.
      if (before[1] > 0 && (before[0] !== first || before[1] !== last)) turnedAt.current = performance.now();
      return [first, last];
    });
  }, []);

  return (
    <ScreenFrame
      name="grid"
      fill
      title={words.title}
      note={<span data-testid={tid.gridTotal}>{words.total(opened?.title ?? "", count(items.length))}</span>}
      actions={
        <>
          <Segmented<CardSize>
            className="grid-size"
            value={size}
            aria-label={words.size}
            onChange={(wanted) => {
              setSize(wanted);
              toGrid();
            }}
            options={SIZES.map((value) => ({
              value,
              label: <span data-testid={tid.gridSize(value)}>{words.sizes[value]}</span>,
            }))}
          />
          <Button data-testid={tid.gridDesk} onClick={toDesk}>
            {words.desk} {keyOf(keys, "grid")}
          </Button>
          <Button onClick={() => go({ screen: "bulk", round })} data-testid={tid.gridBulk}>
            {words.bulk}
          </Button>
        </>
      }
    >
      <FilterBar
        round={round}
        counts={counts}
        queue={queue}
        begun={begun}
        onQueue={openQueue}
        onChosen={toGrid}
        onFilter={openFilter}
      />
      <FailureNote failure={failure} />
      {opened && items.length === 0 ? (
        <NothingWaits text={words.empty} {...{ counts, onQueue, onPhotos }} />
      ) : (
        <Grid
          bridge={bridge}
          round={round}
          items={items}
          cursor={cursor}
          onCards={onCards}
          unticked={unticked}
          onCursor={setCursor}
          onToggle={toggle}
          onPage={onPage}
          onCommit={() => void commit()}
          keys={keys}
          onUndo={(command) => void undo(command)}
          onPainted={onPainted}
          onOpen={(submission) => go({ screen: "desk", round, submission, ...listed })}
          onDesk={toDesk}
          size={size}
        />
      )}
      {items.length > 0 && !items.some(isOpen) ? (
        <NothingWaits text={words.listDone} {...{ counts, onQueue, onPhotos }} />
      ) : null}
      {asked?.ask ? <UndoQuestion summary={asked.ask} onAnswer={answer} /> : null}
      {opened && items.length === 0 ? null : (
        <footer className="grid-foot">
          <span data-testid={tid.gridPage}>
            {items.length > 0 ? (
              <>
                {words.page(page[0] + 1, page[1], items.length)}
                <span className="grid-ticks">
                  ；{words.ticks(ticked.length, waiting.length - ticked.length)}
                </span>
              </>
            ) : null}
          </span>
          <span className="quiet" role="status" data-testid={tid.gridSaid}>
            {said || words.keys}
          </span>
          <span className="grow" />
          <Button disabled={barred !== null} onClick={() => act(() => undo())} data-testid={tid.gridUndo}>
            {words.undo} {undoKeyOfGrid(keys)}
          </Button>
          <Button
            type="primary"
            disabled={waiting.length === 0 || barred !== null}
            title={barred ?? undefined}
            onClick={() => act(commit)}
            data-testid={tid.gridCommit}
          >
            {waiting.length === 0
              ? words.pageDone
              : words.commit(ticked.length, markedOf(ticked, alike.current))}{" "}
            {words.enter}
          </Button>
        </footer>
      )}
    </ScreenFrame>
  );
}
