/** Two boxes for a new passphrase of the workspace; says what is wrong with it once both are filled. */
import { Input } from "antd";
import { tid } from "../../testids";
import { zh } from "../../zh";

const words = zh.seal;

export interface Typed {
  passphrase: string;
  again: string;
}

export const NOTHING_TYPED: Typed = { passphrase: "", again: "" };

/** Characters as the station counts them. */
function length(text: string): number {
  return [...text.trim()].length;
}

export function isFit(typed: Typed, least: number): boolean {
  return length(typed.passphrase) >= least && typed.passphrase === typed.again;
}

interface Props {
  typed: Typed;
  least: number;
  focused?: boolean;
  onTyped: (typed: Typed) => void;
}

export function NewPassphrase({ typed, least, focused, onTyped }: Props) {
  const { passphrase, again } = typed;
  const short = passphrase !== "" && length(passphrase) < least;
  const differ = again !== "" && !passphrase.startsWith(again) && again !== passphrase;
  const unfinished = again !== "" && again !== passphrase && !short;
  return (
    <div className="stack">
      <Input.Password
        data-testid={tid.doorNext}
        autoFocus={focused ?? false}
        autoComplete="off"
        maxLength={200}
        value={passphrase}
        placeholder={words.next(least)}
        aria-label={words.next(least)}
        status={short && again !== "" ? "warning" : ""}
        onChange={(event) => onTyped({ passphrase: event.target.value, again })}
      />
      <Input.Password
        data-testid={tid.doorAgain}
        autoComplete="off"
        maxLength={200}
        value={again}
        placeholder={words.again}
        aria-label={words.again}
        status={differ ? "warning" : ""}
        onChange={(event) => onTyped({ passphrase, again: event.target.value })}
      />
      <span className="quiet" role="status">
        {short && again !== "" ? words.short(least) : differ || unfinished ? words.differ : words.nextHint}
      </span>
    </div>
  );
}
