/** Above the queues: a student of the round by 姓名, 学号 or pinyin initials, whose newest photo comes onto the desk. */
import { useEffect, useState } from "react";
import { useApp } from "../../app/context";
import type { QueueItem } from "../../bindings/wire";
import { everything } from "../../desk/everything";
import { count } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";

const words = zh.desk;
/** Most students offered; who is not among them is found by another letter. */
const MOST = 8;

interface Found {
  /** What was typed when they were asked for. */
  text: string;
  hits: QueueItem[];
  /** How many more there are. */
  more: number;
}

/** Whose current photo fits what was typed; `null` while nothing was. An answer that comes late is passed over. */
function useHits(round: number, text: string): Found | null {
  const { bridge } = useApp();
  const [found, setHits] = useState<Found | null>(null);
  useEffect(() => {
    if (text === "") {
      setHits(null);
      return;
    }
    let stale = false;
    bridge
      .call("queue_filter", { ...everything(round), text, limit: MOST })
      .then(({ items, total }) => {
        if (!stale) setHits({ text, hits: items.slice(0, MOST), more: Math.max(0, total - MOST) });
      })
      .catch(() => !stale && setHits({ text, hits: [], more: 0 }));
    return () => {
      stale = true;
    };
  }, [bridge, round, text]);
  return found;
}

interface Props {
  round: number;
  /** A student was chosen: the list has done its work. */
  onChosen: () => void;
}

export function Find({ round, onChosen }: Props) {
  const { go } = useApp();
  const [text, setText] = useState("");
  const found = useHits(round, text.trim());
  const hits = found?.hits;
  const [wanted, setWanted] = useState("");
  const [at, setAt] = useState(0);
  /** Whether the list answers the text as it stands: an earlier answer is of other students. */
  const isCurrent = found?.text === text.trim();
  const choose = (item: QueueItem) => {
    setWanted("");
    setText("");
    onChosen();
    go({ screen: "desk", round, submission: item.submission });
  };
  useEffect(() => {
    if (wanted === "" || found?.text !== wanted) return;
    setWanted("");
    const [only, another] = found.hits;
    // Of several nobody has chosen one yet.
    if (only && !another) choose(only);
  });
  return (
    <div className="find">
      <input
        data-testid={tid.deskFind}
        value={text}
        placeholder={words.findHint}
        title={words.find}
        aria-label={words.find}
        onChange={(event) => {
          setWanted("");
          setAt(0);
          setText(event.target.value);
        }}
        onFocus={(event) => event.currentTarget.select()}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
          if (step !== 0 && hits && hits.length > 0) {
            // The queues below are walked by the same keys.
            event.stopPropagation();
            setAt(Math.min(hits.length - 1, Math.max(0, at + step)));
          } else if (event.key !== "Enter") return;
          else if (isCurrent && hits?.[at]) choose(hits[at]);
          else setWanted(text.trim());
          event.preventDefault();
        }}
      />
      {hits ? (
        <ul data-testid={tid.deskFound}>
          {hits.map((item, index) => (
            <li key={item.submission}>
              <button
                type="button"
                className={index === at ? "queue found-at" : "queue"}
                onClick={() => choose(item)}
              >
                <span>{item.name}</span> <span className="mono">{item.student_no}</span>
              </button>
            </li>
          ))}
          {hits.length === 0 ? <li className="quiet">{words.foundNone}</li> : null}
          {found && found.more > 0 ? <li className="quiet">{words.foundMore(count(found.more))}</li> : null}
        </ul>
      ) : null}
    </div>
  );
}
