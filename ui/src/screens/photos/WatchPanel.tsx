/** The folder a round keeps taking photos from: chosen, switched on and off, and what came in. */
import { Alert, Switch } from "antd";
import { useCallback, useEffect, useState } from "react";
import { useApp } from "../../app/context";
import { useWatched } from "../../app/useWatched";
import type { Failure, IntakeReport } from "../../bindings/wire";
import { asFailure } from "../../bridge/bridge";
import { FailureNote } from "../../components/FailureNote";
import { PathChooser } from "../../components/PathChooser";
import { WhileOpen } from "../../components/WhileOpen";
import { count } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { LinesTable } from "./IntakeLines";

const words = zh.photos.watch;

function lastText(last: IntakeReport): string {
  const matched = last.matched + last.resubmitted;
  const look = last.ambiguous + last.not_on_roster + last.unknown;
  const parts = { matched: count(matched), look: count(look), excluded: count(last.excluded) };
  return words.lastOf(count(matched + look + last.excluded), parts, count(last.refused));
}

export function WatchPanel({ round, onCame }: { round: number; onCame: () => void }) {
  const { bridge } = useApp();
  const [view, setView] = useWatched(bridge, round);
  const [failure, setFailure] = useState<Failure | null>(null);

  const cameIn = view?.came_in ?? 0;
  useEffect(() => {
    if (cameIn > 0) onCame();
  }, [cameIn, onCame]);

  const set = useCallback(
    async (folder: string, on: boolean) => {
      setFailure(null);
      try {
        setView(await bridge.call("watch_set", { round, folder, on }));
      } catch (thrown) {
        setFailure(asFailure(thrown, zh.failure.host));
      }
    },
    [bridge, round, setView],
  );

  if (!view) return null;
  const last = view.last;
  return (
    <section className="panel stack" data-testid={tid.watchPanel}>
      <header className="panel-head">
        <h2>{words.title}</h2>
        {view.folder ? (
          <WhileOpen round={round}>
            <Switch
              data-testid={tid.watchSwitch}
              aria-label={words.toggle}
              checked={view.on}
              checkedChildren={words.on}
              unCheckedChildren={view.ended ? words.ended : words.off}
              onChange={(on) => void set(view.folder, on)}
            />
          </WhileOpen>
        ) : null}
      </header>
      <p className="quiet">{words.how}</p>
      {view.folder ? <p className="mono break">{view.folder}</p> : null}
      {view.paused ? (
        <Alert type="warning" showIcon title={view.ended ? words.pausedEnded : words.paused} />
      ) : null}
      <WhileOpen round={round}>
        <PathChooser
          choices={[
            {
              kind: "photos_folder",
              label: view.folder ? words.change : words.choose,
              testid: tid.watchFolder,
            },
          ]}
          onChosen={(paths) => {
            const folder = paths[0];
            if (folder !== undefined) void set(folder, true);
          }}
        />
      </WhileOpen>
      {failure ? <FailureNote failure={failure} /> : null}
      {view.problem ? <Alert type="error" showIcon title={view.problem} /> : null}
      {view.on ? (
        <p className="quiet">
          {cameIn > 0 ? words.cameIn(count(cameIn)) : words.nothing}
          {view.refused > 0 ? words.refused(count(view.refused)) : ""}
          {view.unended > 0 ? words.unended(count(view.unended)) : ""}
          {last ? `　${words.last(view.last_at)}${lastText(last)}` : ""}
        </p>
      ) : null}
      {view.lines.length > 0 ? (
        <details data-testid={tid.watchLines}>
          <summary>{words.lines(count(view.lines.length))}</summary>
          <LinesTable
            name="watch-lines-table"
            title={words.linesTitle}
            lines={view.lines.map(({ at, file, problem, remedy }) => ({
              file,
              whose: "",
              problem: at ? words.linesAt(at, problem) : problem,
              remedy,
            }))}
          />
        </details>
      ) : null}
    </section>
  );
}
