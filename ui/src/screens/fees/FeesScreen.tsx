/** 缴费: the fee of the round, the lists that were read, who has paid, and the payments nobody is known to have made. */
import { Segmented } from "antd";
import { useCallback, useEffect, useState } from "react";
import { useApp } from "../../app/context";
import type { Failure, FeeImported, FeePart, FeePayment, FeeView } from "../../bindings/wire";
import { asFailure } from "../../bridge/bridge";
import { FailureNote } from "../../components/FailureNote";
import { Reading } from "../../components/Reading";
import { ScreenFrame } from "../../components/ScreenFrame";
import { count } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { FeeLists } from "./FeeLists";
import { FeePanel } from "./FeePanel";
import { Ledger } from "./Ledger";
import { UnknownPayments } from "./UnknownPayments";

const words = zh.fees;
type Part = "ledger" | "unknown";

/** What the round's ledger shows, and every act on it. */
function useFees(round: number) {
  const { bridge, named } = useApp();
  const [view, setView] = useState<FeeView | null>(null);
  const [imported, setImported] = useState<FeeImported | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [said, setSaid] = useState("");
  const act = useCallback(async (doing: Promise<FeeView>, text: string) => {
    try {
      setView(await doing);
      setFailure(null);
      setSaid(text);
    } catch (thrown) {
      setFailure(asFailure(thrown, zh.failure.host));
    }
  }, []);
  useEffect(() => {
    void act(bridge.call("fee_show", { round }), "");
  }, [act, bridge, round]);
  /** As `act`, when somebody is there to sign it; else asks who first. */
  const signed = (doing: () => Promise<FeeView>, text: string) => named(() => void act(doing(), text));
  const set = (fee: string, hold: boolean) =>
    signed(() => bridge.call("fee_set", { round, fee, hold }), words.saved);
  const read = async (path: string) => {
    try {
      const done = await bridge.call("fee_import", { round, path });
      setImported(done);
      await act(bridge.call("fee_show", { round }), "");
    } catch (thrown) {
      setImported(null);
      setFailure(asFailure(thrown, zh.failure.host));
    }
  };
  const importList = (path: string) => named(() => void read(path));
  const remove = (file: string) => {
    const others = view?.lists.find((list) => list.file === file)?.also_in ?? [];
    signed(
      () => {
        setImported(null);
        return bridge.call("fee_remove", { round, file });
      },
      words.removed(file, others),
    );
  };
  const assign = (payment: FeePayment, student: number | null, text: string) => {
    signed(() => bridge.call("fee_assign", { round, payment: payment.payment, student }), text);
  };
  const share = (payment: FeePayment, shares: FeePart[], text: string) => {
    signed(() => bridge.call("fee_share", { round, payment: payment.payment, shares }), text);
  };
  return { view, imported, failure, said, set, importList, remove, assign, share };
}

export function FeesScreen({ round }: { round: number }) {
  const { view, imported, failure, said, set, importList, remove, assign, share } = useFees(round);
  const [part, setPart] = useState<Part>("ledger");
  const parts: [Part, string, number | undefined][] = [
    ["ledger", words.ledger, view?.students],
    ["unknown", words.unknown, view?.unknown_total],
  ];
  return (
    <ScreenFrame
      name="fees"
      fill={part === "ledger"}
      title={words.title}
      note={words.how}
      actions={
        <Segmented
          value={part}
          onChange={(value) => setPart(value as Part)}
          options={parts.map(([value, label, number]) => ({
            value,
            label: (
              <span data-testid={tid.feePart(value)}>
                {label} {number === undefined ? "" : count(number)}
              </span>
            ),
          }))}
        />
      }
    >
      <FailureNote failure={failure} />
      {view || failure ? null : <Reading />}
      {view ? (
        <div className={part === "ledger" ? "fee-fill" : "stack"}>
          <FeePanel round={round} view={view} said={said} onSet={set} onImport={importList} />
          <FeeLists round={round} view={view} imported={imported} onRemove={remove} />
          {part === "ledger" ? (
            <Ledger round={round} view={view} onAssign={assign} onShare={share} />
          ) : (
            <UnknownPayments round={round} view={view} onAssign={assign} onShare={share} />
          )}
        </div>
      ) : null}
    </ScreenFrame>
  );
}
