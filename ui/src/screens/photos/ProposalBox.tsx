/** What could be said of several photos of the piles at once: the reason, each photo and its student, one press for all. */
import { Button } from "antd";
import type { PileProposal } from "../../bindings/wire";
import { count } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";

const words = zh.photos.proposal;
/** Longer lists are not read through; the first lines show whether the reason holds. */
const SHOWN = 30;

interface Props {
  proposal: PileProposal;
  at: number;
  busy: boolean;
  onTake: () => void;
}

export function ProposalBox({ proposal, at, busy, onTake }: Props) {
  const { pairs } = proposal;
  return (
    <section className="proposal" data-testid={tid.pileProposal(at)}>
      <header>
        <span>
          <b>{words.count(count(pairs.length))}</b>
          {proposal.reason}
        </span>
        <Button type="primary" size="small" data-testid={tid.pileTake(at)} disabled={busy} onClick={onTake}>
          {words.take}
        </Button>
      </header>
      <ul>
        {pairs.slice(0, SHOWN).map((pair) => (
          <li key={pair.submission}>
            <span title={pair.file_name}>{pair.file_name}</span>
            <span>{words.to}</span>
            <span className="mono">{pair.student_no}</span>
            <b>{pair.name}</b>
          </li>
        ))}
      </ul>
      {pairs.length > SHOWN ? <p className="quiet">{words.more(count(pairs.length - SHOWN))}</p> : null}
    </section>
  );
}
