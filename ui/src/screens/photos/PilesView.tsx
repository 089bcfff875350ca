/** The photos nobody is known for, by why, each with a way to say whose it is. */
import { Segmented } from "antd";
import { useCallback, useEffect, useState } from "react";
import { useApp } from "../../app/context";
import type { Failure, PileItem, Piles } from "../../bindings/wire";
import { asFailure } from "../../bridge/bridge";
import { FailureNote } from "../../components/FailureNote";
import { count } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { AssignBox } from "./AssignBox";

const words = zh.photos;
type PileKey = keyof Piles;
const PILES: [PileKey, string, string][] = [
  ["ambiguous", words.ambiguous, words.pileHint.ambiguous],
  ["not_on_roster", words.notOnRoster, words.pileHint.notOnRoster],
  ["unknown", words.unknown, words.pileHint.unknown],
  ["shared", words.sharedPile, words.pileHint.shared],
];
/** More cards than anybody handles in one go would only make the page slow; the rest follow as these go. */
const SHOWN = 60;

interface CardProps {
  item: PileItem;
  round: number;
  onAssign: (student: number) => void;
}

function PileCard({ item, round, onAssign }: CardProps) {
  const { bridge } = useApp();
  return (
    <li className="pile-card" data-testid={tid.pileItem(item.submission)}>
      <img src={bridge.photoUrl("thumb", item.photo)} alt={item.file_name} loading="lazy" />
      <div className="pile-text">
        <strong className="break">{item.file_name}</strong>
        <span className="quiet">{item.detail}</span>
        <AssignBox
          submission={item.submission}
          round={round}
          candidates={item.candidates}
          onAssign={onAssign}
        />
      </div>
    </li>
  );
}

export function PilesView({ round, stamp }: { round: number; stamp: number }) {
  const { bridge, refresh } = useApp();
  const [piles, setPiles] = useState<Piles | null>(null);
  const [pile, setPile] = useState<PileKey | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);

  useEffect(() => {
    void stamp;
    bridge
      .call("pile_list", { round })
      .then(setPiles)
      .catch((thrown) => setFailure(asFailure(thrown, zh.failure.host)));
  }, [bridge, round, stamp]);

  const assign = useCallback(
    async (submission: number, student: number) => {
      setFailure(null);
      try {
        setPiles(await bridge.call("pile_assign", { submission, student }));
        void refresh();
      } catch (thrown) {
        setFailure(asFailure(thrown, zh.failure.host));
      }
    },
    [bridge, refresh],
  );

  if (!piles) return <FailureNote failure={failure} />;
  const filled = PILES.filter(([key]) => piles[key].length > 0);
  const shown = filled.find(([key]) => key === pile) ?? filled[0];
  return (
    <section className="panel stack">
      <header className="panel-head">
        <h2>{words.piles}</h2>
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
      <FailureNote failure={failure} />
      {shown ? (
        <>
          <p className="quiet">{shown[2]}</p>
          <ul className="pile-cards">
            {piles[shown[0]].slice(0, SHOWN).map((item) => (
              <PileCard
                key={item.submission}
                item={item}
                round={round}
                onAssign={(student) => void assign(item.submission, student)}
              />
            ))}
          </ul>
        </>
      ) : (
        <p className="quiet">{words.pilesNone}</p>
      )}
    </section>
  );
}
