/** What the edits would do to the round's verdicts, and the photos concerned one click away. Stores nothing. */
import { Button } from "antd";
import { useEffect, useRef, useState } from "react";
import { useApp } from "../../app/context";
import type { Failure, RuleEdit, StandardRule, StandardShift } from "../../bindings/wire";
import { asFailure } from "../../bridge/bridge";
import { FailureNote } from "../../components/FailureNote";
import { PhotoImage } from "../../components/PhotoImage";
import { count } from "../../format";
import { type Edits, isOfCrop } from "../../standard/edits";
import { tid } from "../../testids";
import { zh } from "../../zh";

const words = zh.standard;
const KINDS = ["fail", "warn", "unknown", "pass"] as const;
type Kind = (typeof KINDS)[number];
/** A drag sends many changes; asked is for the one it rests on. */
const REST_MS = 60;
const PAGE = 60;

const numberOf = (shift: StandardShift, kind: Kind): number =>
  ({
    fail: shift.newly_fail,
    pass: shift.newly_pass,
    warn: shift.newly_warn,
    unknown: shift.newly_unknown,
  })[kind];

/** The answer to the newest edits; an older one that comes late is passed over. */
function useShift(round: number, rules: readonly RuleEdit[], list: Kind | null, stamp: number) {
  const { bridge } = useApp();
  const [shift, setShift] = useState<StandardShift | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [asking, setAsking] = useState(false);
  /** Which edits of which version the answer is about; told by these alone, since "asking" is known a moment late. */
  const [about, setAbout] = useState<{ rules: readonly RuleEdit[]; stamp: number } | null>(null);
  const latest = useRef(0);
  useEffect(() => {
    latest.current += 1;
    const mine = latest.current;
    if (rules.length === 0) {
      setShift(null);
      setFailure(null);
      setAsking(false);
      return;
    }
    setAsking(true);
    const timer = setTimeout(() => {
      bridge
        .call("standard_what_if", { round, rules: [...rules], list: list ?? "", offset: 0, limit: PAGE })
        .then((answer) => {
          if (mine !== latest.current) return;
          setShift(answer);
          setFailure(null);
          setAsking(false);
          setAbout({ rules, stamp });
        })
        .catch((thrown) => {
          if (mine !== latest.current) return;
          // Of limits that cannot be, what earlier ones did says nothing.
          setShift(null);
          setFailure(asFailure(thrown, zh.failure.host));
          setAsking(false);
          setAbout({ rules, stamp });
        });
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [bridge, round, rules, list, stamp]);
  const heard = about?.rules === rules && about.stamp === stamp ? rules : null;
  return { shift, failure, asking, heard };
}

interface Props {
  round: number;
  rules: readonly StandardRule[];
  edits: Edits;
  /** The same array while the edits are the same. */
  proposed: readonly RuleEdit[];
  stamp: number;
  /** Hears the answer, and `null` while there is none; whether the edits cannot be; and which edits it is about. */
  onShift: (shift: StandardShift | null, refused: boolean, about: readonly RuleEdit[] | null) => void;
}

export function ShiftPanel({ round, rules, edits, proposed, stamp, onShift }: Props) {
  const { bridge, go } = useApp();
  const [list, setList] = useState<Kind | null>(null);
  const { shift, failure, asking, heard } = useShift(round, proposed, list, stamp);
  useEffect(() => onShift(shift, failure !== null, heard), [onShift, shift, failure, heard]);
  if (edits.size === 0) return null;
  const kinds = shift ? KINDS.filter((kind) => numberOf(shift, kind) > 0) : [];
  const title = (code: string) => rules.find((rule) => rule.code === code)?.title ?? code;
  return (
    <section className="panel stack" data-testid={tid.standardShift} data-asking={asking}>
      <h3>
        {words.shiftTitle} {asking ? <span className="quiet">{words.asking}</span> : null}
      </h3>
      <FailureNote failure={failure} />
      {shift && [...edits.keys()].some(isOfCrop) ? <p>{words.cropped}</p> : null}
      {shift && kinds.length === 0 ? <p>{words.shiftNone}</p> : null}
      {shift && kinds.length > 0 ? (
        <ul className="shift-kinds">
          {kinds.map((kind) => (
            <li key={kind} data-testid={tid.standardBecomes(kind)}>
              <span className={`shape verdict-${kind}`}>{zh.severityShape[kind]}</span>{" "}
              <strong>{words.becomes[kind]?.(count(numberOf(shift, kind)))}</strong>{" "}
              <Button
                size="small"
                aria-expanded={list === kind}
                data-testid={tid.standardList(kind)}
                onClick={() => setList(list === kind ? null : kind)}
              >
                {list === kind ? words.hide : words.show}
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
      {shift && shift.decided > 0 ? <p className="quiet">{words.decided(count(shift.decided))}</p> : null}
      {shift && list ? (
        <>
          <ul className="shift-photos" data-testid={tid.standardPhotos}>
            {shift.items.map(({ item }) => (
              <li key={item.submission}>
                <button
                  type="button"
                  title={words.openDesk}
                  onClick={() => go({ screen: "desk", round, submission: item.submission })}
                >
                  <PhotoImage src={bridge.photoUrl("thumb", item.photo)} alt="" />
                  <span>{item.name}</span>
                  <span className="mono quiet">{item.student_no}</span>
                </button>
              </li>
            ))}
          </ul>
          {numberOf(shift, list) > shift.items.length ? (
            <p className="quiet">{words.more200(count(shift.items.length))}</p>
          ) : null}
        </>
      ) : null}
      {shift && shift.rules.length > 0 ? (
        <ul className="quiet lines">
          {shift.rules.map((rule) => (
            <li key={rule.code}>
              {words.byRule(title(rule.code), count(rule.newly_fail), count(rule.no_longer_fail))}
            </li>
          ))}
        </ul>
      ) : null}
      {shift ? <p className="quiet">{words.judged(count(shift.judged))}</p> : null}
    </section>
  );
}
