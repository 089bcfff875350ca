/** The lists that the ledger was read from, and what came of the last one. */
import { Button, type ButtonProps, Popconfirm } from "antd";
import { useEnded } from "../../app/ended";
import type { FeeImported, FeeView } from "../../bindings/wire";
import { DataTable } from "../../components/DataTable";
import { count } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";

const words = zh.fees;

interface Props {
  round: number;
  view: FeeView;
  imported: FeeImported | null;
  onRemove: (file: string) => void;
}

function Imported({ imported }: { imported: FeeImported }) {
  const { file, added, refunds, matched, known, updated, skipped, skipped_total } = imported;
  return (
    <div className="stack" role="status" data-testid={tid.feeImported}>
      <span>
        {words.imported(file, count(added), count(matched), count(known))}
        {refunds > 0 ? words.refunds(count(refunds)) : null}
        {updated > 0 ? words.updated(count(updated)) : null}
      </span>
      {skipped.length > 0 ? (
        <details>
          <summary>{words.skipped(count(skipped_total))}</summary>
          {skipped.length < skipped_total ? (
            <p className="quiet">{words.skippedFirst(count(skipped.length))}</p>
          ) : null}
          <DataTable
            name="fee-skipped"
            title={words.skipped(count(skipped_total))}
            rowKey={({ cell, why }) => `${cell} ${why}`}
            pagination={skipped.length > 10 ? { pageSize: 10, showSizeChanger: false } : false}
            rows={skipped}
            columns={[
              { title: words.cell, dataIndex: "cell", width: 90 },
              { title: words.why, dataIndex: "why" },
            ]}
          />
        </details>
      ) : null}
    </div>
  );
}

export function FeeLists({ round, view, imported, onRemove }: Props) {
  const ended = useEnded(round);
  if (view.lists.length === 0 && imported === null) return null;
  return (
    <section className="panel stack">
      {imported ? <Imported imported={imported} /> : null}
      {view.lists.length > 0 ? (
        <details>
          <summary>
            {words.lists} {count(view.lists.length)}　<span className="quiet">{words.sum(view.sum)}</span>
          </summary>
          <ul className="lines">
            {view.lists.map((list) => (
              <li key={list.file}>
                {list.file}
                {"　"}
                <span className="quiet">
                  {words.list(count(list.payments), list.sum)}
                  {list.refunds > 0 ? words.listRefunds(count(list.refunds), list.refunded) : null}
                </span>{" "}
                <Popconfirm
                  disabled={ended !== null}
                  title={words.removeSure(list.also_in)}
                  okText={words.remove}
                  cancelText={zh.reviewer.cancel}
                  okButtonProps={{ "data-testid": tid.feeRemoveSure } as ButtonProps}
                  onConfirm={() => onRemove(list.file)}
                >
                  <Button
                    size="small"
                    disabled={ended !== null}
                    title={ended ?? undefined}
                    data-testid={tid.feeRemove(list.file)}
                  >
                    {words.remove}
                  </Button>
                </Popconfirm>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </section>
  );
}
