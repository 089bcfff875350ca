/** Right of the photo: whose it is, what the checks say, the reasons, the note, what came before. */
import { memo, useEffect, useRef } from "react";
import type { DecisionView, HistoryEntry, QueueItem, SubmissionView } from "../../bindings/wire";
import type { Draft } from "../../desk/reasons";
import { bytes, maskedName } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { Findings } from "./Findings";
import { Reasons } from "./Reasons";

const words = zh.desk;

function Identity({ item, view }: { item: QueueItem; view: SubmissionView | null }) {
  const student = view?.student;
  const line = student
    ? [student.college, student.major, student.grade, student.class].filter(Boolean).join(" · ")
    : item.college;
  return (
    <section className="identity">
      <div className="identity-name" data-testid={tid.studentName}>
        {item.name || words.noStudent}
        {student?.sex ? <small>{student.sex}</small> : null}
        {item.sequence > 1 ? <em>{words.sequence(item.sequence)}</em> : null}
      </div>
      <div className="identity-no mono" data-testid={tid.studentNo}>
        {item.student_no}
      </div>
      <div className="identity-line">{line || "\u00a0"}</div>
      <div className="identity-line mono">{student?.id_number_masked || "\u00a0"}</div>
    </section>
  );
}

function FileLine({ view }: { view: SubmissionView }) {
  const { picture } = view;
  return (
    <p className="file-line" title={maskedName(view.file_name)}>
      <span className="mono">{maskedName(view.file_name)}</span>
      <br />
      {picture
        ? words.size(picture.width_px, picture.height_px, bytes(view.size_bytes))
        : bytes(view.size_bytes)}{" "}
      · {words.received(view.received_at)}
    </p>
  );
}

export function decisionText(decision: DecisionView): string {
  const reasons = decision.reasons.map((reason) => reason.text).join("；");
  return [zh.decision[decision.kind] ?? decision.kind, reasons, decision.note].filter(Boolean).join("　");
}

function History({ entries, current }: { entries: HistoryEntry[]; current: number }) {
  if (!entries.some((entry) => entry.decision !== null) && entries.length < 2) return null;
  return (
    <section className="desk-section">
      <h3>{words.history}</h3>
      <ol className="history">
        {entries.map((entry) => (
          <li key={`${entry.submission}/${entry.decision?.decision_id ?? 0}`}>
            <span className={`state state-${entry.decision?.kind ?? ""}`}>
              <i aria-hidden>{zh.decisionShape[entry.decision?.kind ?? ""]}</i>{" "}
              {words.sequence(entry.sequence)}
              {entry.submission === current ? `（${words.historyNow}）` : ""}
            </span>
            <span className="quiet">
              {entry.decision
                ? `${entry.decision.at} ${entry.decision.reviewer}：${decisionText(entry.decision)}`
                : words.received(entry.received_at)}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

interface NoteProps {
  note: string;
  /** Rises when the note is to be typed into. */
  asked: number;
  onNote: (note: string) => void;
  onDone: () => void;
}

function Note({ note, asked, onNote, onDone }: NoteProps) {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (asked > 0) box.current?.focus();
  }, [asked]);
  return (
    <label className="desk-section note">
      <span>
        {words.note} <kbd>N</kbd>
      </span>
      <input
        ref={box}
        data-testid={tid.note}
        value={note}
        placeholder={words.notePlaceholder}
        onChange={(event) => onNote(event.target.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === "Enter" || event.key === "Escape") onDone();
        }}
      />
    </label>
  );
}

interface Props {
  item: QueueItem;
  view: SubmissionView | null;
  draft: Draft;
  pointed: string | null;
  noteAsked: number;
  onPoint: (rule: string | null) => void;
  onDraft: (change: (draft: Draft) => Draft) => void;
  onAddReason: () => void;
  onNoteDone: () => void;
}

export const Panel = memo(function Panel(props: Props) {
  const { item, view, draft, pointed, noteAsked, onPoint, onDraft, onAddReason, onNoteDone } = props;
  return (
    <aside className="panel-right">
      <Identity item={item} view={view} />
      <div className="panel-scroll">
        {view ? (
          <>
            <section className="desk-section">
              <Findings findings={view.findings} pointed={pointed} onPoint={onPoint} />
            </section>
            <Reasons key={item.submission} draft={draft} onChange={onDraft} onAdd={onAddReason} />
            <Note
              note={draft.note}
              asked={noteAsked}
              onNote={(note) => onDraft((before) => ({ ...before, note }))}
              onDone={onNoteDone}
            />
            <History entries={view.history} current={item.submission} />
            <FileLine view={view} />
          </>
        ) : null}
      </div>
    </aside>
  );
});
