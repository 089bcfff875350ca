/** Finds a student by what is typed, or offers those who fit, and hands the chosen one back. */
import { type Ref, useState } from "react";
import { useApp } from "../app/context";
import type { StudentHit, StudentRow } from "../bindings/wire";
import { count } from "../format";
import { tid } from "../testids";
import { zh } from "../zh";
import { PhotoImage } from "./PhotoImage";
import { useHits } from "./useHits";

const words = zh.photos;

interface Props {
  /** What is to be given to a student: names the box and its hits. */
  id: number;
  round: number;
  candidates: StudentHit[];
  /** What choosing one does, where that is not assigning at once. */
  action?: string;
  /** A photo is given: who is exempt takes none. */
  ofPhoto?: boolean;
  /** The box to type into. */
  box?: Ref<HTMLInputElement>;
  onAssign: (student: number, hit: StudentHit) => void;
}

/** What tells namesakes apart. */
const where = (hit: StudentHit, row: StudentRow | undefined) =>
  [hit.college, row?.major, row?.class].filter((part) => part).join(" ");

interface HitProps extends Pick<Props, "id" | "action" | "onAssign"> {
  hit: StudentHit;
  row: StudentRow | undefined;
  at: boolean;
  barred: boolean;
}

function Hit({ id, action, onAssign, hit, row, at, barred }: HitProps) {
  const { bridge } = useApp();
  const exempt = row?.exempt ?? "";
  return (
    <li>
      <button
        type="button"
        className={at ? "assign-hit assign-at" : "assign-hit"}
        data-testid={tid.pileHit(id, hit.student)}
        disabled={barred}
        title={barred ? words.exemptTakesNone : undefined}
        onClick={() => onAssign(hit.student, hit)}
      >
        <span className="assign-face">
          {hit.photo ? <PhotoImage src={bridge.photoUrl("thumb", hit.photo)} alt="" /> : null}
        </span>
        <span className="assign-who">
          <span>
            <b>{hit.name}</b> <span className="mono">{hit.student_no}</span>
          </span>{" "}
          <span className="quiet">{where(hit, row)}</span>
        </span>
        {exempt === "" ? null : <em>{words.exemptHit(exempt)}</em>}
        {hit.photo ? <em>{words.hasPhoto}</em> : null}
        {barred ? null : <span className="assign-do">{action ?? words.assignThis}</span>}
      </button>
    </li>
  );
}

export function AssignBox({ id, round, candidates, action, ofPhoto = false, box, onAssign }: Props) {
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const wanted = text.trim();
  const { hits, rows, more, isOffer, isCurrent } = useHits(round, wanted, candidates, () => setAt(0));
  const isBarred = (hit: StudentHit) => ofPhoto && (rows.get(hit.student)?.exempt ?? "") !== "";
  const listId = `assign-${id}`;
  return (
    <div className="assign">
      <input
        ref={box}
        data-testid={tid.pileSearch(id)}
        value={text}
        placeholder={words.assign}
        aria-label={words.assign}
        aria-controls={listId}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          const hit = hits[at];
          if (event.key === "ArrowDown") setAt(Math.min(at + 1, hits.length - 1));
          else if (event.key === "ArrowUp") setAt(Math.max(at - 1, 0));
          else if (event.key !== "Enter") return;
          else if (isCurrent && hit && !isBarred(hit)) onAssign(hit.student, hit);
          event.preventDefault();
        }}
      />
      <ul id={listId}>
        {hits.map((hit, index) => (
          <Hit
            key={hit.student}
            id={id}
            hit={hit}
            row={rows.get(hit.student)}
            at={!isOffer && index === at}
            barred={isBarred(hit)}
            onAssign={onAssign}
            {...(action === undefined ? {} : { action })}
          />
        ))}
        {!isOffer && hits.length === 0 ? <li className="quiet">{words.noHit}</li> : null}
        {more > 0 ? (
          <li className="quiet" data-testid={tid.pileMore(id)}>
            {words.moreHits(count(more))}
          </li>
        ) : null}
      </ul>
    </div>
  );
}
