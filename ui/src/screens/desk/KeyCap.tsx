/** The key an act has now, as printed on a keyboard; nothing for an act without one. */
import { type ActName, type KeyMap, keyOf } from "../../desk/keymap";

interface Props {
  keys: KeyMap;
  act: ActName;
  /** With Shift it is another act. */
  shift?: boolean;
}

export function KeyCap({ keys, act, shift }: Props) {
  const name = keyOf(keys, act);
  return name === "" ? null : <kbd>{shift ? `⇧${name}` : name}</kbd>;
}
