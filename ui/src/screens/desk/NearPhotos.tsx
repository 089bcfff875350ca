/** Pictures that are or look the same as this one, each beside it, so that a person can compare, and the way to each. */
import type { NearPhotoView } from "../../bindings/wire";
import { alikeWord } from "../../components/alikeWord";
import { PhotoImage } from "../../components/PhotoImage";
import { keyOfSubmission } from "../../desk/compare";
import { tid } from "../../testids";
import { zh } from "../../zh";

const words = zh.desk.nearPhotos;
const keepFocus = (event: React.MouseEvent) => event.preventDefault();

interface Props {
  photo: string;
  near: NearPhotoView[];
  thumb: (photo: string) => string;
  /** It is to be seen beside this one; by its key. */
  onCompare: (beside: string) => void;
  onOther: (submission: number) => void;
}

function Whose({ other, onOther }: { other: NearPhotoView; onOther: Props["onOther"] }) {
  if (other.rejected) return words.rejected;
  return (
    <button
      type="button"
      className="linklike"
      title={words.go}
      data-testid={tid.nearGo(other.submission)}
      onMouseDown={keepFocus}
      onClick={() => onOther(other.submission)}
    >
      {other.student_no} {other.name}
    </button>
  );
}

export function NearPhotos({ photo, near, thumb, onCompare, onOther }: Props) {
  if (near.length === 0) return null;
  return (
    <section className="desk-section near-photos" data-testid={tid.nearPhotos}>
      <h3>{near.some((other) => other.same) ? words.titleSame : words.title}</h3>
      <ol>
        {near.map((other) => (
          <li key={other.submission}>
            {/* On the sides that they have side by side on the stage. */}
            <figure>
              <PhotoImage src={thumb(other.photo)} alt={other.student_no} />
              <figcaption>
                <Whose other={other} onOther={onOther} />
              </figcaption>
            </figure>
            <figure>
              <PhotoImage src={thumb(photo)} alt={words.mine} />
              <figcaption>{words.mine}</figcaption>
            </figure>
            <p className="quiet" title={other.same ? undefined : words.distance(other.distance_bits)}>
              {alikeWord(other)}
            </p>
            {other.picture ? (
              <button
                type="button"
                className="mini"
                data-testid={tid.nearCompare(other.submission)}
                onMouseDown={keepFocus}
                onClick={() => onCompare(keyOfSubmission(other.submission))}
              >
                {words.compare}
              </button>
            ) : null}
          </li>
        ))}
      </ol>
    </section>
  );
}
