/** 名单导入: choose a workbook or paste a table, see what it would do, then do exactly that. */
import { FileExcelOutlined } from "@ant-design/icons";
import { Alert, Button, Checkbox } from "antd";
import { useCallback, useEffect, useRef, useState } from "react";
import { useApp } from "../../app/context";
import type { Failure, RosterCommitted, RosterPreview } from "../../bindings/wire";
import { asFailure } from "../../bridge/bridge";
import { FailureNote } from "../../components/FailureNote";
import { Figures } from "../../components/Figures";
import { PathChooser } from "../../components/PathChooser";
import { ScreenFrame } from "../../components/ScreenFrame";
import { WhileOpen } from "../../components/WhileOpen";
import { baseName, count } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { changeKeys, choiceArgs, type RosterChoice, taking, toggled, useChoice } from "./choice";
import { keepImport } from "./lastImport";
import { COLUMNS, Mapping } from "./Mapping";
import { AddedTable, ChangesTable, RefusedTable, RemedyList, VanishedTable } from "./RosterTables";
import { TakeOff } from "./TakeOff";
import { usePaste } from "./usePaste";

const words = zh.roster;

const toColumns = () =>
  document.getElementById(COLUMNS)?.scrollIntoView({ block: "start", behavior: "smooth" });

interface RefusedProps {
  preview: RosterPreview;
  onSave: (folder: string) => Promise<string>;
}

/** The rows that are not taken in, and what to do about them. */
function Refused({ preview, onSave }: RefusedProps) {
  return (
    <>
      <RemedyList groups={preview.remedies} onSave={onSave} />
      <RefusedTable
        title={words.refusedTitle(
          count(preview.refused_rows - preview.conflicts.length),
          count(preview.refused.length),
        )}
        cells={preview.refused}
        testid={tid.rosterRefused}
      />
    </>
  );
}

interface PreviewProps {
  round: number;
  preview: RosterPreview;
  choice: RosterChoice;
  onChoice: (choice: RosterChoice) => void;
  onCommit: () => void;
  onCancel: () => void;
  busy: boolean;
  /** Headings of columns to be looked at before the import: the table of them is long, and below. */
  unsure: string[];
  onSaveRefused: (folder: string) => Promise<string>;
}

function Preview(props: PreviewProps) {
  const { round, preview, choice, onChoice, onCommit, onCancel, busy, unsure, onSaveRefused } = props;
  const written = taking(preview, choice);
  const updated = preview.updated.flatMap(changeKeys);
  const all = choice.accepted.size === updated.length;
  const off = preview.vanished.filter((student) => choice.takenOff.has(student.student));
  const commit = (
    <Button
      type="primary"
      data-testid={tid.rosterCommit}
      disabled={written === 0}
      loading={busy}
      {...(off.length === 0 ? { onClick: onCommit } : {})}
    >
      {written === 0 ? words.nothing : words.commit}
    </Button>
  );
  return (
    <div data-testid={tid.rosterPreview} className="stack">
      <p>
        <strong>{preview.path === "" ? words.pasted : baseName(preview.path)}</strong>{" "}
        {words.read(preview.sheet, preview.header_row, count(preview.rows))}
      </p>
      <Figures
        figures={[
          {
            key: "added",
            label: words.added,
            value: preview.added,
            testid: tid.rosterCount("added"),
            tone: "good",
          },
          {
            key: "updated",
            label: words.updated,
            value: preview.updated.length,
            testid: tid.rosterCount("updated"),
            tone: "look",
          },
          {
            key: "unchanged",
            label: words.unchanged,
            value: preview.unchanged,
            testid: tid.rosterCount("unchanged"),
          },
          {
            key: "refused",
            label: words.refused,
            value: preview.refused_rows,
            testid: tid.rosterCount("refused"),
            tone: "bad",
          },
        ]}
      />
      {preview.remarks.map((remark) => (
        <p key={remark} className="text-warn">
          {remark}
        </p>
      ))}
      {preview.not_in_file > 0 ? (
        <p className="quiet">{words.notInFile(preview.not_in_file, choice.takenOff.size)}</p>
      ) : null}
      {unsure.length > 0 ? (
        <p className="wrap-row" data-testid={tid.rosterUnsure}>
          {words.unsure(unsure.join("、"))}
          <Button size="small" onClick={toColumns}>
            {words.toColumns}
          </Button>
        </p>
      ) : null}
      <div className="wrap-row">
        {preview.updated.length > 0 ? (
          <Checkbox
            data-testid={tid.rosterAccept}
            checked={all}
            indeterminate={!all && choice.accepted.size > 0}
            onChange={(event) =>
              onChoice({ ...choice, accepted: new Set(event.target.checked ? updated : []) })
            }
          >
            {words.accept(count(preview.updated.length))}
          </Checkbox>
        ) : null}
        {off.length > 0 ? (
          <TakeOff round={round} students={off} onConfirm={onCommit}>
            {commit}
          </TakeOff>
        ) : (
          commit
        )}
        <Button data-testid={tid.rosterCancel} disabled={busy} onClick={onCancel}>
          {words.cancel}
        </Button>
        {preview.updated.length > 0 ? <span className="quiet">{words.keepNote}</span> : null}
      </div>
      <Refused preview={preview} onSave={onSaveRefused} />
      <RefusedTable
        title={words.hintsTitle(count(preview.hints.length))}
        cells={preview.hints}
        testid="roster-hints"
      />
      <RefusedTable
        title={words.conflictsTitle(count(preview.conflicts.length))}
        cells={preview.conflicts}
        testid={tid.rosterConflicts}
      />
      <ChangesTable
        changes={preview.updated}
        accepted={choice.accepted}
        onChange={(accepted) => onChoice({ ...choice, accepted })}
      />
      <VanishedTable
        students={preview.vanished}
        takenOff={choice.takenOff}
        onChange={(takenOff) => onChoice({ ...choice, takenOff })}
      />
      <AddedTable
        students={preview.added_sample}
        total={preview.added}
        leftOut={choice.leftOut}
        onToggle={(no) => onChoice({ ...choice, leftOut: toggled(choice.leftOut, no) })}
      />
    </div>
  );
}

/** What a roster is read from: a file, or text pasted into the window. */
interface Source {
  path: string;
  pasted: string;
}

/** A roster that was taken in, and from what. */
interface Taken {
  committed: RosterCommitted;
  preview: RosterPreview;
  source: Source;
}

interface CommittedProps {
  result: RosterCommitted;
  /** What the file had; its refused rows are still to be mended. */
  preview: RosterPreview;
  round: number;
  onSaveRefused: (folder: string) => Promise<string>;
}

function Committed({ result, preview, round, onSaveRefused }: CommittedProps) {
  const { go } = useApp();
  const done = (
    <Alert
      data-testid={tid.rosterDone}
      type="success"
      showIcon
      title={words.done}
      description={
        <div className="stack">
          <span>
            {words.result(
              count(result.added),
              count(result.updated),
              count(result.kept),
              count(result.unchanged),
              count(result.refused),
            )}
          </span>
          {result.taken_off > 0 ? <span>{words.takenOff(count(result.taken_off))}</span> : null}
          {result.rematched > 0 ? <span>{words.rematched(count(result.rematched))}</span> : null}
          {result.questioned > 0 ? <strong>{words.questioned(count(result.questioned))}</strong> : null}
          <span className="form-buttons">
            <Button type="primary" onClick={() => go({ screen: "photos", round })}>
              {words.toPhotos}
            </Button>
            <Button onClick={() => go({ screen: "students", round })}>{words.toStudents}</Button>
          </span>
        </div>
      }
    />
  );
  if (preview.refused_rows === 0) return done;
  return (
    <>
      {done}
      <Refused preview={preview} onSave={onSaveRefused} />
    </>
  );
}

export function RosterScreen({ round }: { round: number }) {
  const { bridge, status, place, refresh, closeJob, notify } = useApp();
  const [preview, setPreview] = useState<RosterPreview | null>(null);
  const [result, setResult] = useState<Taken | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [unsure, setUnsure] = useState<string[]>([]);
  const { choice, setChoice, clear } = useChoice();
  const [busy, setBusy] = useState<"reading" | "writing" | null>(null);
  const latest = useRef(0);
  // What the preview was made from, to be handed back with it; the same object while it is the same file.
  const [source, setSource] = useState<Source | null>(null);

  const read = useCallback(
    async (path: string, pasted = "") => {
      latest.current += 1;
      const mine = latest.current;
      setBusy("reading");
      setFailure(null);
      setResult(null);
      setPreview(null);
      clear();
      setSource((last) => (last?.path === path && last.pasted === pasted ? last : { path, pasted }));
      try {
        const answer = await bridge.call("roster_preview", { round, path, pasted });
        if (mine === latest.current) {
          setPreview(answer);
        }
      } catch (thrown) {
        if (mine === latest.current) setFailure(asFailure(thrown, zh.failure.host));
      }
      if (mine === latest.current) setBusy(null);
    },
    [bridge, round, clear],
  );
  useEffect(() => {
    const dropped = place.paths?.[0];
    if (dropped) void read(dropped);
  }, [place, read]);

  const paste = useCallback(
    (table: string) => {
      if (busy === null) void read("", table);
    },
    [busy, read],
  );
  const refuse = useCallback(() => notify(words.notATable), [notify]);
  usePaste(paste, refuse);

  const commit = async () => {
    if (!preview || !source) return;
    setBusy("writing");
    setFailure(null);
    try {
      const { digest } = preview;
      const committed = await bridge.call("roster_commit", {
        round,
        ...source,
        digest,
        ...choiceArgs(preview, choice),
      });
      setResult({ committed, preview, source });
      keepImport(round, status.seat.person ?? 0, committed);
      setPreview(null);
      setSource(null);
      // The last import's figures were counted against the roster before this one.
      closeJob();
      await refresh();
    } catch (thrown) {
      setFailure(asFailure(thrown, zh.failure.host));
    }
    setBusy(null);
  };

  /** Nothing of the file is taken: the screen is as it was before it was read. */
  const cancel = () => {
    latest.current += 1;
    setPreview(null);
    setSource(null);
    setFailure(null);
    clear();
  };

  const saveRefused = (from: Source | null, made: RosterPreview) => (folder: string) =>
    bridge
      .call("roster_refused_save", {
        round,
        path: from?.path ?? "",
        pasted: from?.pasted ?? "",
        digest: made.digest,
        folder,
      })
      .then(({ path }) => zh.table.saved(path))
      .catch((thrown) => asFailure(thrown, zh.failure.host).message);

  return (
    <ScreenFrame name="roster" title={words.title} note={bridge.picks ? words.drop : null}>
      <div className="stack">
        <WhileOpen round={round}>
          <PathChooser
            disabled={busy !== null}
            choices={[
              {
                kind: "roster",
                label: preview || result ? words.another : words.choose,
                testid: tid.rosterPick,
                icon: <FileExcelOutlined />,
                primary: !preview && !result,
              },
            ]}
            onChosen={(paths) => void (paths[0] && read(paths[0]))}
          />
        </WhileOpen>
        {preview || result || busy ? null : (
          <>
            <p className="paste-here" data-testid={tid.rosterPaste}>
              {words.pasteHere}
            </p>
            <p className="quiet">{words.formats}</p>
            <p className="quiet">{words.needs}</p>
          </>
        )}
        {busy === "reading" ? <p className="quiet">{words.reading}</p> : null}
        <FailureNote failure={failure} />
        {result ? (
          <Committed
            result={result.committed}
            preview={result.preview}
            round={round}
            onSaveRefused={saveRefused(result.source, result.preview)}
          />
        ) : null}
        {preview ? (
          <Preview
            round={round}
            preview={preview}
            choice={choice}
            onChoice={setChoice}
            onCommit={() => void commit()}
            onCancel={cancel}
            busy={busy === "writing"}
            unsure={unsure}
            onSaveRefused={saveRefused(source, preview)}
          />
        ) : null}
        {source && (preview || failure?.code === "roster") ? (
          <Mapping
            source={source}
            disabled={busy !== null}
            told={failure?.message ?? ""}
            onUnsure={setUnsure}
            onMapped={() => void read(source.path, source.pasted)}
          />
        ) : null}
      </div>
    </ScreenFrame>
  );
}
