/**
 * What only a person can see, item by item with the close look it needs. An item that is not met becomes
 * a reason of the rejection; nothing else is kept of the list.
 */
import { memo, useEffect, useRef, useState } from "react";
import type { HumanItem } from "../../bindings/wire";
import type { KeyMap } from "../../desk/keymap";
import type { CropName } from "../../desk/keys";
import { type Draft, isPicked, pickReason } from "../../desk/reasons";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { KeyCap } from "./KeyCap";

interface Props {
  items: HumanItem[];
  keys: KeyMap;
  draft: Draft;
  /** Why nothing is ticked; null while something is. The close looks are there all the same. */
  barred: string | null;
  /** Rises when the list is to be worked by keyboard. */
  asked: number;
  onDraft: (change: (draft: Draft) => Draft) => void;
  onLook: (crop: CropName | null) => void;
  /** The keys go back to the photo. */
  onDone: () => void;
}

const CROPS: Record<string, CropName> = { eyes: "eyes", ears: "ears", mouth: "mouth" };

/** ↑ and ↓ walk the list, Esc goes back to the photo; Space and Enter press the item, as everywhere. */
function walk(event: React.KeyboardEvent<HTMLElement>, onDone: () => void) {
  if (event.key === "Escape") onDone();
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (step === 0) return;
  const buttons = [...event.currentTarget.querySelectorAll<HTMLButtonElement>("button")];
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  buttons[Math.min(buttons.length - 1, Math.max(0, at + step))]?.focus();
  event.preventDefault();
}

export const HumanList = memo(function HumanList(props: Props) {
  const { items, keys, draft, barred, asked, onDraft, onLook, onDone } = props;
  const [open, setOpen] = useState(false);
  const list = useRef<HTMLUListElement>(null);
  const served = useRef(asked);
  useEffect(() => {
    if (asked === served.current) return;
    setOpen(true);
    if (!open) return;
    served.current = asked;
    list.current?.querySelector("button")?.focus();
  }, [asked, open]);
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
          {zh.desk.human(items.length)} <KeyCap keys={keys} act="human" />
          {off.length > 0 ? <b className="text-fail"> {zh.desk.humanOff(off.length)}</b> : null}
        </span>
        <span>{open ? zh.desk.hidePassed : zh.desk.showPassed}</span>
      </button>
      {open ? (
        <>
          <p className="human-hint">{zh.desk.humanHint}</p>
          <ul className="human" ref={list} data-keys="list" onKeyDown={(event) => walk(event, onDone)}>
            {items.map((item) => {
              const bad = isPicked(draft, item.reason);
              const crop = CROPS[item.region] ?? null;
              return (
                <li key={item.code}>
                  <button
                    type="button"
                    className={[
                      "human-item",
                      bad ? "human-bad" : "",
                      barred === null ? "" : "act-barred",
                    ].join(" ")}
                    data-testid={tid.human(item.code)}
                    aria-pressed={bad}
                    aria-disabled={barred !== null}
                    title={barred ?? item.reason.text}
                    onMouseDown={(event) => event.preventDefault()}
                    onMouseEnter={() => onLook(crop)}
                    onMouseLeave={() => onLook(null)}
                    onFocus={() => onLook(crop)}
                    onBlur={() => onLook(null)}
                    onClick={() => barred === null && onDraft((before) => pickReason(before, item.reason))}
                  >
                    <i aria-hidden>{bad ? zh.severityShape.fail : "○"}</i> {item.title}
                  </button>
                </li>
              );
            })}
          </ul>
        </>
      ) : null}
    </section>
  );
});
