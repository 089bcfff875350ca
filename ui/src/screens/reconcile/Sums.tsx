/** The sums of the round, each with parts that add up, and the last page to be signed. */
import { useApp } from "../../app/context";
import type { ReconcilePart, ReconcileSum, ReconcileView } from "../../bindings/wire";
import { TargetChooser } from "../../components/TargetChooser";
import { count } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { SCREENS } from "./Differences";

const words = zh.reconcile;

/** In place of a kind of difference: those of every kind. */
const ALL = "all";

interface Lists {
  /** Kinds of difference of which there are some. */
  kinds: readonly string[];
  /** Opens the list of a kind, of every kind where it is empty. */
  onList: (kind: string) => void;
}

/** The number of a part, and the way to the list of those that fall into it, or to where they are listed on another screen. */
function PartNumber({ part, round, kinds, onList }: { part: ReconcilePart; round: number } & Lists) {
  const { go } = useApp();
  const screen = SCREENS[part.kind];
  const text = count(part.number);
  const listed = kinds.includes(part.kind) || (part.kind === ALL && kinds.length > 0);
  if (part.number === 0 || (!listed && screen === undefined)) return text;
  return (
    <button
      type="button"
      className="linklike"
      data-testid={tid.reconcileWay(part.kind)}
      title={listed ? words.listOf(part.title) : words.wayOf(part.title)}
      onClick={() => {
        if (listed) onList(part.kind === ALL ? "" : part.kind);
        else if (screen !== undefined) go({ screen, round });
      }}
    >
      {text}
    </button>
  );
}

function SumTable({ sum, ...way }: { sum: ReconcileSum; round: number } & Lists) {
  return (
    <section className="panel">
      <table className="rec-sum" data-testid={tid.reconcileSum(sum.title)}>
        <caption>{sum.title}</caption>
        <tbody>
          {sum.parts.map((part) => (
            <tr key={part.title}>
              <th scope="row">{part.title}</th>
              <td>
                <PartNumber part={part} {...way} />
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{words.whole}</th>
            <td>{count(sum.whole)}</td>
          </tr>
        </tfoot>
      </table>
    </section>
  );
}

interface Props {
  round: number;
  view: ReconcileView;
  onSave: (folder: string) => void;
  onList: Lists["onList"];
}

export function Sums({ round, view, onSave, onList }: Props) {
  const kinds = view.kinds.map((one) => one.kind);
  return (
    <div className="stack">
      <section className="panel stack">
        <span>{words.sumsNote}</span>
        <TargetChooser
          label={words.save}
          testid={tid.closingSave}
          onChosen={(folder) => folder && onSave(folder)}
        />
      </section>
      <div className="rec-sums">
        {view.sums.map((sum) => (
          <SumTable key={sum.title} sum={sum} round={round} kinds={kinds} onList={onList} />
        ))}
      </div>
    </div>
  );
}
