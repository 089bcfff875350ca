/** Payments that nobody on the roster is known to have made, and the two ways out: a student, or none of this round. */
import { Button } from "antd";
import { useCallback, useEffect, useState } from "react";
import { useApp } from "../../app/context";
import { useEnded } from "../../app/ended";
import type { Failure, FeePart, FeePayment, FeeView, StudentHit } from "../../bindings/wire";
import { asFailure } from "../../bridge/bridge";
import { AssignPanel } from "../../components/AssignPanel";
import { DataTable } from "../../components/DataTable";
import { FailureNote } from "../../components/FailureNote";
import { SearchBox } from "../../components/SearchBox";
import { WhileOpen } from "../../components/WhileOpen";
import { count } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { SharePanel } from "./SharePanel";

const words = zh.fees;
const PAGE = 50;
/** Rows asked for at once when all are wanted. */
const PAGE_OF_ALL = 1000;
/** Whoever is not among the first is found by typing. */
const OFFERED = 6;
const whose = (hit: StudentHit) => `${hit.student_no} ${hit.name}`;

interface Props {
  round: number;
  view: FeeView;
  onAssign: (payment: FeePayment, student: number | null, text: string) => void;
  onShare: (payment: FeePayment, shares: FeePart[], text: string) => void;
}

interface ReasonProps {
  payment: FeePayment;
  onAssign: (hit: StudentHit) => void;
  onShare: (shares: FeePart[], text: string) => void;
}

/** Why nobody is known to have paid it, and whoever may have, one press away. */
function Reason({ payment, onAssign, onShare }: ReasonProps) {
  const { together } = payment;
  const nameOf = ({ student }: FeePart) => {
    const one = payment.candidates.find(({ hit }) => hit.student === student);
    return one ? whose(one.hit) : "";
  };
  const all = together.map(nameOf).join("、");
  const [first] = together;
  const isEven = together.every(({ amount }) => amount === first?.amount);
  return (
    <>
      {payment.how}
      {first ? (
        <Button
          size="small"
          className="fee-together"
          data-testid={tid.feeTogether(payment.payment)}
          onClick={() => onShare(together, words.shared(payment.amount, all))}
        >
          {isEven
            ? words.shareTogether(all, first.amount)
            : words.backParts(together.map((part) => words.backPart(nameOf(part), part.amount)).join("、"))}
        </Button>
      ) : null}
      {payment.candidates.length > 0 ? (
        <ul className="fee-candidates">
          {payment.candidates.slice(0, OFFERED).map(({ hit, paid }) => (
            <li key={hit.student}>
              <Button
                size="small"
                title={hit.college}
                data-testid={tid.feeCandidate(payment.payment, hit.student)}
                onClick={() => onAssign(hit)}
              >
                {words.isOf(whose(hit), paid)}
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
    </>
  );
}

/** The page in sight of those that were searched for: of a short list what the view has, of any other what is asked for. */
function useUnknown(round: number, view: FeeView) {
  const { bridge } = useApp();
  const [text, setText] = useState("");
  const [page, setPage] = useState(1);
  const listed = view.unknown_total + view.aside_total;
  const [found, setFound] = useState({ total: listed, rows: view.unknown.slice(0, PAGE) });
  const [failure, setFailure] = useState<Failure | null>(null);
  const isWhole = text === "" && view.unknown.length === listed;
  useEffect(() => {
    if (isWhole) {
      setFailure(null);
      return;
    }
    // Whatever was given away since, is another page.
    void view;
    let stale = false;
    bridge
      .call("fee_unknown", { round, text, offset: (page - 1) * PAGE, limit: PAGE })
      .then((answer) => {
        if (stale) return;
        setFound(answer);
        setFailure(null);
        // The last of a page may have been given away.
        if (answer.rows.length === 0 && page > 1) setPage(Math.max(1, Math.ceil(answer.total / PAGE)));
      })
      .catch((thrown) => {
        if (!stale) setFailure(asFailure(thrown, zh.failure.host));
      });
    return () => {
      stale = true;
    };
  }, [bridge, round, text, page, isWhole, view]);
  const search = useCallback((typed: string) => {
    setText(typed);
    setPage(1);
  }, []);
  const readAll = async () => {
    if (isWhole) return view.unknown;
    const rows: FeePayment[] = [];
    for (;;) {
      const next = await bridge.call("fee_unknown", { round, text, offset: rows.length, limit: PAGE_OF_ALL });
      rows.push(...next.rows);
      if (next.rows.length === 0 || rows.length >= next.total) return rows;
    }
  };
  const total = isWhole ? listed : found.total;
  const rows = isWhole ? view.unknown.slice((page - 1) * PAGE, page * PAGE) : found.rows;
  return { text, search, total, rows, page, setPage, readAll, failure };
}

export function UnknownPayments({ round, view, onAssign, onShare }: Props) {
  const ended = useEnded(round);
  const { text, search, total, rows, page, setPage, readAll, failure } = useUnknown(round, view);
  const [asked, setAsked] = useState<number | null>(null);
  const [sharing, setSharing] = useState(false);
  const ask = (of: number | null, shared = false) => {
    setAsked(of);
    setSharing(shared);
  };
  const payment = rows.find((one) => one.payment === asked);
  const assign = (one: FeePayment, hit: StudentHit) => {
    ask(null);
    onAssign(one, hit.student, words.assigned(one.amount, whose(hit)));
  };
  const share = (one: FeePayment, shares: FeePart[], said: string) => {
    ask(null);
    onShare(one, shares, said);
  };
  if (view.unknown_total + view.aside_total === 0) {
    return (
      <p className="panel quiet">{view.lists.length === 0 ? words.noList(words.pick) : words.noUnknown}</p>
    );
  }
  return (
    <section className="panel stack">
      <div className="wrap-row">
        <span>
          {view.unknown_total === 0
            ? words.noUnknown
            : words.unknownNote(count(view.unknown_total), view.unknown_sum)}
        </span>
        {view.aside_total === 0 ? null : (
          <span className="quiet" data-testid={tid.feeAside}>
            {words.aside(count(view.aside_total), view.aside_sum)}
          </span>
        )}
        {text === "" ? null : <span role="status">{words.unknownFound(count(total))}</span>}
        <span className="grow" />
        <SearchBox testid={tid.feeUnknownSearch} label={words.unknownSearch} onText={search} />
      </div>
      <FailureNote failure={failure} />
      {payment && sharing ? (
        <SharePanel
          key={payment.payment}
          payment={payment}
          round={round}
          onShare={(shares, said) => share(payment, shares, said)}
          onClose={() => ask(null)}
        />
      ) : null}
      {payment && !sharing ? (
        <AssignPanel
          id={payment.payment}
          round={round}
          title={words.assignOf(payment.amount, payment.text)}
          candidates={payment.candidates.map(({ hit }) => hit)}
          onAssign={(_, hit) => assign(payment, hit)}
          onClose={() => ask(null)}
        >
          <Button
            size="small"
            data-testid={tid.feeShare(payment.payment)}
            onClick={() => ask(payment.payment, true)}
          >
            {words.share}
          </Button>
        </AssignPanel>
      ) : null}
      <DataTable<FeePayment>
        name="fee-unknown"
        title={words.unknown}
        rowKey="payment"
        pagination={
          total > PAGE
            ? { current: page, pageSize: PAGE, total, showSizeChanger: false, onChange: setPage }
            : false
        }
        rows={rows}
        readAll={readAll}
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
            render: (_, row) => (
              <WhileOpen round={round}>
                <Reason
                  payment={row}
                  onAssign={(hit) => assign(row, hit)}
                  onShare={(shares, said) => share(row, shares, said)}
                />
              </WhileOpen>
            ),
          },
          {
            title: "",
            width: 190,
            render: (_, row) => (
              <div className="fee-acts">
                <Button
                  size="small"
                  disabled={ended !== null}
                  title={ended ?? undefined}
                  data-testid={tid.feeAsk(row.payment)}
                  onClick={() => ask(row.payment)}
                >
                  {words.assign}
                </Button>
                {row.dismissed ? null : (
                  <Button
                    size="small"
                    disabled={ended !== null}
                    title={ended ?? undefined}
                    data-testid={tid.feeDismiss(row.payment)}
                    onClick={() => onAssign(row, null, words.dismissed(row.amount))}
                  >
                    {words.nobodys}
                  </Button>
                )}
              </div>
            ),
          },
        ]}
      />
    </section>
  );
}
