/** The photos nobody is known for, by why, each with a way to say whose it is, or that it is nobody's. */
import { Button, type ButtonProps, Popconfirm, Segmented } from "antd";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useApp } from "../../app/context";
import { useEnded } from "../../app/ended";
import type { Failure, NearPhotoView, PileItem, Piles, StudentHit } from "../../bindings/wire";
import { asFailure } from "../../bridge/bridge";
import { AssignBox } from "../../components/AssignBox";
import { alikeWord } from "../../components/alikeWord";
import { FailureNote } from "../../components/FailureNote";
import { PhotoImage } from "../../components/PhotoImage";
import { WhileOpen } from "../../components/WhileOpen";
import { count } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { ProposalBox } from "./ProposalBox";
import { besideEachOther, usePartners } from "./partners";

const words = zh.photos;
type PileKey = Exclude<keyof Piles, "proposals">;
const PILES: [PileKey, string, string][] = [
  ["ambiguous", words.ambiguous, words.pileHint.ambiguous],
  ["not_on_roster", words.notOnRoster, words.pileHint.notOnRoster],
  ["unknown", words.unknownPile, words.pileHint.unknown],
  ["shared", words.sharedPile, words.pileHint.shared],
  ["excluded", words.excludedPile, words.pileHint.excluded],
  ["dismissed", words.dismissedPile, words.pileHint.dismissed],
];
/** Those that count as 待认领, here and on 批次. */
const WAITING: readonly PileKey[] = ["ambiguous", "not_on_roster", "unknown"];
/** More cards than anybody handles in one go would only make the page slow; the rest follow as these go. */
const SHOWN = 60;
const NO_ITEMS: PileItem[] = [];

interface Acts {
  assign: (item: PileItem, at: number, hit: StudentHit) => void;
  dismiss: (items: PileItem[]) => void;
  putBack: (item: PileItem, pile: PileKey) => void;
}

interface CardProps {
  item: PileItem;
  at: number;
  pile: PileKey;
  round: number;
  /** The photos of others that are the same or look it. */
  partners: NearPhotoView[];
  /** Why the last act on this photo was refused. */
  failure: Failure | null;
  acts: Acts;
}

function PartnerList({ partners }: { partners: NearPhotoView[] }) {
  const { bridge } = useApp();
  return (
    <ul className="pile-partners">
      {partners.map((other) => (
        <li key={other.submission} data-testid={tid.pilePartner(other.submission)}>
          <PhotoImage src={bridge.photoUrl("thumb", other.photo)} alt={other.student_no} loading="lazy" />
          <span>
            {words.partnerOf} <span className="mono">{other.student_no}</span> <b>{other.name}</b>
            <br />
            <span className="quiet">{alikeWord(other)}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}

function PileCard({ item, at, pile, round, partners, failure, acts }: CardProps) {
  const { bridge, go } = useApp();
  return (
    <li className="pile-card" data-testid={tid.pileItem(item.submission)}>
      <PhotoImage src={bridge.photoUrl("thumb", item.photo)} alt={item.file_name} loading="lazy" />
      <div className="pile-text">
        <strong className="break">{item.file_name}</strong>
        <span className="quiet">{item.detail}</span>
        {partners.length > 0 ? <PartnerList partners={partners} /> : null}
        {pile === "dismissed" ? null : (
          <WhileOpen round={round}>
            <AssignBox
              id={item.submission}
              round={round}
              candidates={item.candidates}
              ofPhoto
              onAssign={(_, hit) => acts.assign(item, at, hit)}
            />
          </WhileOpen>
        )}
        <FailureNote failure={failure} />
        <div className="pile-do">
          {pile === "shared" ? (
            <Button
              size="small"
              onClick={() =>
                go({
                  screen: "desk",
                  round,
                  submission: item.submission,
                  from: { screen: "photos", round },
                })
              }
            >
              {words.inDesk}
            </Button>
          ) : null}
          <WhileOpen round={round}>
            {pile === "shared" || pile === "dismissed" ? (
              <Button
                size="small"
                data-testid={tid.pilePutBack(item.submission)}
                onClick={() => acts.putBack(item, pile)}
              >
                {pile === "shared" ? words.takeOut : words.putBack}
              </Button>
            ) : (
              <Button
                size="small"
                data-testid={tid.pileDismiss(item.submission)}
                onClick={() => acts.dismiss([item])}
              >
                {words.dismiss}
              </Button>
            )}
          </WhileOpen>
        </div>
      </div>
    </li>
  );
}

/** The piles of a round, and what is done to them. */
function usePiles(round: number, stamp: number) {
  const { bridge, refresh, named } = useApp();
  const [piles, setPiles] = useState<Piles | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  /** The one photo that the failure is about; else it is about all. */
  const [failed, setFailed] = useState<number | null>(null);
  const [said, setSaid] = useState<{ text: string; undo: boolean } | null>(null);
  const [busy, setBusy] = useState(false);
  const fail = useCallback((thrown: unknown) => setFailure(asFailure(thrown, zh.failure.host)), []);

  useEffect(() => {
    void stamp;
    bridge.call("pile_list", { round }).then(setPiles).catch(fail);
  }, [bridge, round, stamp, fail]);

  const signed = async (doing: () => Promise<Piles>, text: string) => {
    setBusy(true);
    try {
      setPiles(await doing());
      setSaid({ text, undo: true });
      void refresh();
    } catch (thrown) {
      fail(thrown);
    }
    setBusy(false);
  };
  const act = (doing: () => Promise<Piles>, text: string, of: number | null = null) => {
    setFailure(null);
    setFailed(of);
    named(() => void signed(doing, text));
  };
  const undo = async () => {
    setFailure(null);
    setFailed(null);
    try {
      const { act: undone } = await bridge.call("act_undo", { round });
      setSaid({ text: undone ? undone.summary : zh.students.nothingToUndo, undo: false });
      setPiles(await bridge.call("pile_list", { round }));
      void refresh();
    } catch (thrown) {
      fail(thrown);
    }
  };
  return { piles, failure, failed, said, busy, act, undo };
}

export function PilesView({ round, stamp }: { round: number; stamp: number }) {
  const { bridge } = useApp();
  const { piles, failure, failed, said, busy, act, undo } = usePiles(round, stamp);
  const ended = useEnded(round);
  const [pile, setPile] = useState<PileKey | null>(null);
  const cards = useRef<HTMLUListElement>(null);
  /** Which card's box takes the keys once the piles stand anew: the one that moved up. */
  const next = useRef<number | null>(null);

  useEffect(() => {
    if (!piles || next.current === null) return;
    cards.current?.querySelectorAll<HTMLInputElement>(".assign input")[next.current]?.focus();
    next.current = null;
  }, [piles]);

  const acts: Acts = {
    assign: (item, at, hit) => {
      next.current = at;
      const args = { submission: item.submission, student: hit.student };
      const text = words.said.assigned(`${hit.student_no} ${hit.name}`);
      void act(() => bridge.call("pile_assign", args), text, item.submission);
    },
    dismiss: (items) => {
      const args = { round, submissions: items.map((item) => item.submission) };
      const only = items.length === 1 ? items[0] : undefined;
      const text = words.said.dismissed(count(items.length));
      void act(() => bridge.call("pile_dismiss", args), text, only?.submission);
    },
    putBack: (item, from) =>
      void act(
        () => bridge.call("pile_put_back", { submission: item.submission }),
        from === "shared" ? words.said.takenOut : words.said.putBack,
        item.submission,
      ),
  };

  const filled = PILES.filter(([key]) => piles && piles[key].length > 0);
  const shown = filled.find(([key]) => key === pile) ?? filled[0];
  const items = piles && shown ? piles[shown[0]] : NO_ITEMS;
  const isShared = shown?.[0] === "shared";
  const alike = useMemo(() => (isShared ? items.slice(0, SHOWN) : NO_ITEMS), [isShared, items]);
  const partners = usePartners(alike);
  const listed = isShared ? besideEachOther(alike, partners) : items.slice(0, SHOWN);
  if (!piles) return <FailureNote failure={failure} />;
  const isOnCard = listed.some((item) => item.submission === failed);
  const waiting = WAITING.reduce((sum, key) => sum + piles[key].length, 0);
  const dismissable =
    shown && shown[0] !== "shared" && shown[0] !== "dismissed" && shown[0] !== "excluded" && items.length > 1;
  return (
    <section className="panel stack">
      <header className="panel-head">
        <h2 data-testid={tid.pilesTitle}>{waiting > 0 ? words.pilesOf(count(waiting)) : words.piles}</h2>
        {filled.length > 0 ? (
          <Segmented
            value={shown?.[0] ?? ""}
            onChange={(value) => setPile(value as PileKey)}
            options={filled.map(([key, label]) => ({
              value: key,
              label: (
                <span data-testid={tid.pile(key)}>
                  {label} {count(piles[key].length)}
                </span>
              ),
            }))}
          />
        ) : null}
      </header>
      <FailureNote failure={isOnCard ? null : failure} />
      {/* Its place is kept: what stands below is where the next press goes. */}
      <div className="said-line" role="status">
        {said ? (
          <p className="pile-said" data-testid={tid.pileSaid}>
            {said.text}
            {said.undo ? (
              <Button
                size="small"
                data-testid={tid.pileUndo}
                disabled={busy || ended !== null}
                onClick={() => void undo()}
              >
                {words.undo}
              </Button>
            ) : null}
          </p>
        ) : null}
      </div>
      {piles.proposals.map((proposal, at) => (
        <ProposalBox
          key={proposal.reason}
          proposal={proposal}
          at={at}
          busy={busy || ended !== null}
          onTake={() =>
            void act(
              () =>
                bridge.call("pile_assign_all", {
                  round,
                  pairs: proposal.pairs.map(({ submission, student }) => ({ submission, student })),
                }),
              words.said.given(count(proposal.pairs.length)),
            )
          }
        />
      ))}
      {shown ? (
        <>
          {waiting === 0 ? <p data-testid={tid.pilesBeside}>{words.pilesBeside}</p> : null}
          <div className="pile-said">
            <p className="quiet">{shown[2]}</p>
            <WhileOpen round={round}>
              {dismissable ? (
                <Popconfirm
                  title={words.dismissAllSure(count(items.length))}
                  okText={words.dismiss}
                  cancelText={zh.reviewer.cancel}
                  okButtonProps={{ "data-testid": tid.pileDismissSure } as ButtonProps}
                  onConfirm={() => acts.dismiss(items)}
                >
                  <Button size="small" data-testid={tid.pileDismissAll} disabled={busy}>
                    {words.dismissAll(count(items.length))}
                  </Button>
                </Popconfirm>
              ) : null}
            </WhileOpen>
          </div>
          {items.length > listed.length ? (
            <p className="quiet" data-testid={tid.pileFirst}>
              {words.pileFirst(listed.length)}
            </p>
          ) : null}
          <ul className="pile-cards" ref={cards}>
            {listed.map((item, at) => (
              <PileCard
                key={item.submission}
                item={item}
                at={at}
                pile={shown[0]}
                round={round}
                failure={item.submission === failed ? failure : null}
                partners={partners.get(item.submission) ?? []}
                acts={acts}
              />
            ))}
          </ul>
        </>
      ) : (
        <p className="quiet">{said ? words.allDone : words.pilesNone}</p>
      )}
    </section>
  );
}
