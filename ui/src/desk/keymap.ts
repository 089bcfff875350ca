/** The keys of the desk's acts: what they are at first, how they are read from and written to the settings. */
import type { KeyBinding } from "../bindings/wire";

/** Every act a key can be bound to, with its keys of the main block and of the numeric keypad. */
const DEFAULTS = {
  approve: ["KeyF", "NumpadAdd"],
  reject: ["KeyD", "NumpadSubtract"],
  hold: ["KeyS", "NumpadDecimal"],
  next: ["ArrowRight", "KeyJ"],
  previous: ["ArrowLeft", "KeyK"],
  undo: ["KeyZ", "Backspace"],
  note: ["KeyN"],
  "next-failing": ["Tab"],
  "mark-wrong": ["KeyM"],
  "crop-eyes": ["KeyE"],
  "crop-ears": ["KeyR"],
  "crop-mouth": ["KeyT"],
  zoom: ["Space"],
  "hide-guides": ["KeyH"],
  compare: ["KeyC"],
  "compare-other": ["KeyX"],
  queues: ["KeyQ"],
  alone: ["KeyW"],
  find: ["Slash"],
  human: ["KeyL"],
  grid: ["KeyG"],
} as const satisfies Record<string, readonly string[]>;

export type ActName = keyof typeof DEFAULTS;
export type KeyMap = Readonly<Record<ActName, readonly string[]>>;

export const DEFAULT_KEYS: KeyMap = DEFAULTS;
export const ACTS = Object.keys(DEFAULTS) as ActName[];
/** Acts that last while their key is down. */
export const HELD = ["zoom", "hide-guides", "compare"] as const;

/** Keys that mean something fixed; digits tick reasons. */
const FIXED = /^(Enter|NumpadEnter|Escape|Digit\d|Numpad\d|Shift.*|Control.*|Alt.*|Meta.*|CapsLock|F\d+)$/;

/** Whether a key may be bound to an act. */
export function isBindable(code: string): boolean {
  return code !== "" && !FIXED.test(code);
}

/**
 * The stored bindings over the first ones; what is not known (any more) is passed over. No key means two acts: it is of
 * the binding that names it first, and of the act it was bound to at first only where none does.
 */
export function keyMapOf(bindings: readonly KeyBinding[]): KeyMap {
  const map: Record<ActName, readonly string[]> = { ...DEFAULT_KEYS };
  const taken = new Set<string>();
  const stored = new Set<ActName>();
  for (const { act, codes } of bindings) {
    if (!(act in map)) continue;
    const free = codes.filter((code) => isBindable(code) && !taken.has(code));
    for (const code of free) taken.add(code);
    map[act as ActName] = free;
    stored.add(act as ActName);
  }
  for (const act of ACTS) if (!stored.has(act)) map[act] = map[act].filter((code) => !taken.has(code));
  return map;
}

/** What is stored: the acts whose keys differ from the first ones. */
export function bindingsOf(map: KeyMap): KeyBinding[] {
  return ACTS.filter((act) => map[act].join(" ") !== DEFAULT_KEYS[act].join(" ")).map((act) => ({
    act,
    codes: [...map[act]],
  }));
}

/** The map with `code` in place of the act's first key; another act that had it takes that key for it. */
export function rebind(map: KeyMap, act: ActName, code: string): KeyMap {
  if (!isBindable(code) || map[act][0] === code) return map;
  const free = map[act][0];
  const others = ACTS.map((name): [ActName, readonly string[]] => [
    name,
    map[name].flatMap((bound) => (bound !== code ? [bound] : free === undefined ? [] : [free])),
  ]);
  const next = Object.fromEntries(others) as Record<ActName, readonly string[]>;
  next[act] = [code, ...map[act].slice(1).filter((bound) => bound !== code)];
  return next;
}

/** Acts that no key is bound to: the reviewer should know. */
export function unbound(map: KeyMap): ActName[] {
  return ACTS.filter((act) => map[act].length === 0);
}

const NAMES: Record<string, string> = {
  ArrowRight: "→",
  ArrowLeft: "←",
  ArrowUp: "↑",
  ArrowDown: "↓",
  Space: "空格",
  Backspace: "退格",
  NumpadAdd: "小键盘 +",
  NumpadSubtract: "小键盘 −",
  NumpadDecimal: "小键盘 .",
  NumpadMultiply: "小键盘 *",
  NumpadDivide: "小键盘 /",
  Semicolon: ";",
  Quote: "'",
  Comma: ",",
  Period: ".",
  Slash: "/",
  Backslash: "\\",
  BracketLeft: "[",
  BracketRight: "]",
  Minus: "-",
  Equal: "=",
  Backquote: "`",
};

/** The name of the act's first key; empty for an act without one. */
export function keyOf(map: KeyMap, act: ActName): string {
  const [code] = map[act];
  return code === undefined ? "" : keyName(code);
}

/** The key that undoes on the grid, where the space bar ticks whatever else it is bound to, and Enter takes the page. */
export function undoKeyOfGrid(map: KeyMap): string {
  const own = map.undo.find((code) => !["Space", "Enter", "NumpadEnter"].includes(code));
  return own === undefined ? "Ctrl+Z" : keyName(own);
}

/** A key as it is printed on keyboards. */
export function keyName(code: string): string {
  const plain = code.replace(/^(Key|Arrow|Digit)/, "").replace(/^Numpad(?=\d)/, "小键盘 ");
  return NAMES[code] ?? plain.replace(/^(Shift|Control|Alt|Meta)(Left|Right)$/, "$1");
}
