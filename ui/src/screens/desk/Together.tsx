/** Said before anything else of a photo that came at once with others of the same student: a person picks which counts. */
import type { SubmissionView } from "../../bindings/wire";
import { PhotoImage } from "../../components/PhotoImage";
import { toPick } from "../../desk/picking";
import { tid } from "../../testids";
import { zh } from "../../zh";

const words = zh.desk;

interface Props {
  view: SubmissionView;
  /** The key that shows them beside each other; empty without one. */
  approve: string;
  thumb: (photo: string) => string;
}

export function Together({ view, approve, thumb }: Props) {
  const open = toPick(view);
  if (open.length === 0) return null;
  const others = open.filter((entry) => entry.submission !== view.item.submission);
  return (
    <section className="desk-section namesakes" data-testid={tid.together}>
      <h3>{words.togetherFirst(open.length, approve)}</h3>
      <ul>
        {others.map((entry) => (
          <li key={entry.submission}>
            <PhotoImage src={thumb(entry.photo)} alt="" data-sha={entry.photo} />
            <span>{words.sequence(entry.arrival)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
