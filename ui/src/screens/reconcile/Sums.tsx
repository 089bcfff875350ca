/** The sums of the round, each with parts that add up, and the last page to be signed. */
import type { ReconcileSum, ReconcileView } from "../../bindings/wire";
import { TargetChooser } from "../../components/TargetChooser";
import { count } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";

const words = zh.reconcile;

function SumTable({ sum }: { sum: ReconcileSum }) {
  return (
    <section className="panel">
      <table className="rec-sum" data-testid={tid.reconcileSum(sum.title)}>
        <caption>{sum.title}</caption>
        <tbody>
          {sum.parts.map((part) => (
            <tr key={part.title}>
              <th scope="row">{part.title}</th>
              <td>{count(part.number)}</td>
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

export function Sums({ view, onSave }: { view: ReconcileView; onSave: (folder: string) => void }) {
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
          <SumTable key={sum.title} sum={sum} />
        ))}
      </div>
    </div>
  );
}
