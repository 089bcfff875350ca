/** A workspace that opens for nobody, or none: a backup is chosen, looked at and restored in its place. */
import { Button, Progress, Spin } from "antd";
import { useEffect, useState } from "react";
import type {
  DoorBackups,
  DoorRestore,
  DoorRestored,
  DoorView,
  Failure,
  SealProgress,
} from "../../bindings/wire";
import { asFailure, type Bridge, type DoorBridge } from "../../bridge/bridge";
import { FailureNote } from "../../components/FailureNote";
import { count } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { Confirm } from "./Confirm";
import { type Chosen, RescueSources } from "./RescueSources";

const words = zh.rescue;

interface Props {
  bridge: Bridge;
  door: DoorBridge;
  view: DoorView;
  /** How the door stands is to be asked anew. */
  onAsk: () => void;
  /** Back to where one came from, where that is somewhere. */
  onBack?: () => void;
}

function Restoring({ progress }: { progress: SealProgress | null }) {
  const { done, of } = progress ?? { done: 0, of: 0 };
  return (
    <>
      <h1>{words.restoring}</h1>
      <Progress percent={of === 0 ? 0 : Math.floor((done / of) * 100)} status="active" />
      <p>{of === 0 ? zh.app.starting : words.progress(count(done), count(of))}</p>
      <p className="quiet">{words.wait}</p>
    </>
  );
}

function Restored({ restored, onOpen }: { restored: DoorRestored; onOpen: () => void }) {
  const { report, aside } = restored;
  return (
    <div className="stack" data-testid={tid.rescueDone}>
      <h1>{words.doneTitle}</h1>
      <p>{words.holds(count(report.rounds), count(report.students), count(report.photos))}</p>
      {report.missing > 0 ? <p className="text-warn">{words.missing(count(report.missing))}</p> : null}
      <p>{words.people}</p>
      {report.sealed ? <p>{words.sealed}</p> : null}
      {aside === "" ? null : <p className="break">{words.asideAt(aside)}</p>}
      <Button type="primary" block autoFocus data-testid={tid.rescueOpen} onClick={onOpen}>
        {words.open}
      </Button>
    </div>
  );
}

/** The backups of the workspace; `null` until they are known. */
function useBackups(door: DoorBridge) {
  const [known, setKnown] = useState<DoorBackups | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => {
    let stale = false;
    door
      .backups()
      .then((found) => !stale && setKnown(found))
      .catch((thrown: unknown) => !stale && setFailure(asFailure(thrown, zh.failure.host)));
    return () => {
      stale = true;
    };
  }, [door]);
  return { known, failure };
}

export function Rescue({ bridge, door, view, onAsk, onBack }: Props) {
  const { known, failure: unlisted } = useBackups(door);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [busy, setBusy] = useState(false);
  const [progress, setProgress] = useState<SealProgress | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [restored, setRestored] = useState<DoorRestored | null>(null);
  useEffect(() => door.onRestoring(setProgress), [door]);

  const restore = async (args: DoorRestore) => {
    setBusy(true);
    setProgress(null);
    setFailure(null);
    try {
      setRestored(await door.restore(args));
    } catch (thrown) {
      setFailure(asFailure(thrown, zh.failure.host));
    }
    setBusy(false);
  };
  if (restored) return <Restored restored={restored} onOpen={onAsk} />;
  if (chosen)
    return (
      <>
        {busy ? <Restoring progress={progress} /> : null}
        {/* What was typed stays there, also where more is asked for afterwards. */}
        <div hidden={busy}>
          <Confirm
            chosen={chosen}
            known={known}
            damaged={view.state === "damaged"}
            failure={failure}
            onRestore={(args) => void restore(args)}
            onBack={() => {
              setChosen(null);
              setFailure(null);
            }}
          />
        </div>
      </>
    );
  const damaged = view.state === "damaged";
  // The list pushes down what is below it: a click on its way there would hit what stood there before, or a backup.
  const waits = damaged && known === null && unlisted === null;
  return (
    <>
      <h1>{damaged ? words.title : words.newTitle}</h1>
      {damaged ? (
        <>
          <p className="break" role="alert" data-testid={tid.rescueProblem}>
            {view.problem}
          </p>
          <p className="quiet">{words.untouched}</p>
        </>
      ) : null}
      <FailureNote failure={unlisted} />
      {waits ? (
        <Spin />
      ) : (
        <>
          <RescueSources bridge={bridge} door={door} damaged={damaged} known={known} onChosen={setChosen} />
          <div className="wrap-row">
            {damaged ? (
              <Button data-testid={tid.rescueAgain} onClick={onAsk}>
                {words.again}
              </Button>
            ) : null}
            {onBack ? <Button onClick={onBack}>{words.back}</Button> : null}
          </div>
          <p className="quiet break">{zh.seal.folder(view.folder)}</p>
        </>
      )}
    </>
  );
}
