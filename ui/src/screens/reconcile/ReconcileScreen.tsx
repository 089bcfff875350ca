/** 核对: what is open between roster, photos, deliveries and receipts; the sums of the round; paper photos. */
import { RedoOutlined, RollbackOutlined } from "@ant-design/icons";
import { Button, Segmented } from "antd";
import { useState } from "react";
import { useApp } from "../../app/context";
import { FailureNote } from "../../components/FailureNote";
import { OpenButton } from "../../components/OpenButton";
import { Reading } from "../../components/Reading";
import { ScreenFrame } from "../../components/ScreenFrame";
import { WhileOpen } from "../../components/WhileOpen";
import { count } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { Differences } from "./Differences";
import { EndingPart } from "./EndingPart";
import { PaperPart } from "./PaperPart";
import { ReceiptPanel } from "./ReceiptPanel";
import { Sums } from "./Sums";
import { useReconcile } from "./useReconcile";

const words = zh.reconcile;
type Part = "differences" | "sums" | "paper" | "ending";

export function ReconcileScreen({ round }: { round: number }) {
  const {
    view,
    imported,
    failure,
    said,
    saved,
    spent,
    leave,
    importList,
    reject,
    drop,
    assign,
    settle,
    revert,
    mark,
    close,
    putAway,
  } = useReconcile(round);
  const { bridge, place, status } = useApp();
  const [chosen, setPart] = useState<Part>(place.queue === "ending" ? "ending" : "differences");
  /** The kind of difference that a number led to. */
  const [listed, setListed] = useState("");
  // Of a round whose data is gone nothing can be reconciled any more.
  const erased = status.rounds.find((one) => one.round === round)?.erased ?? false;
  const part = erased ? "ending" : chosen;
  const parts: [Part, string][] = [
    ["differences", `${words.parts.differences} ${count(view?.differences ?? 0)}`],
    ["sums", words.parts.sums],
    ["paper", words.parts.paper],
    ["ending", zh.ending.part],
  ];
  // Told only where it is so: else it would contradict what is around it.
  const nobody = view !== null && view.students === 0 && view.lists.length === 0;
  const off = (way: keyof typeof spent) =>
    spent[way] || nobody ? { disabled: true, title: words.nothing[way] } : {};
  return (
    <ScreenFrame
      name="reconcile"
      fill={part === "differences"}
      title={words.title}
      note={erased ? zh.ending.part : words.how}
      actions={
        erased ? null : (
          <>
            <WhileOpen round={round}>
              <Button
                icon={<RollbackOutlined />}
                data-testid={tid.reconcileUndo}
                {...off("reconcile_undo")}
                onClick={() => revert("reconcile_undo")}
              >
                {words.undo}
              </Button>
              <Button
                icon={<RedoOutlined />}
                data-testid={tid.reconcileRedo}
                {...off("reconcile_redo")}
                onClick={() => revert("reconcile_redo")}
              >
                {words.redo}
              </Button>
            </WhileOpen>
            <Segmented
              value={part}
              onChange={(value) => {
                leave();
                setListed("");
                setPart(value as Part);
              }}
              options={parts.map(([value, label]) => ({
                value,
                label: <span data-testid={tid.reconcilePart(value)}>{label}</span>,
              }))}
            />
          </>
        )
      }
    >
      <FailureNote failure={failure} />
      {view || failure || erased ? null : <Reading />}
      {/* Its line is kept for it: what it tells of moves nothing from under the pointer. */}
      {erased ? null : (
        <p className="quiet rec-said" role="status">
          {said ? <span data-testid={tid.reconcileSaid}>{said}</span> : null}
          {saved ? (
            <>
              {" "}
              <OpenButton testid={tid.closingOpen} onOpen={() => bridge.openClosing(round)} />
            </>
          ) : null}
        </p>
      )}
      {view && part === "differences" ? (
        <div className="rec-fill">
          <ReceiptPanel
            round={round}
            view={view}
            imported={imported}
            onImport={importList}
            onReject={reject}
            onPutAway={putAway}
          />
          <Differences
            round={round}
            view={view}
            first={listed}
            onDrop={drop}
            onAssign={assign}
            onSettle={settle}
          />
        </div>
      ) : null}
      {view && part === "sums" ? (
        <Sums
          round={round}
          view={view}
          onSave={close}
          onList={(kind) => {
            leave();
            setListed(kind);
            setPart("differences");
          }}
        />
      ) : null}
      {part === "ending" ? <EndingPart round={round} /> : null}
      {view && part === "paper" ? <PaperPart round={round} view={view} onMark={mark} /> : null}
    </ScreenFrame>
  );
}
