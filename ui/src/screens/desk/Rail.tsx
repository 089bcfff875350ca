/** Left of the photo: the queues with their counts, and the opened queue as a film strip. */
import { useVirtualizer } from "@tanstack/react-virtual";
import { memo, useEffect, useRef } from "react";
import type { QueueCount, QueueItem } from "../../bindings/wire";
import { PhotoImage } from "../../components/PhotoImage";
import { titleWhereCut } from "../../components/titleWhereCut";
import type { KeyMap } from "../../desk/keymap";
import { count } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { Find } from "./Find";
import { KeyCap } from "./KeyCap";
import { useFold } from "./useFold";

const words = zh.desk;
const FILM_ROW_PX = 48;
const keepFocus = (event: React.MouseEvent) => event.preventDefault();

interface QueuesProps {
  round: number | null;
  counts: QueueCount[];
  opened: string | null;
  /** Name of the opened list, for one that is no queue of the rail. */
  title: string;
  keys: KeyMap;
  onOpen: (queue: string) => void;
  /** Rises when the list is to be worked by keyboard. */
  asked: number;
  /** It is the box above the queues that is to be typed into. */
  find: boolean;
  onLeave: () => void;
}

/** ↑ and ↓ walk the list, Enter opens, Esc goes back to the photo. */
function walk(event: React.KeyboardEvent<HTMLElement>, onLeave: () => void) {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (event.key === "Escape") {
    onLeave();
    event.preventDefault();
  }
  if (step === 0) return;
  const buttons = [...event.currentTarget.querySelectorAll<HTMLButtonElement>(".queue:not(:disabled)")];
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  buttons[Math.min(buttons.length - 1, Math.max(0, at + step))]?.focus();
  event.preventDefault();
}

export const Queues = memo(function Queues({
  round,
  counts,
  opened,
  title: name,
  keys,
  onOpen,
  asked,
  find,
  onLeave,
}: QueuesProps) {
  const box = useRef<HTMLElement>(null);
  const fold = useFold(box, asked, find, onLeave);
  const known = counts.length > 0;
  useEffect(() => {
    void known;
    void opened;
    const here = box.current?.querySelector("[aria-current=true]");
    if (!here) return;
    const group = here.closest("details");
    if (group) group.open = true;
    here.scrollIntoView?.({ block: "nearest" });
  }, [opened, known]);
  const row = (queue: QueueCount) => (
    <li key={queue.queue}>
      <button
        type="button"
        className={queue.queue === opened ? "queue queue-on" : "queue"}
        data-testid={tid.queue(queue.queue)}
        aria-current={queue.queue === opened}
        disabled={queue.count === 0 && queue.queue !== opened}
        onMouseEnter={titleWhereCut(queue.title)}
        onMouseDown={keepFocus}
        onClick={() => {
          fold.close();
          onOpen(queue.queue);
        }}
      >
        <span>{queue.title}</span>
        <b data-testid={tid.queueCount(queue.queue)}>{count(queue.count)}</b>
      </button>
    </li>
  );
  const folded = (title: string, prefix: string) => {
    const list = counts.filter(
      ({ queue, count: waiting }) => queue.startsWith(prefix) && (waiting > 0 || queue === opened),
    );
    return list.length > 0 ? (
      <details>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: a click must not take the keys away from the photo */}
        <summary onMouseDown={keepFocus}>{title}</summary>
        <ul>{list.map(row)}</ul>
      </details>
    ) : null;
  };
  const title = (
    <>
      {words.queues} <KeyCap keys={keys} act="queues" />
    </>
  );
  return (
    <nav
      className="queues"
      ref={box}
      data-keys="list"
      data-open={fold.covering}
      aria-label={words.queues}
      onKeyDown={(event) => walk(event, fold.leave)}
      onBlur={fold.onBlur}
    >
      <h3>
        {fold.narrow ? (
          <button
            type="button"
            className="queues-fold"
            data-testid={tid.queuesFold}
            aria-expanded={fold.covering}
            onMouseDown={keepFocus}
            onClick={fold.toggle}
          >
            {title}
          </button>
        ) : (
          title
        )}
      </h3>
      {round === null ? null : (
        <Find
          round={round}
          onChosen={() => {
            fold.close();
            onLeave();
          }}
        />
      )}
      {counts.length > 0 && name !== "" && !counts.some((queue) => queue.queue === opened) ? (
        <p className="queue queue-on list-name" onMouseEnter={titleWhereCut(name)}>
          {name}
        </p>
      ) : null}
      <ul>{counts.filter((queue) => !/^(rule|college):/.test(queue.queue)).map(row)}</ul>
      {folded(words.byRule, "rule:")}
      {folded(words.byCollege, "college:")}
    </nav>
  );
});

interface FilmProps {
  items: readonly QueueItem[];
  index: number;
  thumb: (photo: string) => string;
  onGo: (index: number) => void;
}

export const Film = memo(function Film({ items, index, thumb, onGo }: FilmProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => FILM_ROW_PX,
    overscan: 4,
  });
  useEffect(() => {
    void items.length;
    // The current one stays in the upper third, so that what comes next is in sight.
    const top = Math.max(0, index * FILM_ROW_PX - FILM_ROW_PX * 2);
    if (scroller.current) scroller.current.scrollTop = top;
  }, [index, items.length]);
  return (
    <div className="film" ref={scroller} role="listbox" aria-label={words.film} tabIndex={-1}>
      <div style={{ height: rows.getTotalSize(), position: "relative" }}>
        {rows.getVirtualItems().map((row) => {
          const item = items[row.index];
          if (!item) return null;
          const on = row.index === index;
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the arrow keys of the desk do the same
            <div
              key={item.submission}
              role="option"
              aria-selected={on}
              tabIndex={-1}
              aria-setsize={items.length}
              aria-posinset={row.index + 1}
              className={on ? "film-item film-on" : "film-item"}
              data-testid={tid.filmItem(item.submission)}
              data-decision={item.decision}
              style={{ height: FILM_ROW_PX, transform: `translateY(${row.start}px)` }}
              onMouseDown={keepFocus}
              onClick={() => onGo(row.index)}
            >
              <PhotoImage src={thumb(item.photo)} alt="" />
              <span className="film-text">
                <b>{item.name || "—"}</b>
                <span className="mono">{item.student_no}</span>
              </span>
              <span className={`shape verdict-${item.verdict}`} title={zh.severity[item.verdict] ?? ""}>
                {zh.severityShape[item.verdict]}
              </span>
              <span className={`shape state-${item.decision}`} title={zh.decision[item.decision] ?? ""}>
                {zh.decisionShape[item.decision]}
              </span>
            </div>
          );
        })}
      </div>
    </div>
  );
});
