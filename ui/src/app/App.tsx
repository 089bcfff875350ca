/** Puts the bridge, the rounds, the place and the job together. The screens do everything else. */
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { AppStatus, Failure, RoundCard } from "../bindings/wire";
import { asFailure, type Bridge } from "../bridge/bridge";
import { FailureNote } from "../components/FailureNote";
import { RoleNote } from "../components/RoleNote";
import { finishTyping } from "../desk/keys";
import { UnsentOfAll } from "../desk/unsent";
import { BulkScreen } from "../screens/bulk/BulkScreen";
import { DeliveryScreen } from "../screens/delivery/DeliveryScreen";
import { DeskScreen } from "../screens/desk/DeskScreen";
import { FeesScreen } from "../screens/fees/FeesScreen";
import { GridScreen } from "../screens/grid/GridScreen";
import { HelpScreen } from "../screens/help/HelpScreen";
import { LogScreen } from "../screens/log/LogScreen";
import { NoticesScreen } from "../screens/notices/NoticesScreen";
import { PeopleScreen } from "../screens/people/PeopleScreen";
import { PhotosScreen } from "../screens/photos/PhotosScreen";
import { ReconcileScreen } from "../screens/reconcile/ReconcileScreen";
import { RosterScreen } from "../screens/roster/RosterScreen";
import { RoundsScreen } from "../screens/rounds/RoundsScreen";
import { ScopeScreen } from "../screens/scope/ScopeScreen";
import { SecondScreen } from "../screens/second/SecondScreen";
import { StandardScreen } from "../screens/standard/StandardScreen";
import { StatisticsScreen } from "../screens/statistics/StatisticsScreen";
import { StudentsScreen } from "../screens/students/StudentsScreen";
import { zh } from "../zh";
import { Closing } from "./Closing";
import { AppContext, type AppContextValue, type Place } from "./context";
import { isAllowed, useMay } from "./may";
import { Outbox } from "./outbox";
import { Shell } from "./Shell";
import { SignIn } from "./SignIn";
import { READS } from "./screenRoles";
import { Themed } from "./Themed";
import { useTone } from "./theme";
import { useCameIn } from "./useCameIn";
import { useFollowed } from "./useFollowed";
import { useIdleLock } from "./useIdleLock";
import { useJob } from "./useJob";
import { useNamed } from "./useNamed";
import { useTeller } from "./useTeller";

function ScreenOf({ place }: { place: Place }) {
  const { round } = place;
  const may = useMay();
  const reads = READS[place.screen];
  if (place.screen === "help") return <HelpScreen />;
  if (place.screen === "people") return <PeopleScreen />;
  if (reads && may(reads) !== null) return <RoleNote command={reads} />;
  if (round === null || place.screen === "rounds") return <RoundsScreen />;
  switch (place.screen) {
    case "roster":
      return <RosterScreen key={round} round={round} />;
    case "students":
      return <StudentsScreen key={`${round} ${place.queue ?? ""}`} round={round} state={place.queue ?? ""} />;
    case "scope":
      return <ScopeScreen key={round} round={round} />;
    case "photos":
      return <PhotosScreen key={round} round={round} />;
    case "desk":
      return <DeskScreen key={round} round={round} />;
    case "grid":
      return <GridScreen key={round} round={round} />;
    case "second":
      return <SecondScreen key={round} round={round} />;
    case "notices":
      return <NoticesScreen key={round} round={round} />;
    case "fees":
      return <FeesScreen key={round} round={round} />;
    case "bulk":
      return <BulkScreen key={round} round={round} />;
    case "standard":
      return <StandardScreen key={round} round={round} />;
    case "statistics":
      return <StatisticsScreen key={round} round={round} />;
    case "delivery":
      return <DeliveryScreen key={round} round={round} />;
    case "reconcile":
      return <ReconcileScreen key={round} round={round} />;
    case "log":
      return <LogScreen key={round} round={round} />;
  }
}

/** Endings of files that can hold a roster; what is in them is told by content. */
const rosterFile = /\.(xlsx|xlsm|xls|xlsb|et|ods|fods|csv|tsv|txt|html?|xml|dbf)$/i;

/** Where dropped files belong: a single table to the roster, anything else to the photos. */
export function placeOfDrop(round: number, paths: string[]): Place {
  const table = paths.length === 1 && rosterFile.test(paths[0] ?? "");
  return { screen: table ? "roster" : "photos", round, paths };
}

const NO_ROUNDS: readonly RoundCard[] = [];

interface Props {
  bridge: Bridge;
  start?: Place;
}

export function App({ bridge, start }: Props) {
  const [tone, toggleTone] = useTone();
  const [status, setStatusNow] = useState<AppStatus | null>(null);
  const drawn = useRef(false);
  const setStatus = useCallback((next: AppStatus) => {
    const stays = next.seat.state !== "signed_out";
    // The screens go: a text that is being typed counts as typed, and waits for whoever typed it.
    if (drawn.current && !stays) finishTyping();
    drawn.current = stays;
    setStatusNow(next);
  }, []);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [place, setPlace] = useState<Place>(start ?? { screen: "rounds", round: null });
  const [asked, setAsked] = useState(0);
  const [asking, setAsking] = useState(false);
  const [notice, setNotice] = useState<string | null>(null);

  const refresh = useCallback(async () => {
    try {
      setStatus(await bridge.call("app_status", {}));
      setFailure(null);
    } catch (thrown) {
      setFailure(asFailure(thrown, zh.failure.host));
    }
  }, [bridge, setStatus]);
  useEffect(() => {
    void refresh();
  }, [refresh]);

  const go = useCallback((next: Place) => {
    setNotice(null);
    setPlace(next);
  }, []);
  const seated = status !== null && status.seat.state !== "signed_out";
  const watch = useJob(bridge, seated, status?.seat.person ?? 0, (job, watched) => {
    void refresh();
    if (watched && job.outcome?.kind === "example") go({ screen: "desk", round: job.outcome.round });
  });
  const looks = seated && isAllowed(status.seat, "watch_show");
  useCameIn(bridge, looks ? place : null, status?.rounds ?? NO_ROUNDS, refresh);
  const mayLook = seated && isAllowed(status.seat, "round_enter");
  useEffect(() => {
    // Whatever comes of it, the screens go on: it only makes one of them faster.
    if (mayLook) bridge.call("round_enter", { round: place.round }).catch(() => undefined);
  }, [bridge, mayLook, place.round]);
  useFollowed(seated ? watch.job : null, refresh);

  useEffect(
    () =>
      bridge.onDrop((paths) => {
        if (place.round === null) setNotice(zh.drop.noRound);
        else go(placeOfDrop(place.round, paths));
      }),
    [bridge, place.round, go],
  );
  useEffect(() => {
    void place;
    void refresh();
  }, [place, refresh]);

  const askReviewer = useCallback(() => {
    setAsking(true);
    setAsked((n) => n + 1);
  }, []);
  const named = useNamed(status?.reviewer ?? "", askReviewer, place);
  const [outbox] = useState(() => new Outbox());
  const [unsent] = useState(() => new UnsentOfAll());
  const setReviewer = useCallback(
    async (name: string, pin: string) => setStatus(await bridge.call("reviewer_set", { name, pin })),
    [bridge, setStatus],
  );
  const lock = useCallback(async () => {
    // What was decided before is the one's who decided it.
    await outbox.settled();
    setStatus(await bridge.call("seat_lock", {}));
  }, [bridge, outbox, setStatus]);
  const seat = status?.seat ?? null;
  // Before anything below asks a question.
  bridge.shows(seat?.state === "seated" ? seat.person : null);
  useEffect(() => bridge.onSeat(() => void refresh()), [bridge, refresh]);
  useIdleLock(bridge, seat, lock);
  const { job, failure: jobFailure, start: startJob, cancel: cancelJob, close: closeJob } = watch;
  const { untold, told: toldPassphrase, uncopied, name: jobName } = watch;
  const jobTeller = useTeller(job, place);
  const value = useMemo<AppContextValue | null>(
    () =>
      status && {
        bridge,
        status,
        refresh,
        place,
        go,
        setReviewer,
        take: setStatus,
        lock,
        outbox,
        unsent,
        askReviewer,
        named,
        notify: setNotice,
        job,
        jobName,
        jobTeller,
        jobFailure,
        startJob,
        cancelJob,
        closeJob,
        untold,
        toldPassphrase,
        uncopied,
      },
    [
      bridge,
      status,
      refresh,
      place,
      go,
      setReviewer,
      lock,
      outbox,
      unsent,
      askReviewer,
      named,
      setStatus,
      job,
      jobName,
      jobTeller,
      jobFailure,
      startJob,
      cancelJob,
      closeJob,
      untold,
      toldPassphrase,
      uncopied,
    ],
  );

  return (
    <Themed tone={tone}>
      {value && seat?.state === "signed_out" ? (
        <AppContext.Provider value={value}>
          <SignIn key={seat.person ?? 0} />
        </AppContext.Provider>
      ) : value ? (
        <AppContext.Provider value={value}>
          <Shell
            tone={tone}
            onTone={toggleTone}
            asked={asked}
            asking={asking}
            onAsked={() => setAsking(false)}
            notice={notice}
          >
            <FailureNote failure={failure} onRetry={() => void refresh()} />
            <ScreenOf place={place} />
          </Shell>
          <Closing bridge={bridge} outbox={outbox} />
        </AppContext.Provider>
      ) : (
        <div className="starting">
          {failure ? <FailureNote failure={failure} onRetry={() => void refresh()} /> : zh.app.starting}
        </div>
      )}
    </Themed>
  );
}
