/** How many are to be collected and how many not, as it stands or would stand, and the way to save that. */
import { Button } from "antd";
import { useApp } from "../../app/context";
import type { ScopeCounts } from "../../bindings/wire";
import { Sums } from "../../components/Sums";
import { count } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";

const words = zh.scope;

interface Props {
  round: number;
  /** As it would stand, or as it stands when nothing was changed. */
  counts: ScopeCounts;
  /** As it stands. */
  now: ScopeCounts;
  dirty: boolean;
  /** `counts` are as it would stand. */
  foreseen: boolean;
  /** What is unsaved was changed before the screen was left. */
  restored: boolean;
  busy: boolean;
  said: string;
  onSave: () => void;
  onDiscard: () => void;
}

export function ScopeSums(props: Props) {
  const { round, counts, now, dirty, foreseen, restored, busy, said, onSave, onDiscard } = props;
  const { go } = useApp();
  return (
    <section className={dirty ? "panel stack scope-sums scope-unsaved" : "panel stack scope-sums"}>
      <div className="wrap-row">
        <strong>{foreseen ? words.after : words.now}</strong>
        <Sums {...counts} />
        <span className="grow" />
        <span className="quiet" role="status" data-testid={tid.scopeSaid}>
          {dirty ? (restored ? words.restored : words.unsaved) : said}
        </span>
        <span className="scope-acts">
          <Button disabled={!dirty || busy} data-testid={tid.scopeDiscard} onClick={onDiscard}>
            {words.discard}
          </Button>
          <Button type="primary" disabled={!dirty || busy} data-testid={tid.scopeSave} onClick={onSave}>
            {words.save}
          </Button>
        </span>
      </div>
      {/* The line is there from the first: a choice further down fills it, and moves nothing under the pointer. */}
      <div className="scope-notes" data-testid={tid.scopeReasons}>
        {counts.reasons.length > 0 ? (
          <span>{words.exempt}：</span>
        ) : (
          <span className="quiet">{words.nobodyExempt}</span>
        )}
        {counts.reasons.map(({ why, title, students }) =>
          dirty ? (
            <span key={why}>
              {title} {count(students)}
            </span>
          ) : (
            <button
              key={why}
              type="button"
              className="linklike"
              data-testid={tid.scopeReason(why)}
              onClick={() => go({ screen: "students", round, queue: `exempt:${why}` })}
            >
              {title} {count(students)}
            </button>
          ),
        )}
        {foreseen ? <span className="quiet">{words.was(count(now.due), count(now.exempt))}</span> : null}
        {counts.exempt_with_photo > 0 ? (
          <span className="quiet">{words.photosLeave(count(counts.exempt_with_photo))}</span>
        ) : null}
      </div>
      {counts.listed === 0 ? <p className="quiet">{words.noRoster}</p> : null}
    </section>
  );
}
