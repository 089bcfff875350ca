/** The photos of one student that came together, beside each other: one of them is picked before anything is decided. */
import { PhotoImage } from "../../components/PhotoImage";
import { type KeyMap, keyOf } from "../../desk/keymap";
import type { Choice, Picking } from "../../desk/picking";
import { maskedName } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { KeyCap } from "./KeyCap";

const words = zh.desk.pick;
const keepFocus = (event: React.MouseEvent) => event.preventDefault();

interface Props {
  choice: Choice;
  picking: Picking;
  keys: KeyMap;
  /** Address of a photo's preview. */
  address: (photo: string) => string;
}

export function Pick({ choice, picking, keys, address }: Props) {
  const { entries, proposed } = choice;
  const newest = entries.at(-1)?.submission;
  return (
    <section className="pick" data-testid={tid.pick} aria-label={words.title(entries.length)}>
      <header className="pick-head">
        <h3 role="status">{words.title(entries.length)}</h3>
        <button
          type="button"
          className="act act-approve"
          data-testid={tid.pickTake}
          aria-disabled={choice.taken}
          onMouseDown={keepFocus}
          // The second press of a double click is no second look.
          onClick={(event) => event.detail < 2 && picking.take()}
        >
          {words.take} <KeyCap keys={keys} act="approve" />
        </button>
        <span>{words.how(entries.length, keyOf(keys, "previous"), keyOf(keys, "next"))}</span>
      </header>
      <div className="pick-photos">
        {entries.map((entry, at) => {
          const { submission, photo } = entry;
          const isProposed = submission === proposed;
          return (
            <button
              type="button"
              key={submission}
              className={isProposed ? "pick-photo pick-proposed" : "pick-photo"}
              aria-pressed={isProposed}
              data-testid={tid.pickPhoto(submission)}
              data-sha={photo}
              onMouseDown={keepFocus}
              onClick={() => picking.propose(submission)}
            >
              <span className="pick-name">
                <kbd>{at + 1}</kbd>{" "}
                <b>
                  {zh.desk.sequence(entry.arrival)}
                  {submission === newest ? words.newest : ""}
                </b>{" "}
                <span className="mono">{maskedName(entry.file_name)}</span>
              </span>
              <PhotoImage
                src={address(photo)}
                alt=""
                decoding="sync"
                onLoad={() => picking.stands(submission)}
                onError={() => picking.stands(submission)}
              />
            </button>
          );
        })}
      </div>
    </section>
  );
}
