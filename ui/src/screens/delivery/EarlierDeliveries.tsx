/**
 * 以往交付: what was written, how, what was broken off, and writing one of them again exactly as it was: of a closed
 * round too, whose data is still there.
 */
import { Alert, Button } from "antd";
import { useEffect, useState } from "react";
import { useApp } from "../../app/context";
import type { DeliveryCard, DeliveryRepeated, Failure, UnfinishedCard } from "../../bindings/wire";
import { asFailure } from "../../bridge/bridge";
import { CopyButton, CopyPath } from "../../components/CopyButton";
import { DataTable } from "../../components/DataTable";
import { FailureNote } from "../../components/FailureNote";
import { Guarded } from "../../components/Guarded";
import { OpenButton } from "../../components/OpenButton";
import { TargetChooser } from "../../components/TargetChooser";
import { UnfinishedNotes } from "../../components/UnfinishedNotes";
import { useIntoSight } from "../../components/useIntoSight";
import { count } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { OpenFolder, Passphrase } from "./DeliveryTables";

const words = zh.delivery;

/** `job` is the one that wrote it. */
export function RepeatedView({ report, job }: { report: DeliveryRepeated; job: number }) {
  const { bridge } = useApp();
  const box = useIntoSight<HTMLElement>();
  return (
    <section className="panel panel-good stack" ref={box} data-testid={tid.deliveryRepeated}>
      <h2>
        <span className="text-pass">✔</span> {words.repeated(report.number, count(report.files))}
      </h2>
      <p>{report.bit_for_bit ? words.sameBytes : words.sameContents}</p>
      {report.passphrase === null ? null : (
        <Passphrase passphrase={report.passphrase} note={words.passphraseNote} />
      )}
      <p>
        {words.folder}：<span className="mono break">{report.folder}</span>{" "}
        <OpenButton testid={tid.deliveryRepeatedOpen} onOpen={() => bridge.openWritten(job, null)} />{" "}
        <CopyPath path={report.folder} />
      </p>
      <p>
        {words.manifestDigest}：<span className="mono break">{report.manifest_sha256}</span>{" "}
        <CopyButton text={report.manifest_sha256} label={words.copyDigest} />
      </p>
    </section>
  );
}

/** Asks where the delivery is to be written again, and starts that. */
function RepeatBox({ round, number, onClose }: { round: number; number: number; onClose: () => void }) {
  const { bridge, named, startJob, job } = useApp();
  const busy = job !== null && !job.finished;
  const [target, setTarget] = useState<string | null>(null);
  const start = () => {
    if (target === null) return;
    named(() => {
      void startJob(bridge.call("delivery_repeat", { round, number, target }));
      onClose();
    });
  };
  return (
    <Guarded command="delivery_repeat">
      <Alert
        type="info"
        showIcon
        closable
        onClose={onClose}
        title={words.repeatTitle(number)}
        description={
          <div className="stack">
            <span>{words.repeatNote}</span>
            <div className="target-row">
              <TargetChooser
                label={words.chooseTarget}
                testid={tid.deliveryRepeatPick}
                disabled={busy}
                onChosen={setTarget}
              />
              <Button
                type="primary"
                size="large"
                data-testid={tid.deliveryRepeatWrite}
                disabled={busy || target === null}
                onClick={start}
              >
                {words.repeatWrite}
              </Button>
              <span className={target === null ? "text-warn" : "mono break"}>
                {target ?? words.missing.target}
              </span>
            </div>
          </div>
        }
      />
    </Guarded>
  );
}

/** What was broken off while it was written, told until somebody saw to it. */
function Unfinished({ round, stamp }: { round: number; stamp: number }) {
  const { bridge, named, refresh } = useApp();
  const [cards, setCards] = useState<UnfinishedCard[]>([]);
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => {
    void stamp;
    bridge
      .call("delivery_unfinished", { round })
      .then(setCards)
      .catch((thrown) => setFailure(asFailure(thrown, zh.failure.host)));
  }, [bridge, round, stamp]);
  const forget = (id: number) => {
    bridge
      .call("delivery_dismiss", { round, id })
      .then((left) => {
        setFailure(null);
        setCards(left);
        // What is told above every screen may be of it.
        void refresh();
      })
      .catch((thrown) => setFailure(asFailure(thrown, zh.failure.host)));
  };
  const dismiss = (id: number) => named(() => forget(id));
  return (
    <>
      <FailureNote failure={failure} />
      <UnfinishedNotes cards={cards} command="delivery_dismiss" onDismiss={dismiss} />
    </>
  );
}

export function EarlierDeliveries({ round, stamp }: { round: number; stamp: number }) {
  const { bridge } = useApp();
  const [cards, setCards] = useState<DeliveryCard[] | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [again, setAgain] = useState<number | null>(null);
  useEffect(() => {
    void stamp;
    bridge
      .call("delivery_list", { round })
      .then(setCards)
      .catch((thrown) => setFailure(asFailure(thrown, zh.failure.host)));
  }, [bridge, round, stamp]);
  return (
    <section className="stack">
      <h3>{words.earlier}</h3>
      <FailureNote failure={failure} />
      <Unfinished round={round} stamp={stamp} />
      {cards && cards.length === 0 ? <p className="quiet">{words.earlierNone}</p> : null}
      {cards && cards.length > 0 ? (
        <DataTable<DeliveryCard>
          name="deliveries-table"
          title={words.earlier}
          rowKey="number"
          pagination={false}
          rows={cards}
          // Under the delivery it is about: what stands above stays where it is.
          expandable={{
            showExpandColumn: false,
            expandedRowKeys: again === null ? [] : [again],
            expandedRowRender: (card) => (
              <RepeatBox round={round} number={card.number} onClose={() => setAgain(null)} />
            ),
          }}
          columns={[
            { title: words.number, dataIndex: "number", width: 50, align: "right" },
            { title: words.at, dataIndex: "at", width: 150 },
            { title: words.by, dataIndex: "reviewer", width: 90 },
            {
              title: words.files,
              dataIndex: "files",
              width: 70,
              align: "right",
              render: (n: number) => count(n),
            },
            { title: words.how, dataIndex: "how", width: 260 },
            {
              title: words.folder,
              dataIndex: "folder",
              render: (path: string, card) => (
                <>
                  <span className="mono break">{path}</span> <OpenFolder round={round} number={card.number} />
                </>
              ),
            },
            {
              title: "",
              width: 130,
              render: (_, card) => (
                <Button
                  size="small"
                  data-testid={tid.deliveryRepeat(card.number)}
                  disabled={!card.repeatable}
                  title={card.repeatable ? words.repeatTip : words.repeatNot}
                  onClick={() => setAgain(card.number)}
                >
                  {words.repeat}
                </Button>
              ),
            },
          ]}
        />
      ) : null}
    </section>
  );
}
