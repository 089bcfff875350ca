/** Payments that nobody on the roster is known to have made, and the two ways out: a student, or none of this round. */
import { Button } from "antd";
import { useState } from "react";
import type { FeePayment, FeeView, StudentHit } from "../../bindings/wire";
import { AssignPanel } from "../../components/AssignPanel";
import { DataTable } from "../../components/DataTable";
import { count } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";

const words = zh.fees;
const PAGE = 50;
/** Whoever is not among the first is found by typing. */
const OFFERED = 6;
const whose = (hit: StudentHit) => `${hit.student_no} ${hit.name}`;

interface Props {
  round: number;
  view: FeeView;
  onAssign: (payment: FeePayment, student: number | null, text: string) => void;
}

/** Why nobody is known to have paid it, and whoever may have, one press away. */
function Reason({ payment, onAssign }: { payment: FeePayment; onAssign: (hit: StudentHit) => void }) {
  return (
    <>
      {payment.how}
      {payment.candidates.length > 0 ? (
        <ul className="fee-candidates">
          {payment.candidates.slice(0, OFFERED).map((hit) => (
            <li key={hit.student}>
              <Button
                size="small"
                title={hit.college}
                data-testid={tid.feeCandidate(payment.payment, hit.student)}
                onClick={() => onAssign(hit)}
              >
                {words.isOf(whose(hit))}
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
    </>
  );
}

export function UnknownPayments({ round, view, onAssign }: Props) {
  const [asked, setAsked] = useState<number | null>(null);
  const payment = view.unknown.find((one) => one.payment === asked);
  const assign = (one: FeePayment, hit: StudentHit) => {
    setAsked(null);
    onAssign(one, hit.student, words.assigned(one.amount, whose(hit)));
  };
  if (view.unknown.length === 0) return <p className="panel quiet">{words.noUnknown}</p>;
  return (
    <section className="panel stack">
      <span>{words.unknownNote(count(view.unknown_total), view.unknown_sum)}</span>
      {view.unknown.length < view.unknown_total ? (
        <span className="quiet">{words.unknownFirst(count(view.unknown.length))}</span>
      ) : null}
      {payment ? (
        <AssignPanel
          id={payment.payment}
          round={round}
          title={words.assignOf(payment.amount, payment.text)}
          candidates={payment.candidates}
          onAssign={(_, hit) => assign(payment, hit)}
          onClose={() => setAsked(null)}
        />
      ) : null}
      <DataTable<FeePayment>
        name="fee-unknown"
        title={words.unknown}
        rowKey="payment"
        pagination={view.unknown.length > PAGE ? { pageSize: PAGE, showSizeChanger: false } : false}
        rows={view.unknown}
        columns={[
          { title: words.amount, dataIndex: "amount", width: 96, align: "right" },
          { title: words.paidAt, dataIndex: "paid_at", width: 110 },
          { title: words.text, dataIndex: "text" },
          {
            title: words.reference,
            dataIndex: "reference",
            width: 140,
            render: (text: string) => <span className="break">{text}</span>,
          },
          { title: words.source, dataIndex: "source", width: 130 },
          {
            title: words.reason,
            dataIndex: "how",
            width: 260,
            render: (_, row) => <Reason payment={row} onAssign={(hit) => assign(row, hit)} />,
          },
          {
            title: "",
            width: 190,
            render: (_, row) => (
              <>
                <Button
                  size="small"
                  data-testid={tid.feeAsk(row.payment)}
                  onClick={() => setAsked(row.payment)}
                >
                  {words.assign}
                </Button>
                {row.dismissed ? null : (
                  <Button
                    size="small"
                    type="text"
                    data-testid={tid.feeDismiss(row.payment)}
                    onClick={() => onAssign(row, null, words.dismissed(row.amount))}
                  >
                    {words.nobodys}
                  </Button>
                )}
              </>
            ),
          },
        ]}
      />
    </section>
  );
}
