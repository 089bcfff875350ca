/** Right of the photo: whose it is, what the checks say, the reasons, the note, what came before. */
import { memo, useEffect, useLayoutEffect, useRef } from "react";
import type { FindingView, HumanItem, QueueItem, SubmissionView } from "../../bindings/wire";
import type { MenuEntry } from "../../components/ContextMenu";
import { IdNumber } from "../../components/IdNumber";
import { arrivalOf } from "../../desk/arrival";
import { type KeyMap, keyOf } from "../../desk/keymap";
import type { CropName } from "../../desk/keys";
import type { Draft } from "../../desk/reasons";
import type { ShelvedView } from "../../desk/views";
import { bytes, maskedName } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { Findings } from "./Findings";
import { HumanList } from "./HumanList";
import { KeyCap } from "./KeyCap";
import { Namesakes } from "./Namesakes";
import { NearPhotos } from "./NearPhotos";
import { Reasons } from "./Reasons";
import { ReferencePhoto } from "./ReferencePhoto";
import { ReviewNote } from "./ReviewNote";
import { Timeline } from "./Timeline";
import { Together } from "./Together";

const words = zh.desk;

const NOBODY = { major: "", grade: "", class: "" };

interface IdentityProps {
  item: QueueItem;
  view: SubmissionView | null;
  /** Which of the student's photos the panel tells of. */
  sequence: number;
  thumb: (photo: string) => string;
  onCompare: (beside: string) => void;
}

function Identity({ item, view, sequence, thumb, onCompare }: IdentityProps) {
  const student = view?.student;
  const { college, major, grade, class: of } = student ?? { ...NOBODY, college: item.college };
  const told = Object.entries({ college, major, grade, of }).filter(([, part]) => part !== "");
  return (
    <section className="identity">
      {view?.reference ? (
        <ReferencePhoto reference={view.reference} thumb={thumb} onCompare={onCompare} />
      ) : null}
      <div className="identity-name" data-testid={tid.studentName}>
        {item.name || words.noStudent}
        {student?.sex ? <small>{student.sex}</small> : null}
        {sequence > 1 ? <em>{words.sequence(sequence)}</em> : null}
      </div>
      <div className="identity-no mono" data-testid={tid.studentNo}>
        {item.student_no}
      </div>
      <div
        className="identity-line identity-parts"
        title={told.map(([, part]) => part).join(" · ")}
        data-testid={tid.studentOf}
      >
        {told.length === 0
          ? "\u00a0"
          : told.map(([key, part], at) => (
              <span key={key}>
                {part}
                {at < told.length - 1 ? " · " : ""}
              </span>
            ))}
      </div>
      <div className="identity-line">
        {student ? (
          <IdNumber key={student.student} student={student.student} masked={student.id_number_masked} />
        ) : (
          "\u00a0"
        )}
      </div>
    </section>
  );
}

function FileLine({ view }: { view: SubmissionView }) {
  const { picture } = view;
  return (
    <p className="file-line" title={maskedName(view.file_name)}>
      <span className="mono">{maskedName(view.file_name)}</span>
      <br />
      {picture
        ? words.size(picture.width_px, picture.height_px, bytes(view.size_bytes))
        : bytes(view.size_bytes)}{" "}
      · {words.received(view.received_at)}
    </p>
  );
}

interface NoteProps {
  note: string;
  barred: string | null;
  keys: KeyMap;
  /** Rises when the note is to be typed into. */
  asked: number;
  onNote: (note: string) => void;
  onDone: () => void;
}

function Note({ note, barred, keys, asked, onNote, onDone }: NoteProps) {
  const box = useRef<HTMLInputElement>(null);
  // The box comes anew with every photo; only a press of the key itself takes the keys from the desk.
  const served = useRef(asked);
  useEffect(() => {
    if (asked !== served.current) box.current?.focus();
    served.current = asked;
  }, [asked]);
  return (
    <label className="desk-section note" title={barred ?? undefined}>
      <span>
        {words.note} <KeyCap keys={keys} act="note" />
      </span>
      <input
        ref={box}
        data-testid={tid.note}
        value={note}
        disabled={barred !== null}
        placeholder={words.notePlaceholder}
        onChange={(event) => onNote(event.target.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === "Enter" || event.key === "Escape") onDone();
        }}
      />
    </label>
  );
}

interface Props {
  item: QueueItem;
  view: SubmissionView | null;
  /** Of which photo the findings are told: the one that a press would take while photos are picked among. */
  framed: ShelvedView;
  /** Photos are picked among. */
  picks: boolean;
  draft: Draft;
  /** Why nothing is said of the photo: it is not for who sits here, or the round has ended; null while something is. */
  barred: string | null;
  pointed: string | null;
  noteAsked: number;
  /** Rises when the human list is to be worked by keyboard. */
  humanAsked: number;
  keys: KeyMap;
  /** The strip of reasons is open, and the digit keys are its own. */
  strip: boolean;
  onPoint: (rule: string | null) => void;
  onDraft: (change: (draft: Draft) => Draft) => void;
  onAddReason: () => void;
  onNoteDone: () => void;
  disputed: ReadonlySet<string>;
  human: HumanItem[];
  onLook: (crop: CropName | null) => void;
  /** Another picture is to be seen beside this one; by its key. */
  onCompare: (beside: string) => void;
  /** It is to be looked at itself. */
  onOther: (submission: number) => void;
  findingMenu: (finding: FindingView) => MenuEntry[];
  /** Another one, and an open menu closes. */
  about: unknown;
  thumb: (photo: string) => string;
  onChoose: (submission: number) => void;
}

export const Panel = memo(function Panel(props: Props) {
  const { item, view, framed, picks, draft, pointed, noteAsked, onPoint, onDraft, onAddReason, onNoteDone } =
    props;
  const {
    barred,
    disputed,
    human,
    keys,
    strip,
    onLook,
    onCompare,
    onOther,
    findingMenu,
    about,
    thumb,
    onChoose,
  } = props;
  const scroll = useRef<HTMLDivElement>(null);
  const shown = picks ? framed.view?.item.submission : undefined;
  useLayoutEffect(() => {
    // What fails of a photo stands first: however far down the photo before was read.
    void item.submission;
    void shown;
    if (scroll.current) scroll.current.scrollTop = 0;
  }, [item.submission, shown]);
  return (
    <aside className="panel-right">
      <Identity
        item={item}
        view={view}
        sequence={framed.view ? arrivalOf(framed.view) : item.sequence}
        thumb={thumb}
        onCompare={onCompare}
      />
      <div className="panel-scroll" ref={scroll}>
        {view ? (
          <>
            <ReviewNote review={view.review} />
            <Together view={view} approve={keyOf(keys, "approve")} thumb={thumb} />
            <Namesakes namesakes={view.namesakes} total={view.namesakes_total} thumb={thumb} />
            <section className="desk-section">
              {picks && framed.view ? (
                <h3 data-testid={tid.framed}>{words.pick.findings(arrivalOf(framed.view))}</h3>
              ) : null}
              {framed.view ? (
                <Findings
                  findings={framed.view.findings}
                  pointed={pointed}
                  disputed={disputed}
                  onPoint={onPoint}
                  menuOf={findingMenu}
                  about={about}
                />
              ) : (
                <p className="quiet">{framed.failure?.message ?? words.reading}</p>
              )}
            </section>
            <HumanList
              items={human}
              keys={keys}
              draft={draft}
              barred={barred}
              asked={props.humanAsked}
              onDraft={onDraft}
              onLook={onLook}
              onDone={onNoteDone}
            />
            {framed.view ? (
              <NearPhotos
                photo={framed.view.item.photo}
                near={framed.view.near_photos}
                thumb={thumb}
                onCompare={onCompare}
                onOther={onOther}
              />
            ) : null}
            <fieldset className="guarded" disabled={barred !== null} title={barred ?? undefined}>
              <Reasons
                key={item.submission}
                draft={draft}
                keys={keys}
                numbered={!strip}
                onChange={onDraft}
                onAdd={onAddReason}
              />
            </fieldset>
            <Note
              note={draft.note}
              barred={barred}
              keys={keys}
              asked={noteAsked}
              onNote={(note) => onDraft((before) => ({ ...before, note }))}
              onDone={onNoteDone}
            />
            <Timeline
              entries={view.history}
              current={item.submission}
              barred={barred}
              thumb={thumb}
              onChoose={onChoose}
            />
            {framed.view ? <FileLine view={framed.view} /> : null}
          </>
        ) : null}
      </div>
    </aside>
  );
});
