/** The picture that the school has of the student, small; a press shows it beside the submitted one. Judges nothing. */
import type { ReferenceView } from "../../bindings/wire";
import { PhotoImage } from "../../components/PhotoImage";
import { REFERENCE } from "../../desk/compare";
import { maskedName } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";

const words = zh.desk.reference;

interface Props {
  reference: ReferenceView;
  thumb: (photo: string) => string;
  onCompare: (beside: string) => void;
}

export function ReferencePhoto({ reference, thumb, onCompare }: Props) {
  const { photo, file_name, eyes } = reference;
  return (
    <button
      type="button"
      className="reference-photo"
      title={words.about(maskedName(file_name), eyes !== null)}
      data-testid={tid.reference}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => onCompare(REFERENCE)}
    >
      <PhotoImage src={thumb(photo)} alt="" data-sha={photo} />
      <span>{words.title}</span>
    </button>
  );
}
