/** Pictures that look the same as this one, each beside it, so that a person can compare. */
import type { NearPhotoView } from "../../bindings/wire";
import { tid } from "../../testids";
import { zh } from "../../zh";

const words = zh.desk.nearPhotos;

interface Props {
  photo: string;
  near: NearPhotoView[];
  thumb: (photo: string) => string;
}

export function NearPhotos({ photo, near, thumb }: Props) {
  if (near.length === 0) return null;
  return (
    <section className="desk-section near-photos" data-testid={tid.nearPhotos}>
      <h3>{words.title}</h3>
      <ol>
        {near.map((other) => (
          <li key={other.submission}>
            <figure>
              <img src={thumb(photo)} alt={words.mine} draggable={false} />
              <figcaption>{words.mine}</figcaption>
            </figure>
            <figure>
              <img src={thumb(other.photo)} alt={other.student_no} draggable={false} />
              <figcaption>{other.rejected ? words.rejected : `${other.student_no} ${other.name}`}</figcaption>
            </figure>
            <p className="quiet">{words.distance(other.distance_bits)}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}
