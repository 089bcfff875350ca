/** Every submission of the student with every decision ever made on it, those taken back included. */
import { Button } from "antd";
import { memo } from "react";
import type { DecisionView, HistoryEntry } from "../../bindings/wire";
import { PhotoImage } from "../../components/PhotoImage";
import { tid } from "../../testids";
import { zh } from "../../zh";

const words = zh.desk;

export function decisionText(decision: DecisionView): string {
  const reasons = decision.reasons.map((reason) => reason.text.replace(/[。；]$/, "")).join("；");
  const note = decision.note ? words.noteIs(decision.note) : "";
  return [zh.decision[decision.kind] ?? decision.kind, reasons, note].filter(Boolean).join("　");
}

/** Why a decision of a submission is not the one that stands; empty for that one. */
function pastOf({ decision }: HistoryEntry, { decision_id, undone }: DecisionView): string {
  if (decision_id === decision?.decision_id) return "";
  return undone ? words.historyUndone : words.historyPast;
}

function Made({ decision, past }: { decision: DecisionView; past: string }) {
  const stands = past === "";
  return (
    <li className={stands ? "made" : "made made-past"}>
      <span className={`state state-${decision.kind}`} aria-hidden>
        <i>{zh.decisionShape[decision.kind]}</i>
      </span>
      <span>
        <span className="quiet">
          {decision.part ? `${words.part[decision.part]}　` : ""}
          {decision.at} {decision.reviewer}
          {stands ? "" : `（${past}）`}
        </span>
        <span className="made-text">{decisionText(decision)}</span>
      </span>
    </li>
  );
}

interface Props {
  entries: HistoryEntry[];
  current: number;
  /** Why none is chosen here; null while one may be. */
  barred: string | null;
  thumb: (photo: string) => string;
  onChoose: (submission: number) => void;
}

export const Timeline = memo(function Timeline({ entries, current, barred, thumb, onChoose }: Props) {
  const isOpen = entries.find((entry) => entry.submission === current)?.decision === null;
  const newest = Math.max(...entries.map((entry) => entry.sequence));
  const isTelling = (entry: HistoryEntry) =>
    entry.decisions.length > 0 || entry.outside_window !== "" || entry.over_limit !== "";
  if (!entries.some(isTelling) && entries.length < 2) return null;
  return (
    <section className="desk-section" data-testid={tid.timeline}>
      <h3>{words.history}</h3>
      <ol className="timeline">
        {entries.map((entry) => (
          <li key={entry.submission}>
            <PhotoImage src={thumb(entry.photo)} alt="" />
            <div>
              <strong>
                {words.sequence(entry.arrival)}
                {entry.submission === current ? `（${words.historyNow}）` : ""}
              </strong>
              <span className="quiet"> {words.received(entry.received_at)}</span>
              {entry.outside_window ? <span className="made-text">{entry.outside_window}</span> : null}
              {entry.over_limit ? <span className="made-text">{entry.over_limit}</span> : null}
              {entry.together ? <span className="made-text">{words.together}</span> : null}
              {isOpen && entry.submission !== current && entry.sequence < newest && !entry.decision ? (
                <Button
                  size="small"
                  disabled={barred !== null}
                  title={barred ?? undefined}
                  data-testid={tid.chooseThis(entry.submission)}
                  onClick={() => onChoose(entry.submission)}
                >
                  {words.useThis}
                </Button>
              ) : null}
              <ol>
                {entry.decisions.map((decision) => (
                  <Made key={decision.decision_id} decision={decision} past={pastOf(entry, decision)} />
                ))}
              </ol>
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
});
