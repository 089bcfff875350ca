/** Finds a student by what is typed, or offers those who fit, and hands the chosen one back. */
import { useEffect, useState } from "react";
import { useApp } from "../app/context";
import type { StudentHit } from "../bindings/wire";
import { tid } from "../testids";
import { zh } from "../zh";
import { PhotoImage } from "./PhotoImage";

const words = zh.photos;

interface Props {
  /** What is to be given to a student: names the box and its hits. */
  id: number;
  round: number;
  candidates: StudentHit[];
  /** What choosing one does, where that is not assigning at once. */
  action?: string;
  onAssign: (student: number, hit: StudentHit) => void;
}

export function AssignBox({ id, round, candidates, action, onAssign }: Props) {
  const { bridge } = useApp();
  const [text, setText] = useState("");
  const [answer, setAnswer] = useState<{ to: string; hits: StudentHit[] } | null>(null);
  const [at, setAt] = useState(0);
  const wanted = text.trim();

  useEffect(() => {
    let stale = false;
    if (wanted === "") {
      setAnswer(null);
      return;
    }
    bridge
      .call("student_search", { round, text: wanted })
      .then((hits) => {
        if (stale) return;
        setAnswer({ to: wanted, hits: hits.slice(0, 6) });
        setAt(0);
      })
      .catch(() => {
        if (!stale) setAnswer({ to: wanted, hits: [] });
      });
    return () => {
      stale = true;
    };
  }, [bridge, round, wanted]);

  const found = answer?.hits ?? null;
  // What is listed may answer what was typed a moment ago: Enter would give the photo to somebody else.
  const isCurrent = answer?.to === wanted;
  const hits = found ?? candidates.slice(0, 6);
  const listId = `assign-${id}`;
  return (
    <div className="assign">
      <input
        data-testid={tid.pileSearch(id)}
        value={text}
        placeholder={words.assign}
        aria-label={words.assign}
        aria-controls={listId}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === "ArrowDown") setAt(Math.min(at + 1, hits.length - 1));
          else if (event.key === "ArrowUp") setAt(Math.max(at - 1, 0));
          else if (event.key !== "Enter") return;
          else if (isCurrent && hits[at]) onAssign(hits[at].student, hits[at]);
          event.preventDefault();
        }}
      />
      <ul id={listId}>
        {hits.map((hit, index) => (
          <li key={hit.student}>
            <button
              type="button"
              className={found !== null && index === at ? "assign-hit assign-at" : "assign-hit"}
              data-testid={tid.pileHit(id, hit.student)}
              onClick={() => onAssign(hit.student, hit)}
            >
              <span className="assign-face">
                {hit.photo ? <PhotoImage src={bridge.photoUrl("thumb", hit.photo)} alt="" /> : null}
              </span>
              <b>{hit.name}</b> <span className="mono">{hit.student_no}</span>{" "}
              <span className="quiet">{hit.college}</span>
              {hit.photo ? <em>{words.hasPhoto}</em> : null}
              <span className="assign-do">{action ?? words.assignThis}</span>
            </button>
          </li>
        ))}
        {found !== null && found.length === 0 ? <li className="quiet">{words.noHit}</li> : null}
      </ul>
    </div>
  );
}
