/** The sums of the round, each with parts that add up, and the last page to be signed. */
import { useApp } from "../../app/context";
import type { ReconcilePart, ReconcileSum, ReconcileView } from "../../bindings/wire";
import { TargetChooser } from "../../components/TargetChooser";
import { count } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { SCREENS } from "./Differences";

const words = zh.reconcile;

/** The number of a part, and the way to where something is to be done about those that fall into it. */
function PartNumber({ part, round }: { part: ReconcilePart; round: number }) {
  const { go } = useApp();
  const screen = SCREENS[part.kind];
  const text = count(part.number);
  if (screen === undefined || part.number === 0) return text;
  return (
    <button
      type="button"
      className="linklike"
      data-testid={tid.reconcileWay(part.kind)}
      title={words.wayOf(part.title)}
      onClick={() => go({ screen, round })}
    >
      {text}
    </button>
  );
}

function SumTable({ sum, round }: { sum: ReconcileSum; round: number }) {
  return (
    <section className="panel">
      <table className="rec-sum" data-testid={tid.reconcileSum(sum.title)}>
        <caption>{sum.title}</caption>
        <tbody>
          {sum.parts.map((part) => (
            <tr key={part.title}>
              <th scope="row">{part.title}</th>
              <td>
                <PartNumber part={part} round={round} />
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
}

export function Sums({ round, view, onSave }: Props) {
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
          <SumTable key={sum.title} sum={sum} round={round} />
        ))}
      </div>
    </div>
  );
}
