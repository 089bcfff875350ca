/**
 * What only a person can see, item by item with the close look it needs. An item that is not met becomes
 * a reason of the rejection; nothing else is kept of the list.
 */
import { memo, useState } from "react";
import type { HumanItem } from "../../bindings/wire";
import type { CropName } from "../../desk/keys";
import { type Draft, isPicked, pickReason } from "../../desk/reasons";
import { tid } from "../../testids";
import { zh } from "../../zh";

interface Props {
  items: HumanItem[];
  draft: Draft;
  onDraft: (change: (draft: Draft) => Draft) => void;
  onLook: (crop: CropName | null) => void;
}

const CROPS: Record<string, CropName> = { eyes: "eyes", ears: "ears", mouth: "mouth" };

export const HumanList = memo(function HumanList({ items, draft, onDraft, onLook }: Props) {
  const [open, setOpen] = useState(false);
  const off = items.filter((item) => isPicked(draft, item.reason));
  return (
    <section className="desk-section">
      <button
        type="button"
        className="findings-fold"
        data-testid={tid.humanFold}
        aria-expanded={open}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => setOpen(!open)}
      >
        <span>
          {zh.desk.human(items.length)}
          {off.length > 0 ? <b className="text-fail"> {zh.desk.humanOff(off.length)}</b> : null}
        </span>
        <span>{open ? zh.desk.hidePassed : zh.desk.showPassed}</span>
      </button>
      {open ? (
        <ul className="human">
          {items.map((item) => {
            const bad = isPicked(draft, item.reason);
            return (
              <li key={item.code}>
                <button
                  type="button"
                  className={bad ? "human-item human-bad" : "human-item"}
                  data-testid={tid.human(item.code)}
                  aria-pressed={bad}
                  title={item.reason.text}
                  onMouseDown={(event) => event.preventDefault()}
                  onMouseEnter={() => onLook(CROPS[item.region] ?? null)}
                  onMouseLeave={() => onLook(null)}
                  onClick={() => onDraft((before) => pickReason(before, item.reason))}
                >
                  <i aria-hidden>{bad ? zh.severityShape.fail : "○"}</i> {item.title}
                </button>
              </li>
            );
          })}
        </ul>
      ) : null}
    </section>
  );
});
