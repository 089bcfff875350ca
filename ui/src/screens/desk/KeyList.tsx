/** Every key of the desk, and where each can be given another one. */
import { useEffect, useRef, useState } from "react";
import {
  ACTS,
  type ActName,
  bindingsOf,
  DEFAULT_KEYS,
  isBindable,
  keyName,
  rebind,
  unbound,
} from "../../desk/keymap";
import { tid } from "../../testids";
import { zh } from "../../zh";
import type { DeskKeys } from "./useStoredKeys";

const words = zh.desk;
const keepFocus = (event: React.MouseEvent) => event.preventDefault();

interface RowProps {
  act: ActName;
  codes: readonly string[];
  /** Waits for the new key. */
  asking: boolean;
  onAsk: (act: ActName | null) => void;
  onKey: (act: ActName, code: string) => void;
  /** A key that can be no act's. */
  onRefused: (code: string) => void;
}

function Row({ act, codes, asking, onAsk, onKey, onRefused }: RowProps) {
  const box = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (asking) box.current?.focus();
  }, [asking]);
  const pressed = (event: React.KeyboardEvent) => {
    if (!asking || event.nativeEvent.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.code === "Escape") onAsk(null);
    else if (isBindable(event.code)) onKey(act, event.code);
    else onRefused(event.code);
  };
  return (
    <div className="key-row">
      <dt>{words.acts[act]}</dt>
      <dd>
        <button
          ref={box}
          type="button"
          className={asking ? "key-bound key-asking" : "key-bound"}
          data-keys={asking ? "own" : undefined}
          data-testid={tid.keyOf(act)}
          title={words.rebind}
          onMouseDown={keepFocus}
          onClick={() => onAsk(asking ? null : act)}
          onKeyDown={pressed}
          onBlur={() => asking && onAsk(null)}
        >
          {asking
            ? words.pressKey
            : codes.length === 0
              ? words.noKey
              : codes.map((code) => <kbd key={code}>{keyName(code)}</kbd>)}
        </button>
      </dd>
    </div>
  );
}

export function KeyList({ keys, onClose }: { keys: DeskKeys; onClose: () => void }) {
  const [asking, setAsking] = useState<ActName | null>(null);
  const [refused, setRefused] = useState("");
  const ask = (act: ActName | null) => {
    setRefused("");
    setAsking(act);
  };
  const without = unbound(keys.map);
  const changed = bindingsOf(keys.map).length > 0;
  return (
    <section className="key-list" data-testid={tid.keyList} aria-label={words.keysTitle} data-keeps-focus>
      <h3>
        {words.keysTitle}
        <small className="quiet">{words.rebindHint}</small>
        <span className="grow" />
        {changed ? (
          <button
            type="button"
            className="mini"
            data-testid={tid.keysReset}
            onMouseDown={keepFocus}
            onClick={() => keys.set(DEFAULT_KEYS)}
          >
            {words.keysReset}
          </button>
        ) : null}
        <button type="button" className="mini" onMouseDown={keepFocus} onClick={onClose}>
          {words.keysClose} <kbd>Esc</kbd>
        </button>
      </h3>
      <p className="text-fail" role="status" data-testid={tid.keyRefused}>
        {refused === "" ? null : words.unbindable(keyName(refused))}
      </p>
      <dl>
        {ACTS.map((act) => (
          <Row
            key={act}
            act={act}
            codes={keys.map[act]}
            asking={asking === act}
            onAsk={ask}
            onRefused={setRefused}
            onKey={(name, code) => {
              ask(null);
              keys.set(rebind(keys.map, name, code));
            }}
          />
        ))}
        {words.fixedKeys.map(([shown, what]) => (
          <div key={shown} className="key-row">
            <dt>{what}</dt>
            <dd>
              <kbd>{shown}</kbd>
            </dd>
          </div>
        ))}
      </dl>
      {without.length > 0 ? (
        <p className="text-fail">{words.unbound(without.map((act) => words.acts[act]).join("、"))}</p>
      ) : null}
    </section>
  );
}
