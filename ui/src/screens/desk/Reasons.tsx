/** The reasons a rejection would send, preset from the findings; and the strip that asks when there are none. */
import { EditOutlined, PlusOutlined } from "@ant-design/icons";
import { useEffect, useRef, useState } from "react";
import type { ReasonTemplate } from "../../bindings/wire";
import { type KeyMap, keyOf } from "../../desk/keymap";
import { digitOf } from "../../desk/keys";
import {
  chosen,
  type Draft,
  isPicked,
  matching,
  ownReason,
  pickReason,
  reword,
  toggle,
} from "../../desk/reasons";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { KeyCap } from "./KeyCap";

type Change = (change: (draft: Draft) => Draft) => void;
const keepFocus = (event: React.MouseEvent) => event.preventDefault();

/** A box as high as what stands in it. */
function grow(box: HTMLTextAreaElement | null) {
  if (!box) return;
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight + 2}px`;
}

interface RowProps {
  index: number;
  text: string;
  on: boolean;
  /** The digit keys stand for these reasons now, and not for those of the strip. */
  numbered: boolean;
  onChange: Change;
}

function ReasonRow({ index, text, on, numbered, onChange }: RowProps) {
  const [editing, setEditing] = useState(false);
  const done = (typed: string) => {
    const value = typed.replace(/\s*\n\s*/g, " ");
    setEditing(false);
    if (value !== text) onChange((draft) => reword(draft, index, value));
  };
  return (
    <li className={on ? "reason reason-on" : "reason"} data-testid={tid.reason(index + 1)} data-on={on}>
      <button
        type="button"
        className="reason-tick"
        role="checkbox"
        aria-checked={on}
        aria-label={text}
        onMouseDown={keepFocus}
        onClick={() => onChange((draft) => toggle(draft, index))}
      >
        {numbered ? <kbd>{index < 9 ? index + 1 : "·"}</kbd> : null}
        <span aria-hidden>{on ? "☑" : "☐"}</span>
      </button>
      {editing ? (
        <textarea
          className="reason-edit"
          rows={1}
          defaultValue={text}
          aria-label={zh.desk.editReason}
          // biome-ignore lint/a11y/noAutofocus: the box was opened to be typed into
          autoFocus
          ref={grow}
          onFocus={({ currentTarget: box }) => box.setSelectionRange(box.value.length, box.value.length)}
          onInput={(event) => grow(event.currentTarget)}
          onBlur={(event) => done(event.target.value)}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return;
            if (event.key === "Enter") {
              // One reason is one line: it is confirmed, not broken.
              event.preventDefault();
              event.currentTarget.blur();
            }
            if (event.key === "Escape") setEditing(false);
          }}
        />
      ) : (
        <button
          type="button"
          className="reason-text"
          onMouseDown={keepFocus}
          onClick={() => setEditing(true)}
        >
          {text} {/* Over the sign alone: over the text it would cover what is being read. */}
          <span title={zh.desk.editReason}>
            <EditOutlined />
          </span>
        </button>
      )}
    </li>
  );
}

interface Props {
  draft: Draft;
  keys: KeyMap;
  numbered: boolean;
  onChange: Change;
  onAdd: () => void;
}

export function Reasons({ draft, keys, numbered, onChange, onAdd }: Props) {
  return (
    <section className="desk-section reasons-kept">
      <h3>
        {zh.desk.reasons}{" "}
        <small>
          {draft.reasons.length > 0 ? zh.desk.reasonsHint : zh.desk.noReasons(keyOf(keys, "reject"))}
        </small>
        <button
          type="button"
          className="mini"
          data-testid={tid.reasonAdd}
          onMouseDown={keepFocus}
          onClick={onAdd}
        >
          <PlusOutlined /> {zh.desk.addReason} <kbd>0</kbd>
        </button>
      </h3>
      <ol className="reasons">
        {draft.reasons.map((reason, index) => (
          <ReasonRow
            key={`${reason.code ?? ""}${reason.code ? "" : reason.text}`}
            index={index}
            text={reason.text}
            on={reason.on}
            numbered={numbered}
            onChange={onChange}
          />
        ))}
      </ol>
    </section>
  );
}

interface StripProps {
  draft: Draft;
  keys: KeyMap;
  /** The templates the digits stand for, in order; the desk's keys use the same list. */
  offered: ReasonTemplate[];
  filter: string;
  /** The box of the filter, for the keys that go there. */
  input: React.RefObject<HTMLInputElement | null>;
  /** What stands in the box is neither a reason nor a sentence. */
  onUnclear: () => void;
  onFilter: (filter: string) => void;
  onChange: Change;
  onConfirm: () => void;
  onClose: () => void;
}

const isReason = (own: ReturnType<typeof ownReason>) => own !== null && own !== "unclear";

export function ReasonStrip(props: StripProps) {
  const { draft, keys, offered, filter, input, onFilter, onUnclear, onChange, onConfirm, onClose } = props;
  const box = useRef<HTMLDivElement>(null);
  const own = filter.trim();
  const picked = chosen(draft);
  useEffect(() => {
    box.current?.scrollIntoView?.({ block: "nearest" });
  }, []);
  const write = () => {
    if (own === "") return;
    onChange((before) => pickReason(before, { code: null, text: own }));
    onFilter("");
  };
  return (
    <div className="strip" ref={box} data-testid={tid.strip} role="group" aria-label={zh.desk.reasons}>
      <p>{zh.desk.stripTitle(keyOf(keys, "reject"))}</p>
      <ul>
        {offered.map((template, at) => (
          <li key={template.text}>
            <button
              type="button"
              className={isPicked(draft, template, offered) ? "choice choice-on" : "choice"}
              data-testid={tid.stripChoice(template.code)}
              aria-pressed={isPicked(draft, template, offered)}
              title={template.text}
              onMouseDown={keepFocus}
              onClick={() => onChange((before) => pickReason(before, template, offered))}
            >
              {at < 9 ? <kbd>{at + 1}</kbd> : null} {template.title}
            </button>
          </li>
        ))}
        {picked
          .filter((reason) => reason.code === null)
          .map((reason) => (
            <li key={`own ${reason.text}`}>
              <button
                type="button"
                className="choice choice-on"
                aria-pressed
                onMouseDown={keepFocus}
                onClick={() => onChange((before) => pickReason(before, reason))}
              >
                {reason.text}
              </button>
            </li>
          ))}
      </ul>
      {offered.length === 0 && own !== "" ? (
        <p className="quiet">
          {ownReason(offered, own) === "unclear" ? zh.desk.hint.stripText : zh.desk.stripNone}
        </p>
      ) : null}
      <div className="strip-foot">
        <input
          ref={input}
          data-testid={tid.stripInput}
          value={filter}
          placeholder={zh.desk.stripFilterBrief}
          aria-label={zh.desk.stripFilter}
          onChange={(event) => onFilter(event.target.value)}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return;
            if (event.key === "Escape") {
              // A text that stayed would keep the reasons hidden and the digits without meaning.
              onFilter("");
              event.currentTarget.blur();
            }
            const digit = digitOf(event.nativeEvent);
            const meant = digit === null || own === "" ? undefined : offered[digit - 1];
            if (meant) {
              // What was typed has found reasons, and each shows its digit.
              event.preventDefault();
              onChange((before) => pickReason(before, meant, offered));
              onFilter("");
              event.currentTarget.blur();
              return;
            }
            if (event.key !== "Enter") return;
            const only = matching(offered, filter);
            const template = only[0];
            if (own !== "" && only.length === 1 && template) {
              onChange((before) => pickReason(before, template, offered));
              onFilter("");
            } else if (ownReason(offered, filter) === "unclear") return onUnclear();
            // Several were found: the digits choose among them.
            else if (only.length === 0) write();
            event.currentTarget.blur();
          }}
        />
        {own !== "" ? (
          <button type="button" className="mini" onMouseDown={keepFocus} onClick={write}>
            {zh.desk.stripAdd}
          </button>
        ) : null}
        <span className="grow" />
        <button
          type="button"
          className="act act-reject"
          data-testid={tid.stripConfirm}
          disabled={picked.length === 0 && !isReason(ownReason(offered, filter))}
          onMouseDown={keepFocus}
          onClick={onConfirm}
        >
          {zh.desk.stripConfirm} <KeyCap keys={keys} act="reject" />
        </button>
        <button type="button" className="act" onMouseDown={keepFocus} onClick={onClose}>
          {zh.desk.stripCancel} <kbd>Esc</kbd>
        </button>
      </div>
    </div>
  );
}
