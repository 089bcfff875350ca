/** The desk over one opened queue: hands keys to the session and lays its snapshot out. Holds no decision itself. */
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { useApp } from "../../app/context";
import { useEnded } from "../../app/ended";
import { useMay } from "../../app/may";
import type { FindingView, HumanItem, QueueItem, ReasonTemplate } from "../../bindings/wire";
import { asFailure } from "../../bridge/bridge";
import { useContextMenu } from "../../components/ContextMenu";
import { FailureNote } from "../../components/FailureNote";
import { nextOther, otherOf, othersOf } from "../../desk/compare";
import { nextFailing } from "../../desk/judging";
import { keyOf } from "../../desk/keymap";
import { type CropName, type DeskAct, finishTyping, isPressed } from "../../desk/keys";
import { concerning, type Draft, isPicked, matching, ownReason, pickReason } from "../../desk/reasons";
import type { DeskSession } from "../../desk/session";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { Bar, Finished, Hint, type OnwardStep } from "./Bar";
import type { CompareMode } from "./Compare";
import { menuOfFinding } from "./findingMenu";
import { KeyList } from "./KeyList";
import { Panel } from "./Panel";
import { Pick } from "./Pick";
import { photoMenu } from "./photoMenu";
import { Film } from "./Rail";
import { ReasonStrip } from "./Reasons";
import { Reassign } from "./Reassign";
import { Stage } from "./Stage";
import { UndoQuestion } from "./UndoQuestion";
import { useAlone } from "./useAlone";
import { useDeskKeys, useLatest } from "./useDeskKeys";
import type { DeskKeys } from "./useStoredKeys";

interface Props {
  session: DeskSession;
  templates: ReasonTemplate[];
  human: HumanItem[];
  keys: DeskKeys;
  onQueues: () => void;
  /** The box that looks for a student is to be typed into. */
  onFind: () => void;
  /** The queue is to be gone on with as a grid. */
  onGrid: () => void;
  /** Where the film strip goes: the rail belongs to the screen, the strip to the queue. */
  rail: React.ReactNode;
  /** Where to go on from the end of the queue. */
  onward: OnwardStep[];
}

/** What the reviewer points at, looks closer at, or has opened; none of it is a decision. */
interface Looking {
  pointed: string | null;
  zoom: boolean;
  guides: boolean;
  crop: CropName | null;
  compare: CompareMode;
  /** What was asked for to be compared with, by its key. */
  beside: string | null;
  keys: boolean;
  filter: string;
  note: number;
  human: number;
}

const LOOKING: Looking = {
  pointed: null,
  zoom: false,
  guides: true,
  crop: null,
  compare: "off",
  beside: null,
  keys: false,
  filter: "",
  note: 0,
  human: 0,
};

/** Acts before which a text being typed is finished: a press of the mouse on a button leaves it open. */
const FINISHING = new Set<DeskAct["act"]>([
  "approve",
  "confirm",
  "reject",
  "hold",
  "next",
  "previous",
  "undo",
  "redo",
]);

/** Acts that are on the photo, and rest while the list of keys covers it. */
const DECIDING = new Set<DeskAct["act"]>(["approve", "confirm", "reject", "hold", "undo", "redo"]);

/** Acts for a reviewer alone. */
const REVIEWERS = new Set<DeskAct["act"]>([...DECIDING, "mark-wrong", "reason", "other-reason", "note"]);

/** Acts that are none of those the strip of reasons is open for. */
const BESIDE_REASONS = new Set<DeskAct["act"]>(["approve", "hold", "undo", "redo"]);

export function Desk(props: Props) {
  const { session, templates, human, keys, onQueues, onFind, onGrid, rail, onward } = props;
  const { bridge, go, place } = useApp();
  const notAllowed = useMay()("submission_decide", zh.desk.deciding);
  const ended = useEnded(place.round);
  const barred = notAllowed ?? ended;
  const snapshot = useSyncExternalStore(session.subscribe, session.snapshot);
  const [looking, setLooking] = useState(LOOKING);
  const look = useCallback((part: Partial<Looking>) => setLooking((before) => ({ ...before, ...part })), []);
  const [given, setGiven] = useState<QueueItem | null>(null);
  const root = useRef<HTMLDivElement>(null);
  const stripBox = useRef<HTMLInputElement>(null);
  const item = snapshot.items[snapshot.index];
  const submission = item?.submission ?? 0;
  const { unsent } = session.host;
  const found = snapshot.view?.findings;
  const offered = useMemo(
    () => matching(concerning(templates, found ?? []), looking.filter),
    [templates, found, looking.filter],
  );

  useEffect(() => {
    // Another queue was opened: the keys belong to its photo from now on.
    void session;
    root.current?.focus({ preventScroll: true });
  }, [session]);
  useEffect(() => {
    const filter = unsent.arrive(submission);
    // Whom the photo before was to be given to is not asked again when that one comes back.
    setGiven(null);
    // The same object again means nothing is drawn twice for a photo.
    setLooking((before) =>
      before.pointed === null &&
      before.filter === filter &&
      before.crop === null &&
      before.compare === "off" &&
      before.beside === null
        ? before
        : { ...before, pointed: null, filter, crop: null, compare: "off", beside: null },
    );
  }, [submission, unsent]);
  useEffect(() => () => unsent.leave(), [unsent]);

  const onFilter = (filter: string) => {
    unsent.type(submission, filter);
    look({ filter });
  };
  const toggleReason = (index: number) => {
    const template = offered[index];
    if (!session.snapshot().strip) session.toggleReason(index);
    else if (template) session.changeDraft((draft) => pickReason(draft, template, offered));
    else session.say(zh.desk.hint.noChoice(index + 1));
  };
  const compare = (mode: CompareMode) => {
    if (mode !== "off" && !otherOf(session.snapshot().view, null)) return session.say(zh.desk.hint.noOther);
    look({ compare: mode });
  };
  const compareOther = () => {
    if (looking.compare === "off") return compare("side");
    const beside = nextOther(session.snapshot().view, looking.beside);
    if (beside === null) return session.say(zh.desk.hint.onlyOther);
    look({ beside });
  };
  const markWrong = () => {
    const findings = session.snapshot().view?.findings ?? [];
    const finding = findings.find((one) => one.rule === looking.pointed);
    if (finding && finding.severity !== "pass") session.dispute(finding.code);
    else session.say(zh.desk.hint.pointFirst(keyOf(keys.map, "next-failing")));
  };
  const reject = () => {
    const own = session.snapshot().strip ? ownReason(offered, looking.filter) : null;
    if (own === "unclear") return session.say(zh.desk.hint.stripText);
    if (own) {
      session.changeDraft((draft) => (isPicked(draft, own) ? draft : pickReason(draft, own)));
      onFilter("");
    }
    session.decide("rejected");
  };
  const perform = (act: DeskAct, held = false) => {
    if (barred !== null && REVIEWERS.has(act.act)) return session.say(barred);
    if (FINISHING.has(act.act)) finishTyping();
    if (looking.keys && DECIDING.has(act.act)) return session.say(zh.desk.hint.keysOpen);
    // Reasons are being chosen: letters meant for their box must not decide otherwise.
    if (BESIDE_REASONS.has(act.act) && session.snapshot().strip)
      return session.say(zh.desk.hint.stripOpen(keyOf(keys.map, "find")));
    if (!looking.keys && session.picking.perform(act)) return;
    switch (act.act) {
      case "approve":
        return session.decide("approved");
      case "confirm":
        // D, a digit, Enter is one movement of the hand: on a photo without open reasons its Enter must approve nothing.
        if (session.snapshot().strip) return reject();
        session.chord.end();
        return session.say(zh.desk.hint.enter(keyOf(keys.map, "approve")));
      case "reject":
        return reject();
      case "hold":
        return session.decide("held");
      case "next":
        return session.move(1, held);
      case "previous":
        return session.move(-1, held);
      case "undo":
        return session.undo();
      case "redo":
        return session.redo();
      case "reason":
        return toggleReason(act.index);
      case "other-reason":
        // A digit like the others: right behind a rejection it was meant for the photo before.
        if (session.chord.digit(submission, session.host.now())) return session.say(zh.desk.hint.digitEarly);
        return session.openStrip(true);
      case "filter":
        stripBox.current?.focus();
        return onFilter(looking.filter + act.letter);
      case "find":
        if (session.snapshot().strip) return stripBox.current?.focus();
        look({ keys: false });
        return onFind();
      case "human":
        return setLooking((before) => ({ ...before, human: before.human + 1 }));
      case "grid":
        return onGrid();
      case "note":
        return setLooking((before) => ({ ...before, note: before.note + 1 }));
      case "zoom":
        return look({ zoom: act.down });
      case "hide-guides":
        return look({ guides: !act.down });
      case "next-failing": {
        const rule = nextFailing(session.snapshot(), looking.pointed);
        look({ pointed: rule });
        if (rule === null) session.say(zh.desk.hint.noFailing);
        return;
      }
      case "compare":
        // Letting go ends blinking, not the two photos side by side.
        if (act.down) return compare("blink");
        return looking.compare === "blink" ? look({ compare: "off" }) : undefined;
      case "side-by-side":
        return compare(looking.compare === "side" ? "off" : "side");
      case "compare-other":
        return compareOther();
      case "crop":
        return look({ crop: looking.crop === act.crop ? null : act.crop });
      case "mark-wrong":
        return markWrong();
      case "queues":
        // Both at once would each keep keys from the other.
        look({ keys: false });
        return onQueues();
      case "alone":
        return void bridge
          .toggleAlone()
          .catch((thrown) => session.say(asFailure(thrown, zh.failure.host).message));
      case "keys":
        // Takes the keys back from the list of queues, which closes by that.
        root.current?.focus({ preventScroll: true });
        return look({ keys: !looking.keys });
      case "escape":
        // A button reached by Tab gives the keys back to the photo.
        if (isPressed(document.activeElement)) root.current?.focus({ preventScroll: true });
        if (looking.keys || looking.crop || looking.compare !== "off")
          return look({ keys: false, crop: null, compare: "off", beside: null });
        return session.dismiss();
    }
  };
  const about = useMemo(() => ({ session, submission }), [session, submission]);
  /** For what is chosen later than it is offered: by then another photo may stand there. */
  const performOn = (act: DeskAct) => {
    if (session.item()?.submission === submission) perform(act);
    else session.say(zh.desk.hint.otherPhoto);
  };
  useDeskKeys(keys.map, () => session.snapshot().strip && !looking.keys, perform);
  const latest = useLatest(perform);
  const onAct = useCallback((act: DeskAct) => latest.current(act), [latest]);
  useAlone(bridge, snapshot.painted ? item : undefined, keys.map.alone);
  const { onContextMenu, menu } = useContextMenu(
    (event) =>
      photoMenu(event, item, keys.map, othersOf(session.snapshot().view).length, barred, performOn, setGiven),
    about,
  );

  const painted = useCallback((done: number) => session.markPainted(done), [session]);
  const again = useCallback(() => session.retry(), [session]);
  const point = useCallback((pointed: string | null) => look({ pointed }), [look]);
  const changeDraft = useCallback(
    (change: (draft: Draft) => Draft) => session.changeDraft(change),
    [session],
  );
  const addReason = useCallback(
    () => (barred === null ? session.openStrip(true) : session.say(barred)),
    [session, barred],
  );
  const choose = useCallback(
    (chosen: number) => (barred === null ? session.choose(chosen) : session.say(barred)),
    [session, barred],
  );
  const goTo = useCallback(
    (index: number) => {
      finishTyping();
      session.goTo(index);
    },
    [session],
  );
  const answer = useCallback(
    (yes: boolean) => {
      root.current?.focus({ preventScroll: true });
      session.answer(yes);
    },
    [session],
  );
  const noteDone = useCallback(() => root.current?.focus({ preventScroll: true }), []);
  const preview = useCallback((photo: string) => bridge.photoUrl("preview", photo), [bridge]);
  const findingMenu = useCallback(
    (finding: FindingView) =>
      menuOfFinding(finding, keys.map, {
        barred,
        dispute: () => {
          // The finding may be of a photo that only stands among those to be picked from.
          if (session.picking.perform({ act: "mark-wrong" })) return;
          else if (session.item()?.submission === submission) session.dispute(finding.code);
          else session.say(zh.desk.hint.otherPhoto);
        },
        go: (screen) => go({ screen, round: place.round, code: finding.code, from: place }),
      }),
    [session, submission, keys.map, go, place, barred],
  );
  const compareWith = useCallback(
    (beside: string) => {
      if (!session.picking.perform({ act: "side-by-side" })) look({ compare: "side", beside });
    },
    [session, look],
  );
  const onOther = useCallback(() => onAct({ act: "compare-other" }), [onAct]);
  const goToOther = useCallback(
    (other: number) => {
      const { round, from } = place;
      go({ screen: "desk", round, submission: other, ...(from ? { from } : {}) });
    },
    [go, place],
  );
  const lookAt = useCallback((crop: CropName | null) => look({ crop }), [look]);
  const thumb = useCallback((photo: string) => bridge.photoUrl("thumb", photo), [bridge]);

  if (!item) return <div className="desk-empty">{zh.desk.emptyQueue}</div>;
  return (
    <div
      className="desk"
      ref={root}
      tabIndex={-1}
      data-testid={tid.desk}
      data-submission={item.submission}
      data-painted={snapshot.painted}
      data-sending={snapshot.sending}
    >
      <div className="rail">
        {rail}
        <Film items={snapshot.items} index={snapshot.index} thumb={thumb} onGo={goTo} />
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: every entry of the menu has its own key */}
      <div className="desk-middle" onContextMenu={onContextMenu}>
        {snapshot.banner ? (
          <div className="desk-banner" data-testid={tid.banner}>
            <FailureNote
              failure={snapshot.banner.failure}
              title={snapshot.banner.text}
              onClose={() => session.dismiss()}
              way={
                snapshot.banner.newer !== null ? (
                  <button
                    type="button"
                    className="mini"
                    data-testid={tid.showNewer}
                    onMouseDown={(event) => event.preventDefault()}
                    onClick={() => session.showNewer()}
                  >
                    {zh.desk.showNewer}
                  </button>
                ) : null
              }
            />
          </div>
        ) : null}
        <FailureNote failure={snapshot.viewFailure} onRetry={() => session.retry()} />
        <Stage
          item={item}
          view={snapshot.view}
          picture={snapshot.picture}
          upcoming={snapshot.upcoming}
          shown={snapshot.shown}
          painted={snapshot.painted}
          pointed={looking.pointed}
          guides={looking.guides}
          zoom={looking.zoom}
          crop={looking.crop}
          compare={looking.compare}
          otherKey={keyOf(keys.map, "compare-other")}
          onOther={onOther}
          beside={looking.beside}
          address={preview}
          onPainted={painted}
          onAgain={again}
          over={
            snapshot.pick ? (
              <Pick choice={snapshot.pick} picking={session.picking} keys={keys.map} address={preview} />
            ) : null
          }
        />
        <Hint hint={snapshot.hint} />
        {snapshot.asked !== null ? <UndoQuestion summary={snapshot.asked} onAnswer={answer} /> : null}
        {snapshot.finished ? (
          <Finished
            session={session}
            skipped={snapshot.skipped}
            keys={keys.map}
            onQueues={onQueues}
            onward={onward}
          />
        ) : null}
        {snapshot.strip ? (
          <ReasonStrip
            draft={snapshot.draft}
            keys={keys.map}
            offered={offered}
            filter={looking.filter}
            input={stripBox}
            onFilter={onFilter}
            onUnclear={() => session.say(zh.desk.hint.stripText)}
            onChange={changeDraft}
            onConfirm={reject}
            onClose={() => session.openStrip(false)}
          />
        ) : null}
        {looking.keys ? <KeyList keys={keys} onClose={() => look({ keys: false })} /> : null}
      </div>
      <Panel
        item={item}
        view={snapshot.view}
        framed={snapshot.framed}
        picks={snapshot.pick !== null}
        draft={snapshot.draft}
        barred={barred}
        pointed={looking.pointed}
        noteAsked={looking.note}
        humanAsked={looking.human}
        keys={keys.map}
        strip={snapshot.strip}
        onPoint={point}
        onDraft={changeDraft}
        onAddReason={addReason}
        onNoteDone={noteDone}
        onChoose={choose}
        disputed={snapshot.disputed}
        human={human}
        onLook={lookAt}
        onCompare={compareWith}
        onOther={goToOther}
        findingMenu={findingMenu}
        about={about}
        thumb={thumb}
      />
      <Bar snapshot={snapshot} keys={keys.map} barred={barred} onAct={onAct} />
      {menu}
      {given && given.submission === item.submission ? (
        <Reassign
          item={given}
          round={place.round ?? 0}
          onClose={() => setGiven(null)}
          onDone={() => {
            setGiven(null);
            session.retry();
            session.host.changed();
            session.say(zh.desk.reassign.done);
          }}
        />
      ) : null}
    </div>
  );
}
