/** Above the queues: a student of the round by 姓名, 学号 or pinyin initials, whose newest photo comes onto the desk. */
import { useEffect, useState } from "react";
import { useApp } from "../../app/context";
import type { QueueItem } from "../../bindings/wire";
import { everything } from "../../desk/everything";
import { tid } from "../../testids";
import { zh } from "../../zh";

const words = zh.desk;
/** Most students offered; who is not among them is found by another letter. */
const MOST = 8;

/** Whose current photo fits what was typed; `null` while nothing was. An answer that comes late is passed over. */
function useHits(round: number, text: string): QueueItem[] | null {
  const { bridge } = useApp();
  const [hits, setHits] = useState<QueueItem[] | null>(null);
  useEffect(() => {
    if (text === "") {
      setHits(null);
      return;
    }
    let stale = false;
    bridge
      .call("queue_filter", { ...everything(round), text })
      .then(({ items }) => !stale && setHits(items.slice(0, MOST)))
      .catch(() => !stale && setHits([]));
    return () => {
      stale = true;
    };
  }, [bridge, round, text]);
  return hits;
}

interface Props {
  round: number;
  /** A student was chosen: the list has done its work. */
  onChosen: () => void;
}

export function Find({ round, onChosen }: Props) {
  const { go } = useApp();
  const [text, setText] = useState("");
  const hits = useHits(round, text.trim());
  const choose = (item: QueueItem) => {
    setText("");
    onChosen();
    go({ screen: "desk", round, submission: item.submission });
  };
  return (
    <div className="find">
      <input
        data-testid={tid.deskFind}
        value={text}
        placeholder={words.findHint}
        title={words.find}
        aria-label={words.find}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          const [first] = hits ?? [];
          if (event.key !== "Enter" || event.nativeEvent.isComposing || !first) return;
          event.preventDefault();
          choose(first);
        }}
      />
      {hits ? (
        <ul data-testid={tid.deskFound}>
          {hits.map((item) => (
            <li key={item.submission}>
              <button type="button" className="queue" onClick={() => choose(item)}>
                <span>{item.name}</span> <span className="mono">{item.student_no}</span>
              </button>
            </li>
          ))}
          {hits.length === 0 ? <li className="quiet">{words.foundNone}</li> : null}
        </ul>
      ) : null}
    </div>
  );
}
