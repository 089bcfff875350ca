/** Others of the roster with the same name, each with the photo that stands for them: whose face is this one? */
import type { StudentHit } from "../../bindings/wire";
import { PhotoImage } from "../../components/PhotoImage";
import { tid } from "../../testids";
import { zh } from "../../zh";

const words = zh.desk.namesakes;

interface Props {
  /** The first few of them. */
  namesakes: StudentHit[];
  total: number;
  thumb: (photo: string) => string;
}

export function Namesakes({ namesakes, total, thumb }: Props) {
  if (namesakes.length === 0) return null;
  return (
    <section className="desk-section namesakes" data-testid={tid.namesakes}>
      <h3>{words.title(total)}</h3>
      <ul>
        {namesakes.map((other) => (
          <li key={other.student}>
            {other.photo ? (
              <PhotoImage src={thumb(other.photo)} alt={other.student_no} data-sha={other.photo} />
            ) : (
              <i>{words.none}</i>
            )}
            <span>
              <span className="mono">{other.student_no}</span>
              <br />
              {other.name} {other.college}
            </span>
          </li>
        ))}
      </ul>
      {total > namesakes.length ? <p className="quiet">{words.more(namesakes.length)}</p> : null}
    </section>
  );
}
