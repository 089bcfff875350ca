/** 照片导入: bring photos in, see what became of each, and say whose the unclaimed ones are. */
import { FileZipOutlined, FolderOpenOutlined } from "@ant-design/icons";
import { Alert, Button, Checkbox } from "antd";
import { useCallback, useEffect, useRef, useState } from "react";
import { busyWith } from "../../app/busy";
import { useApp } from "../../app/context";
import { useEnded } from "../../app/ended";
import type { PhotosKind } from "../../bindings/wire";
import { PathChooser } from "../../components/PathChooser";
import { ScreenFrame } from "../../components/ScreenFrame";
import { WhileOpen } from "../../components/WhileOpen";
import { count } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { FilingReportView } from "./FilingReportView";
import { IntakeReportView } from "./IntakeReportView";
import { PilesView } from "./PilesView";
import { ReturnedOf } from "./ReturnedOf";
import { WatchPanel } from "./WatchPanel";

const words = zh.photos;

export function PhotosScreen({ round }: { round: number }) {
  const { bridge, status, place, job, startJob, go, refresh } = useApp();
  const ended = useEnded(round);
  const card = status.rounds.find((one) => one.round === round);
  const busy = job !== null && !job.finished;
  const outcome = job?.round === round ? job.outcome : null;
  const [kind, setKind] = useState<PhotosKind>("photos");
  /** Which delivery a returned set answers; `null` for each student's last. */
  const [delivery, setDelivery] = useState<number | null>(null);
  const bring = useCallback(
    (paths: string[]) => {
      void startJob(bridge.call("photos_import", { round, paths, kind, delivery }));
      // Said of one set, not of what comes next.
      setKind("photos");
      setDelivery(null);
    },
    [bridge, round, kind, delivery, startJob],
  );
  const [came, setCame] = useState(0);
  const cameIn = useCallback(() => {
    setCame((times) => times + 1_000_000);
    void refresh();
  }, [refresh]);
  const taken = useRef<string[] | null>(null);
  useEffect(() => {
    // A drop is taken up once, however often this screen is drawn.
    if (!place.paths || taken.current === place.paths || busy) return;
    taken.current = place.paths;
    bring(place.paths);
  }, [place, bring, busy]);

  return (
    <ScreenFrame name="photos" title={words.title} note={words.how}>
      <div className="stack">
        {card && card.students === 0 ? (
          <Alert
            data-testid={tid.photosNoRoster}
            type="warning"
            showIcon
            title={words.noRoster}
            action={<Button onClick={() => go({ screen: "roster", round })}>{words.toRoster}</Button>}
          />
        ) : null}
        <WhileOpen round={round}>
          <PathChooser
            disabled={busy}
            choices={[
              {
                kind: "photos_folder",
                label: words.folder,
                testid: tid.photosFolder,
                icon: <FolderOpenOutlined />,
                primary: true,
              },
              { kind: "photos_zip", label: words.zip, testid: tid.photosZip, icon: <FileZipOutlined /> },
            ]}
            onChosen={bring}
          />
          {card && card.delivered > 0 ? (
            <Checkbox
              data-testid={tid.photosReturned}
              checked={kind === "returned"}
              onChange={(event) => setKind(event.target.checked ? "returned" : "photos")}
            >
              {words.returned}　<span className="quiet">{words.returnedHow}</span>
            </Checkbox>
          ) : null}
          {kind === "returned" ? (
            <ReturnedOf round={round} delivery={delivery} onDelivery={setDelivery} />
          ) : null}
          <Checkbox
            data-testid={tid.photosCodes}
            checked={kind === "codes"}
            onChange={(event) => setKind(event.target.checked ? "codes" : "photos")}
          >
            {words.codes}　<span className="quiet">{words.codesHow}</span>
          </Checkbox>
          <Checkbox
            data-testid={tid.photosReferences}
            checked={kind === "references"}
            onChange={(event) => setKind(event.target.checked ? "references" : "photos")}
          >
            {words.references}　<span className="quiet">{words.referencesHow}</span>
          </Checkbox>
          {busy ? (
            <p className="quiet" data-testid={tid.photosBusy}>
              {busyWith(job, "intake", round) === "this" ? words.importing : words.busy}
            </p>
          ) : bridge.picks && ended === null ? (
            <p className="quiet">{words.drop}</p>
          ) : null}
          {card && card.unchecked > 0 && !busy ? (
            <Button
              className="fit"
              data-testid={tid.photosChecks}
              onClick={() => void startJob(bridge.call("checks_run", { round }))}
            >
              {words.runChecks(count(card.unchecked))}
            </Button>
          ) : null}
        </WhileOpen>
        {job && outcome?.kind === "intake" ? (
          <IntakeReportView key={job.job} job={job.job} report={outcome.report} round={round} />
        ) : null}
        {job && (outcome?.kind === "codes" || outcome?.kind === "references") ? (
          <FilingReportView
            key={job.job}
            job={job.job}
            kind={outcome.kind}
            report={outcome.report}
            round={round}
          />
        ) : null}
        <PilesView round={round} stamp={(job?.finished ? job.job : 0) + came} />
        <WatchPanel round={round} onCame={cameIn} />
      </div>
    </ScreenFrame>
  );
}
