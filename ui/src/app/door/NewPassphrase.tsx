/** Two boxes for a new passphrase of the workspace; says what is wrong with it once both are filled. */
import { PASSPHRASE, Secret } from "../../components/Secret";
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
  const differ = again !== "" && again !== passphrase;
  const tooShort = short && again !== "";
  return (
    <div className="stack">
      <Secret
        name={tid.doorNext}
        label={words.next(least)}
        value={passphrase}
        onValue={(value) => onTyped({ passphrase: value, again })}
        autoFocus={focused ?? false}
        status={tooShort ? "warning" : ""}
        {...PASSPHRASE}
      />
      <Secret
        name={tid.doorAgain}
        label={words.again}
        value={again}
        onValue={(value) => onTyped({ passphrase, again: value })}
        // While it is on its way to the same, nothing is wrong with it yet.
        status={differ && !passphrase.startsWith(again) ? "warning" : ""}
        {...PASSPHRASE}
      />
      <span className="quiet" role="status">
        {tooShort ? words.short(least) : differ ? words.differ : words.nextHint}
      </span>
    </div>
  );
}
