/** One photo of the grid: a plain cell, its head at the common size on the common eye line. */
import { memo } from "react";
import type { GridCard, QueueItem } from "../../bindings/wire";
import { PhotoImage } from "../../components/PhotoImage";
import { measured } from "../../format";
import { GONE } from "../../grid/gone";
import { placePhoto } from "../../grid/layout";
import { tid } from "../../testids";
import { zh } from "../../zh";

interface Props {
  item: QueueItem;
  card: GridCard | undefined;
  /** Empty while no photo is wanted. */
  url: string;
  index: number;
  column: number;
  ticked: boolean;
  here: boolean;
  onPick: (index: number, submission: number) => void;
  /** Opens it at the desk. */
  onOpen: (submission: number) => void;
  /** The photo has been drawn, or cannot be. */
  onPainted: (submission: number, drawn: boolean) => void;
}

export const cellId = (submission: number) => `grid-cell-${submission}`;

export const Card = memo(function Card({
  item,
  card,
  url,
  index,
  column,
  ticked,
  here,
  onPick,
  onOpen,
  onPainted,
}: Props) {
  const words = zh.grid;
  const decided = item.decision !== "";
  const place = placePhoto(card?.pose ?? null);
  const gone = item.decision === GONE;
  const value = card && card.worst_value !== null ? measured(card.worst_value, card.worst_unit) : "";
  const found = `${card?.worst_title ?? ""} ${value}`.trim();
  const alike = card?.partners ?? [];
  const unpicked = card?.unpicked === true && !decided;
  const said = unpicked ? words.unpicked : alike.length > 0 ? words.alike(alike) : null;
  const measuredAs = card?.worst_severity || item.verdict;
  // What is said in the place of a finding is never good news; of a photo that waits for a choice nothing was found.
  const severity = said !== null && measuredAs === "pass" ? "warn" : measuredAs;
  const worst = gone ? words.gone : (said ?? found);
  const state =
    gone || unpicked ? "" : decided ? zh.decision[item.decision] : ticked ? words.ticked : words.unticked;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Space on the grid does the same
    <div
      role="gridcell"
      id={cellId(item.submission)}
      tabIndex={-1}
      aria-colindex={column + 1}
      aria-busy={card === undefined}
      aria-selected={ticked && !decided}
      aria-label={`${item.name || "—"} ${item.student_no} ${worst} ${state}`}
      className={["card", here ? "card-here" : "", gone || !(ticked || decided) ? "card-off" : ""].join(" ")}
      data-testid={tid.gridCard(item.submission)}
      data-submission={item.submission}
      data-decision={item.decision}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => onPick(index, item.submission)}
      // Its two clicks have turned the tick over and back.
      onDoubleClick={() => onOpen(item.submission)}
    >
      <div className="card-photo">
        {url === "" ? null : (
          <PhotoImage
            src={url}
            alt=""
            decoding="async"
            onLoad={(event) => {
              // Now, not in the frame that brings it into sight.
              void event.currentTarget.decode?.().catch(() => undefined);
              onPainted(item.submission, true);
            }}
            onError={() => onPainted(item.submission, false)}
            className={place ? "card-placed" : "card-whole"}
            {...(place ? { style: place } : {})}
          />
        )}
        {/* No box where there is nothing to tick. */}
        {unpicked ? null : (
          <span className={decided ? `card-mark state-${item.decision}` : "card-mark"} aria-hidden="true">
            {gone ? "⊘" : decided ? zh.decisionShape[item.decision] : ticked ? "☑" : "☐"}
          </span>
        )}
      </div>
      <div className="card-name">
        <b>{item.name || "—"}</b> <span className="mono">{item.student_no}</span>
      </div>
      <div className="card-worst" title={said === null ? undefined : worst}>
        {gone || unpicked ? null : (
          <span className={`shape verdict-${severity}`} aria-hidden="true">
            {zh.severityShape[severity] ?? ""}{" "}
          </span>
        )}
        {unpicked ? (
          <button
            type="button"
            className="card-pick"
            // The keys stay with the grid.
            tabIndex={-1}
            data-testid={tid.gridPick(item.submission)}
            onClick={(event) => {
              event.stopPropagation();
              onOpen(item.submission);
            }}
          >
            {words.goPick}
          </button>
        ) : (
          worst
        )}
      </div>
    </div>
  );
});
