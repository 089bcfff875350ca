/** The door for lists of the studio and of 学信网, what came of the last one, and what was given back. */
import { FolderOpenOutlined } from "@ant-design/icons";
import { Alert, Button, type ButtonProps, Popconfirm, Select } from "antd";
import { useEffect, useState } from "react";
import { useApp } from "../../app/context";
import type { DeliveryCard, ReceiptsImported, ReconcileView } from "../../bindings/wire";
import { DataTable } from "../../components/DataTable";
import { PathChooser } from "../../components/PathChooser";
import { WhileOpen } from "../../components/WhileOpen";
import { count } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";

const words = zh.reconcile;
const PAGE = 8;

interface Props {
  round: number;
  view: ReconcileView;
  imported: ReceiptsImported | null;
  onImport: (path: string, kind: string, delivery: number | null) => void;
  onReject: () => void;
  /** What came of the last list was read. */
  onPutAway: () => void;
}

function Imported({ imported }: { imported: ReceiptsImported }) {
  const { file, kinds, added, known, settled, dropped, elsewhere, unsettled, strangers } = imported;
  const { unclear, unclear_total } = imported;
  const title = words.unclear(count(unclear_total));
  const cut = unclear_total - unclear.length;
  return (
    <div role="status" data-testid={tid.receiptImported}>
      {words.imported(file, kinds, count(added), count(known))}
      {settled > 0 ? words.settledBefore(count(settled)) : ""}
      {unsettled > 0 ? words.unsettled(count(unsettled)) : ""}
      {dropped > 0 ? words.droppedBefore(count(dropped)) : ""}
      {elsewhere > 0 ? words.elsewhere(count(elsewhere)) : ""}
      {unclear.length > 0 ? (
        <details>
          <summary>{title}</summary>
          <DataTable
            name="receipt-unclear"
            title={title}
            rowKey={(row) => `${row.cell} ${row.why}`}
            pagination={unclear.length > PAGE ? { pageSize: PAGE, showSizeChanger: false } : false}
            rows={unclear}
            columns={[
              { title: words.cell, dataIndex: "cell", width: 90 },
              { title: words.why, dataIndex: "why" },
            ]}
          />
          {cut > 0 ? <p className="quiet">{words.unclearCut(count(unclear.length), count(cut))}</p> : null}
        </details>
      ) : null}
      {strangers.length > 0 ? (
        <details>
          <summary>{words.strangers(count(elsewhere))}</summary>
          <p>
            {strangers.map((row) => `${row.why}（${row.cell}）`).join("、")}
            {elsewhere > strangers.length ? words.strangersMore(count(elsewhere - strangers.length)) : ""}
          </p>
        </details>
      ) : null}
    </div>
  );
}

function Lists({ view }: { view: ReconcileView }) {
  return (
    <details>
      <summary>{words.lists(count(view.lists.length))}</summary>
      <ul className="lines">
        {view.lists.map((list) => (
          <li key={`${list.file} ${list.read_at}`}>
            {list.file}
            {"　"}
            <span className="quiet">
              {words.list(list.kinds, count(list.rows), list.reviewer, list.read_at)}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** The deliveries that a list may answer, with when they were made and of what; by number alone where that cannot be told. */
function useDeliveries(round: number, view: ReconcileView) {
  const { bridge } = useApp();
  const [cards, setCards] = useState<DeliveryCard[]>([]);
  const many = view.deliveries > 1;
  useEffect(() => {
    if (!many) return;
    let stale = false;
    bridge
      .call("delivery_list", { round })
      .then((found) => !stale && setCards(found))
      .catch(() => undefined);
    return () => {
      stale = true;
    };
  }, [bridge, round, many]);
  return Array.from({ length: view.deliveries }, (_, at) => {
    const card = cards.find((one) => one.number === at + 1);
    return { number: at + 1, told: card ? words.deliveryTold(card.at, count(card.files), card.how) : "" };
  });
}

export function ReceiptPanel({ round, view, imported, onImport, onReject, onPutAway }: Props) {
  const [kind, setKind] = useState("");
  const [delivery, setDelivery] = useState<number | null>(null);
  const deliveries = useDeliveries(round, view);
  const answersStudio = kind === "" || kind === "studio";
  return (
    <section className="panel stack">
      <WhileOpen round={round}>
        <div className="wrap-row">
          <PathChooser
            choices={[
              {
                kind: "receipt",
                label: words.pick,
                testid: tid.receiptPick,
                icon: <FolderOpenOutlined />,
                primary: true,
              },
            ]}
            onChosen={(paths) => paths[0] && onImport(paths[0], kind, answersStudio ? delivery : null)}
          />
          <label htmlFor="receipt-kind">{words.kind}</label>
          <Select
            id="receipt-kind"
            data-testid={tid.receiptKind}
            value={kind}
            onChange={setKind}
            style={{ width: 160 }}
            // No tooltip of the same words over the next choice.
            options={words.kinds.map(([value, label]) => ({ value, label, title: "" }))}
          />
          {deliveries.length > 1 && answersStudio ? (
            <>
              <label htmlFor="receipt-delivery">{words.delivery}</label>
              <Select<number>
                id="receipt-delivery"
                data-testid={tid.receiptDelivery}
                value={delivery ?? 0}
                onChange={(value) => setDelivery(value === 0 ? null : value)}
                style={{ width: 150 }}
                popupMatchSelectWidth={false}
                options={[
                  { value: 0, label: words.deliveryLast, title: "" },
                  ...deliveries.map(({ number, told }) => ({
                    value: number,
                    label: words.deliveryNumber(number),
                    told,
                    title: "",
                  })),
                ]}
                // What it was stands where it is chosen, and not where it was.
                optionRender={({ label, data }) => (
                  <>
                    {label} {"told" in data && data.told ? <span className="quiet">{data.told}</span> : null}
                  </>
                )}
              />
            </>
          ) : null}
          <span className="grow" />
          <span className="quiet">{words.clearOf(count(view.clear), count(view.students))}</span>
        </div>
      </WhileOpen>
      {imported ? (
        <div className="rec-imported">
          <Imported imported={imported} />
          <Button size="small" data-testid={tid.receiptPutAway} onClick={onPutAway}>
            {words.putAway}
          </Button>
        </div>
      ) : null}
      {view.lists.length > 0 ? <Lists view={view} /> : null}
      {view.returned > 0 ? (
        <Alert
          type="warning"
          showIcon
          title={words.returned(count(view.returned))}
          action={
            <WhileOpen round={round}>
              <Popconfirm
                title={words.rejectSure}
                okText={words.reject(count(view.returned))}
                cancelText={words.cancel}
                okButtonProps={{ "data-testid": tid.receiptRejectSure } as ButtonProps}
                onConfirm={onReject}
              >
                <Button size="small" type="primary" data-testid={tid.receiptReject}>
                  {words.reject(count(view.returned))}
                </Button>
              </Popconfirm>
            </WhileOpen>
          }
        />
      ) : null}
    </section>
  );
}
