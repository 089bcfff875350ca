/** 照片导入: bring photos in, see what became of each, and say whose the unclaimed ones are. */
import { FileZipOutlined, FolderOpenOutlined } from "@ant-design/icons";
import { Alert, Button, Checkbox } from "antd";
import { useCallback, useEffect, useRef, useState } from "react";
import { useApp } from "../../app/context";
import { PathChooser } from "../../components/PathChooser";
import { ScreenFrame } from "../../components/ScreenFrame";
import { count } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { IntakeReportView } from "./IntakeReportView";
import { PilesView } from "./PilesView";
import { WatchPanel } from "./WatchPanel";

const words = zh.photos;

export function PhotosScreen({ round }: { round: number }) {
  const { bridge, status, place, job, startJob, go } = useApp();
  const card = status.rounds.find((one) => one.round === round);
  const busy = job !== null && !job.finished;
  const report = job?.round === round && job.outcome?.kind === "intake" ? job.outcome.report : null;

  const [returned, setReturned] = useState(false);
  const bring = useCallback(
    (paths: string[]) => {
      void startJob(bridge.call("photos_import", { round, paths, returned }));
      // Said of one set, not of what comes next.
      setReturned(false);
    },
    [bridge, round, returned, startJob],
  );
  const [came, setCame] = useState(0);
  const cameIn = useCallback(() => setCame((times) => times + 1_000_000), []);
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
            checked={returned}
            onChange={(event) => setReturned(event.target.checked)}
          >
            {words.returned}　<span className="quiet">{words.returnedHow}</span>
          </Checkbox>
        ) : null}
        {bridge.picks ? <p className="quiet">{busy ? words.busy : words.drop}</p> : null}
        {card && card.unchecked > 0 && !busy ? (
          <Button
            className="fit"
            data-testid={tid.photosChecks}
            onClick={() => void startJob(bridge.call("checks_run", { round }))}
          >
            {words.runChecks(count(card.unchecked))}
          </Button>
        ) : null}
        {report ? <IntakeReportView report={report} round={round} /> : null}
        <WatchPanel round={round} onCame={cameIn} />
        <PilesView round={round} stamp={(job?.finished ? job.job : 0) + came} />
      </div>
    </ScreenFrame>
  );
}
