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
import { baseName, count } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { AddedTable, ChangesTable, ColumnsTable, RefusedTable, RemedyList } from "./RosterTables";
import { usePaste } from "./usePaste";

const words = zh.roster;

interface PreviewProps {
  preview: RosterPreview;
  accept: boolean;
  onAccept: (accept: boolean) => void;
  onCommit: () => void;
  busy: boolean;
  onSaveRefused: (folder: string) => Promise<string>;
}

function Preview({ preview, accept, onAccept, onCommit, busy, onSaveRefused }: PreviewProps) {
  const taking = preview.added + (accept ? preview.updated.length : 0);
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
      {preview.not_in_file > 0 ? (
        <p className="quiet">{words.notInFile(count(preview.not_in_file))}</p>
      ) : null}
      <div className="commit-row">
        {preview.updated.length > 0 ? (
          <Checkbox
            data-testid={tid.rosterAccept}
            checked={accept}
            onChange={(event) => onAccept(event.target.checked)}
          >
            {words.accept(count(preview.updated.length))}
          </Checkbox>
        ) : null}
        <Button
          type="primary"
          data-testid={tid.rosterCommit}
          disabled={taking === 0}
          loading={busy}
          onClick={onCommit}
        >
          {taking === 0 ? words.nothing : words.commit}
        </Button>
        {preview.updated.length > 0 ? <span className="quiet">{words.keepNote}</span> : null}
      </div>
      <RemedyList groups={preview.remedies} onSave={onSaveRefused} />
      <RefusedTable
        title={words.refusedTitle(count(preview.refused_rows), count(preview.refused.length))}
        cells={preview.refused}
        testid={tid.rosterRefused}
      />
      <RefusedTable
        title={words.hintsTitle(count(preview.hints.length))}
        cells={preview.hints}
        testid="roster-hints"
      />
      <ChangesTable changes={preview.updated} />
      <ColumnsTable columns={preview.columns} />
      <AddedTable students={preview.added_sample} total={preview.added} />
    </div>
  );
}

function Committed({ result, round }: { result: RosterCommitted; round: number }) {
  const { go } = useApp();
  return (
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
}

export function RosterScreen({ round }: { round: number }) {
  const { bridge, place, refresh, closeJob } = useApp();
  const [preview, setPreview] = useState<RosterPreview | null>(null);
  const [result, setResult] = useState<RosterCommitted | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [accept, setAccept] = useState(false);
  const [busy, setBusy] = useState<"reading" | "writing" | null>(null);
  const latest = useRef(0);
  // What the preview was made from, to be handed back with it.
  const source = useRef({ path: "", pasted: "" });

  const read = useCallback(
    async (path: string, pasted = "") => {
      latest.current += 1;
      const mine = latest.current;
      setBusy("reading");
      setFailure(null);
      setResult(null);
      setPreview(null);
      setAccept(false);
      try {
        const answer = await bridge.call("roster_preview", { round, path, pasted });
        if (mine === latest.current) {
          source.current = { path, pasted };
          setPreview(answer);
        }
      } catch (thrown) {
        if (mine === latest.current) setFailure(asFailure(thrown, zh.failure.host));
      }
      if (mine === latest.current) setBusy(null);
    },
    [bridge, round],
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
  usePaste(paste);

  const commit = async () => {
    if (!preview) return;
    setBusy("writing");
    setFailure(null);
    try {
      const { digest } = preview;
      setResult(
        await bridge.call("roster_commit", { round, ...source.current, digest, accept_updates: accept }),
      );
      setPreview(null);
      // The last import's figures were counted against the roster before this one.
      closeJob();
      await refresh();
    } catch (thrown) {
      setFailure(asFailure(thrown, zh.failure.host));
    }
    setBusy(null);
  };

  const saveRefused = (folder: string) =>
    bridge
      .call("roster_refused_save", { ...source.current, digest: preview?.digest ?? "", folder })
      .then(({ path }) => zh.table.saved(path))
      .catch((thrown) => asFailure(thrown, zh.failure.host).message);

  return (
    <ScreenFrame name="roster" title={words.title} note={bridge.picks ? words.drop : null}>
      <div className="stack">
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
        {result ? <Committed result={result} round={round} /> : null}
        {preview ? (
          <Preview
            preview={preview}
            accept={accept}
            onAccept={setAccept}
            onCommit={() => void commit()}
            busy={busy === "writing"}
            onSaveRefused={saveRefused}
          />
        ) : null}
      </div>
    </ScreenFrame>
  );
}
