/**
 * The cards of an opened queue, only the rows in sight existing. The queue stays as it was opened: what is
 * decided keeps its place. Keys act here; what is committed is the screen's business.
 */
import { useVirtualizer } from "@tanstack/react-virtual";
import { memo, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { GridCard, QueueItem } from "../../bindings/wire";
import type { Bridge } from "../../bridge/bridge";
import { useContextMenu } from "../../components/ContextMenu";
import { FailureNote } from "../../components/FailureNote";
import { areOthers } from "../../components/useOwnKeys";
import type { ActName, KeyMap } from "../../desk/keymap";
import { boundTo } from "../../desk/keys";
import { type CardSize, moveCursor, pageOf, photoMost, ROW_LEAST_PX, shapeFor } from "../../grid/layout";
import { useCards } from "../../grid/useCards";
import { isEditable } from "../../keyTarget";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { Card, cellId } from "./Card";
import { cardMenu } from "./cardMenu";

interface Props {
  bridge: Bridge;
  round: number;
  items: readonly QueueItem[];
  cursor: number;
  unticked: ReadonlySet<number>;
  onCursor: (index: number) => void;
  onToggle: (submission: number) => void;
  onPage: (first: number, last: number) => void;
  onCommit: () => void;
  /** The reviewer's own keys: those of the desk that mean something here mean the same. */
  keys: KeyMap;
  /** One act back, or the last one taken back again. */
  onUndo: (command: "act_undo" | "act_redo") => void;
  onPainted: (submission: number, drawn: boolean) => void;
  /** What is known of cards that came into sight; the same function while the grid stands. */
  onCards: (cards: readonly GridCard[]) => void;
  /** Opens a photo at the desk. */
  onOpen: (submission: number) => void;
  /** Goes on with the list at the desk. */
  onDesk: () => void;
  /** How large the cards are. */
  size: CardSize;
}

/** The shape of a page in the box, kept with the box's size, px. */
function useShape(box: React.RefObject<HTMLElement | null>, cards: CardSize) {
  const [size, setSize] = useState({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = () => {
      const { clientWidth, clientHeight } = element;
      if (clientHeight > 0) setSize({ width: clientWidth, height: clientHeight });
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  const { width, height } = size;
  const shape = useMemo(
    () => (height > 0 ? shapeFor(width, height, cards) : { columns: 6, rows: 3 }),
    [width, height, cards],
  );
  return { shape, width: width || 960, height: height || 660 };
}

/** How long the bar must rest before the photos under it are fetched, ms. */
const REST_MS = 120;

/**
 * Whether the grid is being dragged by its bar, pages at a time: photos that are gone with the next frame are not
 * worth fetching. A page that was turned to (`top`) is no drag.
 */
function useDragging(top: number, height: number) {
  const [dragging, setDragging] = useState(false);
  const last = useRef(0);
  const rest = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(rest.current), []);
  const onScroll = (event: React.UIEvent<HTMLElement>) => {
    const { scrollTop } = event.currentTarget;
    const far = Math.abs(scrollTop - last.current) > height && Math.abs(scrollTop - top) > 1;
    last.current = scrollTop;
    if (!far && !dragging) return;
    setDragging(true);
    clearTimeout(rest.current);
    rest.current = setTimeout(() => setDragging(false), REST_MS);
  };
  return { dragging, onScroll };
}

/**
 * The rows that exist: those in sight, and a page on both sides. The latter are made a row a frame, so that turning a
 * page only moves what is there already and no frame makes many cards.
 */
function useInPlace(
  [top, bottom]: [number, number],
  page: number,
  count: number,
  dragging: boolean,
): number[] {
  const [[madeFrom, madeTo], setMade] = useState<[number, number]>([top, bottom]);
  const lowest = Math.max(0, top - page);
  const highest = Math.min(count - 1, bottom + page);
  // After a jump nothing of what was made is of use.
  const near = !dragging && madeTo >= lowest && madeFrom <= highest;
  const from = near ? Math.min(top, Math.max(madeFrom, lowest)) : top;
  const to = near ? Math.max(bottom, Math.min(madeTo, highest)) : bottom;
  useEffect(() => {
    if (dragging || (from <= lowest && to >= highest)) return;
    const frame = requestAnimationFrame(() =>
      setMade([Math.max(lowest, from - 1), Math.min(highest, to + 1)]),
    );
    return () => cancelAnimationFrame(frame);
  }, [dragging, from, to, lowest, highest]);
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at);
}

interface RowProps extends Pick<Props, "bridge" | "items" | "unticked" | "onPainted"> {
  row: number;
  /** Index of the cursor where it is in this row, else -1: the others need not be drawn anew when it moves. */
  here: number;
  rowPx: number;
  columns: number;
  card: (submission: number) => GridCard | undefined;
  /** Changes whenever `card` answers otherwise. */
  cards: number;
  /** Without photos. */
  bare: boolean;
  /** Which picture of a photo is sharp enough. */
  picture: "thumb" | "preview";
  onPick: (index: number, submission: number) => void;
  onOpen: (submission: number) => void;
}

const Row = memo(function Row(props: RowProps) {
  const { row, rowPx, columns, items, card, bare, here, unticked, bridge, onPick, onPainted } = props;
  const { picture, onOpen } = props;
  return (
    <div
      className="grid-row"
      role="row"
      aria-rowindex={row + 1}
      style={{
        height: rowPx,
        transform: `translateY(${row * rowPx}px)`,
        gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
      }}
    >
      {items.slice(row * columns, (row + 1) * columns).map((item, column) => {
        const index = row * columns + column;
        return (
          <Card
            key={item.submission}
            item={item}
            card={card(item.submission)}
            url={bare ? "" : bridge.photoUrl(picture, item.photo)}
            index={index}
            column={column}
            ticked={!unticked.has(item.submission)}
            here={index === here}
            onPick={onPick}
            onOpen={onOpen}
            onPainted={onPainted}
          />
        );
      })}
    </div>
  );
});

/** The arrow that does what a key of the desk is bound to. */
const stepOf = (bound: ActName | null) =>
  bound === "next" ? "ArrowRight" : bound === "previous" ? "ArrowLeft" : null;

/** Shortest time between two pages turned by the wheel, ms: one push of it sends several events. */
const WHEEL_MS = 180;

export function Grid(props: Props) {
  const { bridge, round, items, cursor, unticked, onCursor, onToggle, onPage, onCommit, onUndo } = props;
  const { keys, onPainted, onOpen } = props;
  const box = useRef<HTMLDivElement>(null);
  const { shape, width, height } = useShape(box, props.size);
  const { columns } = shape;
  const rowPx = Math.max(ROW_LEAST_PX, Math.floor(height / shape.rows));
  const [first, last] = pageOf(cursor, shape, items.length);
  const pageTop = (first / columns) * rowPx;
  const { dragging, onScroll } = useDragging(pageTop, height);
  const rowCount = Math.ceil(items.length / columns);
  const pages = Math.max(1, Math.ceil(rowCount / shape.rows));
  const rows = useVirtualizer({
    count: rowCount,
    getScrollElement: () => box.current,
    estimateSize: () => rowPx,
    overscan: 0,
  });
  const { card, cards, onSight, failure } = useCards(bridge, round, props.onCards);

  useEffect(() => {
    // Opened from the navigation: Enter must mean the page, not the entry that was clicked. Whoever is typing goes on
    // typing.
    if (!isEditable(document.activeElement)) box.current?.focus({ preventScroll: true });
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the row height is what the virtualizer measures by
  useEffect(() => rows.measure(), [rowPx, columns]);
  useEffect(() => onPage(first, last), [onPage, first, last]);
  useEffect(() => {
    // The page of the cursor fills the window: what Enter commits is what is seen.
    if (box.current) box.current.scrollTop = pageTop;
  }, [pageTop]);
  const shown = rows.getVirtualItems();
  const top = shown[0]?.index ?? 0;
  const bottom = shown.at(-1)?.index ?? -1;
  const inPlace = useInPlace([top, bottom], shape.rows, rowCount, dragging);
  const from = (inPlace[0] ?? 0) * columns;
  const to = ((inPlace.at(-1) ?? -1) + 1) * columns;
  useEffect(() => {
    onSight(items.slice(from, to).map((item) => item.submission));
  }, [onSight, items, from, to]);

  const turned = useRef(0);
  const onWheel = (event: React.WheelEvent) => {
    // Whole pages only: nothing may stand on the screen that Enter does not mean.
    if (event.deltaY === 0 || event.timeStamp - turned.current < WHEEL_MS) return;
    turned.current = event.timeStamp;
    const next = moveCursor(event.deltaY > 0 ? "PageDown" : "PageUp", cursor, shape, items.length);
    if (next !== null) onCursor(next);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.isComposing || event.altKey || areOthers()) return;
    const controlled = event.ctrlKey || event.metaKey;
    const bound = boundTo(event.code, keys);
    // With the control key it is Z for everybody.
    const undoes = controlled ? event.code === "KeyZ" : bound === "undo";
    if (controlled && !undoes) return;
    const here = items[cursor];
    const next =
      event.code === "Space" ? null : moveCursor(stepOf(bound) ?? event.code, cursor, shape, items.length);
    if (next !== null) onCursor(next);
    // Whatever else it is bound to at the desk, here it ticks.
    else if (event.code === "Space" && here) {
      // A key held down must not leave to chance how it ends.
      if (!event.repeat) onToggle(here.submission);
    } else if ((event.code === "Enter" || event.code === "NumpadEnter") && !event.repeat) onCommit();
    else if (undoes) {
      if (!event.repeat) onUndo(event.shiftKey ? "act_redo" : "act_undo");
    } else if (bound === "grid" && !event.shiftKey) props.onDesk();
    else return;
    event.preventDefault();
  };
  // Keys that nothing else has, after a click beside the cards, are meant for the page as well.
  const stray = useRef(onKey);
  stray.current = onKey;
  useEffect(() => {
    const down = (event: KeyboardEvent) => {
      if (event.target === document.body) stray.current(event);
    };
    window.addEventListener("keydown", down);
    return () => window.removeEventListener("keydown", down);
  }, []);
  // The same for every card and every scroll: a card is drawn again only when it changed.
  const pick = useCallback(
    (index: number, submission: number) => {
      box.current?.focus();
      onCursor(index);
      onToggle(submission);
    },
    [onCursor, onToggle],
  );
  const opening = useRef(onOpen);
  opening.current = onOpen;
  const open = useCallback((submission: number) => opening.current(submission), []);
  const current = items[cursor];
  const { onContextMenu, menu } = useContextMenu((event) => {
    const under = event.target instanceof Element ? event.target.closest("[data-submission]") : null;
    const item = items.find((one) => one.submission === Number(under?.getAttribute("data-submission")));
    if (!item) return [];
    const { submission } = item;
    const partners = card(submission)?.partners ?? [];
    return cardMenu(item, { ticked: !unticked.has(submission), partners, onToggle, onOpen });
  });
  return (
    <>
      <FailureNote failure={failure} />
      <div
        className="grid"
        ref={box}
        role="grid"
        tabIndex={0}
        data-keys="own"
        data-testid={tid.grid}
        aria-label={zh.grid.title}
        aria-rowcount={Math.ceil(items.length / columns)}
        aria-colcount={columns}
        aria-multiselectable="true"
        {...(current ? { "aria-activedescendant": cellId(current.submission) } : {})}
        onKeyDown={(event) => onKey(event.nativeEvent)}
        onWheel={onWheel}
        onScroll={onScroll}
        onContextMenu={onContextMenu}
      >
        <div
          role="presentation"
          // Whole pages: the last one begins at the top as well, and nothing of the one before stands above it.
          style={
            {
              height: pages * shape.rows * rowPx,
              position: "relative",
              "--photo-most": `${photoMost(width, columns)}px`,
            } as React.CSSProperties
          }
        >
          {inPlace.map((row) => (
            <Row
              key={row}
              row={row}
              rowPx={rowPx}
              columns={columns}
              items={items}
              card={card}
              cards={cards}
              bare={dragging}
              here={Math.floor(cursor / columns) === row ? cursor : -1}
              unticked={unticked}
              bridge={bridge}
              picture={props.size === "large" ? "preview" : "thumb"}
              onPick={pick}
              onOpen={open}
              onPainted={onPainted}
            />
          ))}
        </div>
      </div>
      {menu}
    </>
  );
}
