/** Every student with what was paid, beside where the photo stands. */
import { Button, Segmented } from "antd";
import { useCallback, useState } from "react";
import { useApp } from "../../app/context";
import { useEnded } from "../../app/ended";
import type { FeePart, FeePayment, FeeRow, FeeView } from "../../bindings/wire";
import { AssignPanel } from "../../components/AssignPanel";
import { NoStudents } from "../../components/NoStudents";
import { SearchBox } from "../../components/SearchBox";
import { usePages } from "../../components/usePages";
import { type Column, leastWidth, plain, VirtualTable } from "../../components/VirtualTable";
import { count } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { SharePanel } from "./SharePanel";

const words = zh.fees;

interface Props {
  round: number;
  /** Read again whenever this is another one. */
  view: FeeView;
  onAssign: (payment: FeePayment, student: number | null, text: string) => void;
  onShare: (payment: FeePayment, shares: FeePart[], text: string) => void;
}

/** How much it is, and of how much where several paid together. */
const sum = (payment: FeePayment) =>
  payment.share === null ? `${payment.amount} 元` : words.sharePart(payment.share, payment.amount);
const told = (payment: FeePayment) =>
  [sum(payment), payment.paid_at, payment.text].filter((part) => part !== "").join(" ");

const LINE_PX = 28;
/** Every payment on a line of its own: whoever paid twice is seen to have, and either payment can be released. */
const heightOf = (row: FeeRow) => Math.max(1, row.payments.length) * LINE_PX + 4;

/** What was paid in all, and in how many payments where that is not one. */
function Paid({ row }: { row: FeeRow }) {
  const several = row.payments.length > 1;
  return (
    <>
      {row.paid}
      {several ? <b className="fee-several">{words.several(count(row.payments.length))}</b> : null}
    </>
  );
}

interface PaymentsProps {
  row: FeeRow;
  /** Why nothing is taken any more; null while something is. */
  ended: string | null;
  onAsk: (payment: FeePayment) => void;
}

function Payments({ row, ended, onAsk }: PaymentsProps) {
  return (
    <span className="fee-payments">
      {row.payments.map((payment) => (
        <span key={payment.payment}>
          <span className="fee-payment" title={`${told(payment)}；${payment.how}；${payment.source}`}>
            {sum(payment)} {payment.paid_at} <span className="quiet">{payment.text}</span>
          </span>
          <Button
            size="small"
            disabled={ended !== null}
            title={ended ?? undefined}
            data-testid={tid.feeReassign(payment.payment)}
            onClick={() => onAsk(payment)}
          >
            {words.reassign}
          </Button>
        </span>
      ))}
    </span>
  );
}

export function Ledger({ round, view, onAssign, onShare }: Props) {
  const ended = useEnded(round);
  const { bridge } = useApp();
  const [text, setText] = useState("");
  const [state, setState] = useState("");
  const [asked, setAsked] = useState<FeePayment | null>(null);
  const [sharing, setSharing] = useState(false);
  const ask = (payment: FeePayment | null, shared = false) => {
    setAsked(payment);
    setSharing(shared);
  };
  const give = (payment: FeePayment, student: number | null, said: string) => {
    ask(null);
    onAssign(payment, student, said);
  };
  const fetchPage = useCallback(
    async (offset: number, limit: number) => {
      void view;
      return bridge.call("fee_list", { round, text, state, offset, limit });
    },
    [bridge, round, text, state, view],
  );
  const pages = usePages<FeeRow>(fetchPage);
  const columns: Column<FeeRow>[] = [
    {
      key: "no",
      title: words.no,
      width: "124px",
      cell: (row) => <span className="mono">{row.student.student_no}</span>,
      text: (row) => row.student.student_no,
    },
    // Nine characters and a dot: a name of two parts is read whole.
    plain("name", words.name, "146px", (row) => row.student.name),
    plain("college", words.college, "minmax(156px,1fr)", (row) => row.student.college),
    {
      key: "photo",
      title: words.photo,
      width: "68px",
      cell: (row) => (
        <span className={`state state-${row.student.state}`}>
          {zh.students.states[row.student.state] ?? row.student.state}
        </span>
      ),
      text: (row) => zh.students.states[row.student.state] ?? row.student.state,
    },
    {
      key: "state",
      title: words.state,
      width: "68px",
      cell: (row) => (
        <span className={`fee-state fee-${row.state}`}>
          <i aria-hidden>{words.shapes[row.state]}</i> {words.states[row.state] ?? row.state}
        </span>
      ),
      text: (row) => words.states[row.state] ?? row.state,
    },
    {
      key: "paid",
      title: words.paid,
      width: "96px",
      cell: (row) => <Paid row={row} />,
      text: (row) => Number(row.paid),
    },
    {
      key: "payments",
      title: words.payments,
      // Room for what, when and by whom in the smallest window, before the button.
      width: "minmax(400px,3.2fr)",
      cell: (row) => <Payments row={row} ended={ended} onAsk={ask} />,
      text: (row) => row.payments.map(told).join("；"),
    },
  ];
  return (
    <>
      <div className="wrap-row">
        <Segmented
          value={state}
          onChange={(value) => setState(String(value))}
          options={[
            { value: "", label: words.all },
            ...Object.entries(words.states).map(([value, label]) => ({
              value,
              label: <span data-testid={tid.feeState(value)}>{label}</span>,
            })),
            ...(view.exempt_paid > 0 || state === "exempt"
              ? [
                  {
                    value: "exempt",
                    label: <span data-testid={tid.feeState("exempt")}>{words.exemptPaid}</span>,
                  },
                ]
              : []),
          ]}
        />
        <SearchBox testid={tid.feeSearch} label={words.search} onText={setText} />
      </div>
      {asked && sharing ? (
        <SharePanel
          key={asked.payment}
          payment={asked}
          round={round}
          onShare={(shares, said) => {
            ask(null);
            onShare(asked, shares, said);
          }}
          onClose={() => ask(null)}
        />
      ) : null}
      {asked && !sharing ? (
        <AssignPanel
          id={asked.payment}
          round={round}
          title={words.assignOf(asked.amount, asked.text)}
          onAssign={(student, hit) =>
            give(asked, student, words.assigned(asked.amount, `${hit.student_no} ${hit.name}`))
          }
          onClose={() => ask(null)}
        >
          <Button size="small" data-testid={tid.feeShare(asked.payment)} onClick={() => ask(asked, true)}>
            {words.share}
          </Button>
          <Button
            size="small"
            data-testid={tid.feeRelease(asked.payment)}
            onClick={() => give(asked, null, words.released(asked.amount))}
          >
            {words.release}
          </Button>
        </AssignPanel>
      ) : null}
      <VirtualTable
        columns={columns}
        pages={pages}
        label={words.title}
        testid="fees-table"
        rowTestid={(row) => tid.feeOf(row.student.student_no)}
        minWidth={leastWidth(columns)}
        rowPx={heightOf}
        empty={<NoStudents round={round} loaded={pages.loaded} narrowed={text !== "" || state !== ""} />}
      />
    </>
  );
}
