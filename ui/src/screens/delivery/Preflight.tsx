/** 交付前检查: what would leave, what stops it and how that is mended, and the button that writes it. */
import { Alert, Button } from "antd";
import type { ReactNode } from "react";
import type { Busy } from "../../app/busy";
import { useApp } from "../../app/context";
import { useEnded } from "../../app/ended";
import type { DeliveryOptions, DeliveryPreview, Failure, PhotoInDoubt } from "../../bindings/wire";
import { Guarded } from "../../components/Guarded";
import { Sums } from "../../components/Sums";
import { TargetChooser } from "../../components/TargetChooser";
import { count } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { NotDeliveredTable } from "./DeliveryTables";
import { LeftOutLists } from "./LeftOut";

const words = zh.delivery;

interface DoubtsProps {
  rows: PhotoInDoubt[];
  round: number;
  /** What is said of so many photos. */
  says: (n: string) => string;
  title: string;
  testid: string;
  /** Whether nothing is delivered while there are any. */
  stops?: boolean;
  /** Whether the photos are shown only to who asks for them: many, and of little weight. */
  folded?: boolean;
  /** Whether looking at the photo helps. */
  look?: boolean;
  /** What mends all of them at once. */
  children?: ReactNode;
}

/** Photos that would be delivered and something stands against, with the way to each. */
function Doubts({ rows, round, says, title, testid, stops, folded, look = true, children }: DoubtsProps) {
  if (rows.length === 0) return null;
  const table = <NotDeliveredTable rows={rows} round={round} testid={testid} title={title} look={look} />;
  return (
    <Alert
      type={stops ? "error" : "warning"}
      showIcon
      title={says(count(rows.length))}
      description={
        <div className="stack">
          {children}
          {folded ? (
            <details>
              <summary>{title}</summary>
              {table}
            </details>
          ) : (
            table
          )}
        </div>
      }
    />
  );
}

/** What is said of photos before a delivery, and the list of the preview that it is said of. */
const DOUBTS = [
  { of: "unmet", says: words.unmet, title: words.unmetTitle, testid: tid.deliveryUnmet },
  { of: "unsampled", says: words.unsampled, title: words.unsampledTitle, testid: tid.deliveryUnsampled },
  { of: "codes_in_doubt", says: words.codesDoubt, title: words.codesDoubtTitle, testid: tid.deliveryCodes },
  { of: "hinted", says: words.hinted, title: words.hintedTitle, testid: tid.deliveryHinted, folded: true },
] as const;

interface BlockedProps {
  rows: PhotoInDoubt[];
  round: number;
  template: string;
  onTemplate: (template: string) => void;
}

/** Photos without a name: it is the template or the roster that is mended, not the photo. */
function Blocked({ rows, round, template, onTemplate }: BlockedProps) {
  const { go } = useApp();
  const { student, serial } = words.templates;
  const other = template === student ? serial : student;
  return (
    <Doubts
      rows={rows}
      round={round}
      says={words.blocked}
      title={words.blockedTitle}
      testid={tid.deliveryBlocked}
      stops
      look={false}
    >
      <div className="wrap-row">
        <Button type="primary" data-testid={tid.deliveryOtherTemplate} onClick={() => onTemplate(other)}>
          {words.otherTemplate(other)}
        </Button>
        <Button data-testid={tid.deliveryToRoster} onClick={() => go({ screen: "roster", round })}>
          {words.toRoster}
        </Button>
        <span className="quiet">{words.toRosterNote}</span>
      </div>
    </Doubts>
  );
}

interface Props {
  round: number;
  preview: DeliveryPreview;
  /** What it was worked out of. */
  options: DeliveryOptions;
  template: string;
  onTemplate: (template: string) => void;
  /** Why nothing is worked out of what is chosen now: what stands here is of other choices. */
  failure: Failure | null;
  busy: Busy;
  target: string | null;
  onTarget: (target: string | null) => void;
  onWrite: () => void;
}

/** What is still missing before anything can be written; empty when nothing is. */
function missing({ preview, failure, busy, target }: Props, ended: string | null): string {
  if (ended !== null) return ended;
  if (failure) return words.missing.failure;
  if (busy === "this") return words.missing.writing;
  if (busy === "other") return words.missing.busy;
  if (preview.problems.length + preview.blocked.length + preview.telling.length > 0)
    return words.missing.problems;
  // A notice beside photos that go is no reason to hold them back.
  if (preview.ready === 0) return words.missing.nothing;
  return target === null ? words.missing.target : "";
}

function Head({ preview }: { preview: DeliveryPreview }) {
  const { ready, blocked, problems } = preview;
  const unnamed = blocked.length;
  return (
    <header className="panel-head">
      <h2>{words.preflight}</h2>
      <strong
        className={unnamed > 0 ? "text-fail" : problems.length > 0 ? "" : "text-pass"}
        data-testid={tid.deliveryReady}
      >
        {words.ready(count(ready - unnamed))}
        {unnamed > 0 ? words.unnamed(count(unnamed)) : ""}
      </strong>
      {preview.codes > 0 ? <span>{words.codes(count(preview.codes))}</span> : null}
      <span>{words.notReady(count(preview.not_ready))}</span>
      {preview.delivered_before > 0 ? <span>{words.before(count(preview.delivered_before))}</span> : null}
      {preview.outside > 0 ? <span>{words.outside(count(preview.outside))}</span> : null}
      <Sums listed={preview.listed} due={preview.due} exempt={preview.exempt} />
    </header>
  );
}

export function Preflight(props: Props) {
  const { round, preview, options, template, onTemplate, failure, busy, target, onTarget, onWrite } = props;
  const { go } = useApp();
  const ended = useEnded(round);
  const lacks = missing(props, ended);
  return (
    // What was worked out of other choices is no longer true of these.
    <section className={failure ? "panel stack stale" : "panel stack"} inert={failure !== null}>
      <Head preview={preview} />
      {preview.problems.length > 0 ? (
        <Alert
          data-testid={tid.deliveryProblems}
          type="error"
          showIcon
          title={words.problems}
          description={
            <ul>
              {preview.problems.map((problem) => (
                <li key={problem}>{problem}</li>
              ))}
            </ul>
          }
        />
      ) : null}
      {preview.listed === 0 ? (
        <p>
          <Button data-testid={tid.deliveryNoRoster} onClick={() => go({ screen: "roster", round })}>
            {words.toRoster}
          </Button>
        </p>
      ) : null}
      <Blocked rows={preview.blocked} round={round} template={template} onTemplate={onTemplate} />
      <Doubts
        rows={preview.telling}
        round={round}
        says={words.telling}
        title={words.tellingTitle}
        testid={tid.deliveryTelling}
        stops
      />
      {preview.notices.map((notice) => (
        <Alert key={notice} type="info" showIcon title={notice} data-testid={tid.deliveryNotices} />
      ))}
      {preview.warnings.map((warning) => (
        <Alert key={warning} type="warning" showIcon title={warning} />
      ))}
      {DOUBTS.map(({ of, ...told }) => (
        <Doubts key={of} rows={preview[of]} round={round} {...told} />
      ))}
      <Guarded command="delivery_write">
        <div className="target-row">
          <TargetChooser
            label={words.chooseTarget}
            testid={tid.deliveryPick}
            disabled={busy !== "no" || ended !== null}
            onChosen={onTarget}
          />
          <Button
            type="primary"
            size="large"
            data-testid={tid.deliveryWrite}
            disabled={lacks !== ""}
            onClick={onWrite}
          >
            {words.write(count(preview.ready))}
          </Button>
        </div>
        {lacks === "" ? null : (
          <p className="text-warn" data-testid={tid.deliveryMissing}>
            {lacks}
          </p>
        )}
      </Guarded>
      <p className="quiet">
        {target ? (
          <>
            {words.target}：
            <span className="mono break" data-testid={tid.deliveryTarget}>
              {target}
            </span>{" "}
          </>
        ) : null}
        {words.targetNote}
      </p>
      <LeftOutLists
        round={round}
        options={options}
        notReady={preview.not_ready}
        before={preview.delivered_before}
      />
    </section>
  );
}
