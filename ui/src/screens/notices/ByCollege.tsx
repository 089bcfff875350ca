/** The rejections as a workbook for each college, to be sent to its office. */
import { Button } from "antd";
import { useState } from "react";
import { roundOf, useApp } from "../../app/context";
import type { NoticeRow } from "../../bindings/wire";
import { asFailure } from "../../bridge/bridge";
import { CopyPath } from "../../components/CopyButton";
import { OpenButton } from "../../components/OpenButton";
import { PathChooser } from "../../components/PathChooser";
import { type OutColumn, tableOut } from "../../components/tableOut";
import { count } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";

const words = zh.notices;

/** What a college's office needs, with the day that the texts name; a text with a word that means nothing stays here. */
function columnsOf(held: boolean, deadline: string): OutColumn<NoticeRow>[] {
  return [
    { title: words.no, text: (row) => row.student_no },
    { title: words.name, text: (row) => row.name },
    { title: words.class, text: (row) => row.class },
    { title: words.state, text: (row) => row.state },
    { title: words.reasons, text: (row) => row.reasons },
    ...(held ? [] : [{ title: words.text, text: (row: NoticeRow) => row.text }]),
    { title: words.until0, text: (row) => deadline || row.told_until },
    { title: words.told, text: (row) => row.told_at },
  ];
}

/** The rows of each college, in the order they stand. */
function byCollege(rows: readonly NoticeRow[]): [string, NoticeRow[]][] {
  const colleges = new Map<string, NoticeRow[]>();
  for (const row of rows) colleges.set(row.college, [...(colleges.get(row.college) ?? []), row]);
  return [...colleges];
}

interface Props {
  rows: readonly NoticeRow[];
  /** The day that the texts name, or empty. */
  deadline: string;
  held: boolean;
  onlyUntold: boolean;
}

export function ByCollege({ rows, deadline, held, onlyUntold }: Props) {
  const { bridge, place } = useApp();
  const [said, setSaid] = useState("");
  const [folder, setFolder] = useState("");
  const [saving, setSaving] = useState(false);
  const colleges = byCollege(rows);
  const save = async ([target]: string[]) => {
    if (target === undefined) return;
    setSaving(true);
    try {
      for (const [college, own] of colleges) {
        const title = words.fileOf(college || words.nowhere);
        await bridge.call("table_save", {
          ...tableOut(title, columnsOf(held, deadline), own),
          folder: target,
          round: roundOf(place),
        });
      }
      setSaid(words.savedBy(count(colleges.length), target));
      setFolder(target);
    } catch (thrown) {
      setSaid(asFailure(thrown, zh.failure.host).message);
    } finally {
      setSaving(false);
    }
  };
  const label = onlyUntold ? words.saveUntold(count(colleges.length)) : words.saveBy(count(colleges.length));
  return (
    <div className="wrap-row">
      {bridge.picks ? (
        <Button
          disabled={saving || rows.length === 0}
          data-testid={tid.noticeByCollege}
          onClick={() => void bridge.pick("delivery_folder").then((paths) => save(paths ?? []))}
        >
          {label}
        </Button>
      ) : (
        <PathChooser
          choices={[{ kind: "delivery_folder", label, testid: tid.noticeByCollege }]}
          onChosen={(paths) => void save(paths)}
        />
      )}
      <span className="quiet" role="status">
        {said}
      </span>
      {folder === "" ? null : (
        <>
          <OpenButton testid={tid.noticeByCollegeOpen} onOpen={() => bridge.openSaved("table")} />
          <CopyPath path={folder} />
        </>
      )}
    </div>
  );
}
