/** Said before anything else of a photo that came at once with others of the same student: a person picks which counts. */
import type { HistoryEntry } from "../../bindings/wire";
import { PhotoImage } from "../../components/PhotoImage";
import { tid } from "../../testids";
import { zh } from "../../zh";

const words = zh.desk;

interface Props {
  entries: HistoryEntry[];
  current: number;
  thumb: (photo: string) => string;
}

export function Together({ entries, current, thumb }: Props) {
  const shown = entries.find((entry) => entry.submission === current);
  // Once it is decided on, somebody has picked.
  if (!shown?.together || shown.decision) return null;
  const others = entries.filter(
    (entry) => entry.together && entry.submission !== current && entry.received_at === shown.received_at,
  );
  if (others.length === 0) return null;
  return (
    <section className="desk-section namesakes" data-testid={tid.together}>
      <h3>{words.togetherFirst(others.length + 1)}</h3>
      <ul>
        {others.map((entry) => (
          <li key={entry.submission}>
            <PhotoImage src={thumb(entry.photo)} alt="" data-sha={entry.photo} />
            <span>{words.sequence(entry.sequence)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
