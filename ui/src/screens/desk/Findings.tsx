/** What the checks say, failing first: shape, word and colour, the value, the allowed band. Decides nothing. */
import { memo, type ReactNode, useState } from "react";
import type { FindingView } from "../../bindings/wire";
import { type MenuEntry, useContextMenu } from "../../components/ContextMenu";
import { band, bandBar, measured } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { HelpLink } from "../help/HelpLink";

interface Props {
  findings: FindingView[];
  pointed: string | null;
  /** Codes that the reviewer called wrong. */
  disputed: ReadonlySet<string>;
  onPoint: (rule: string | null) => void;
  /** What the context menu of a finding offers. */
  menuOf: (finding: FindingView) => MenuEntry[];
  /** Another one, and an open menu closes. */
  about: unknown;
}

function Bar({ finding }: { finding: FindingView }) {
  const bar = bandBar(finding.value, finding.min, finding.max);
  if (!bar) return <span className="band-bar band-none" />;
  return (
    <span className="band-bar" aria-hidden>
      <i className="band-ok" style={{ left: `${bar.from * 100}%`, width: `${(bar.to - bar.from) * 100}%` }} />
      <i className="band-at" style={{ left: `${bar.at * 100}%` }} />
    </span>
  );
}

/** Whether its value only says that there is something which may not be: neither number nor limit tells more. */
const isFlag = ({ min, max, unit }: FindingView) => min === null && max === 0 && unit === "";

/** The allowed band, where the message does not name it already. */
function bandToTell(finding: FindingView): string {
  const { min, max, unit, message } = finding;
  if (isFlag(finding) || /应(在|不小于|不超过)/.test(message)) return "";
  return band(min, max, unit);
}

/** At least so many findings that cannot be told for one cause stand under one line. */
const FOLD_FROM = 2;

/** What is not passed, in order; findings that cannot be told for one and the same cause together, where the first stands. */
function grouped(findings: readonly FindingView[]): FindingView[][] {
  const groups = new Map<string, FindingView[]>();
  for (const finding of findings) {
    const key = finding.severity === "unknown" ? finding.message : finding.rule;
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return [...groups.values()];
}

interface UnknownProps {
  findings: readonly FindingView[];
  /** One of them is pointed at, and must be seen. */
  shown: boolean;
  children: ReactNode;
}

/** One line for all that cannot be told for one cause; which checks these are is one click away. */
function Unknown({ findings, shown, children }: UnknownProps) {
  const [open, setOpen] = useState(false);
  const [first] = findings;
  if (!first) return null;
  return (
    <>
      <li className="finding finding-unknown" data-severity="unknown" data-testid={tid.findingsUnknown}>
        <span className="finding-shape" role="img" aria-label={zh.severity.unknown}>
          {zh.severityShape.unknown}
        </span>
        <span className="finding-title">{zh.desk.unknownOf(findings.length)}</span>
        <button
          type="button"
          className="mini finding-unfold"
          aria-expanded={open || shown}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => setOpen(!open)}
        >
          {open || shown ? zh.desk.hidePassed : zh.desk.showPassed}
        </button>
        <span className="finding-message">{first.message}</span>
      </li>
      {open || shown ? children : null}
    </>
  );
}

interface RowProps {
  finding: FindingView;
  on: boolean;
  wrong: boolean;
  /** Its tip would lie over the open menu. */
  tipless: boolean;
  onPoint: Props["onPoint"];
}

function Row({ finding, on, wrong, tipless, onPoint }: RowProps) {
  const allowed = bandToTell(finding);
  const passed = finding.severity === "pass";
  // What stands below is not said again over its neighbours.
  const tip = [
    passed ? `${finding.code} ${finding.message}` : finding.code,
    finding.clause ? zh.desk.clause(finding.clause) : "",
  ];
  return (
    <li
      className={`finding finding-${finding.severity}${on ? " finding-on" : ""}${wrong ? " finding-wrong" : ""}`}
      data-testid={tid.finding(finding.rule)}
      data-severity={finding.severity}
      data-rule={finding.rule}
      onMouseEnter={() => onPoint(finding.rule)}
      onMouseLeave={() => onPoint(null)}
    >
      <span className="finding-shape" role="img" aria-label={zh.severity[finding.severity] ?? ""}>
        {zh.severityShape[finding.severity]}
      </span>
      <span className="finding-title">
        <span title={tipless ? undefined : tip.filter(Boolean).join("\n")}>{finding.title}</span>
        <HelpLink code={finding.code} />
      </span>
      {isFlag(finding) ? <span className="band-bar band-none" /> : <Bar finding={finding} />}
      <span className="finding-value">
        {finding.value === null || isFlag(finding)
          ? (zh.severity[finding.severity] ?? "")
          : measured(finding.value, finding.unit)}
      </span>
      {passed ? null : (
        <span className="finding-message">
          <span>
            {wrong ? <em>{zh.desk.disputed}</em> : null}
            {finding.message}
          </span>
          {allowed ? <span className="finding-band">{zh.desk.allowed(allowed)}</span> : null}
        </span>
      )}
    </li>
  );
}

export const Findings = memo(function Findings(props: Props) {
  const { findings, pointed, disputed, onPoint, menuOf, about } = props;
  const [open, setOpen] = useState(false);
  const { onContextMenu, menu } = useContextMenu((event) => {
    const row = event.target instanceof Element ? event.target.closest("[data-rule]") : null;
    const finding = findings.find((one) => one.rule === row?.getAttribute("data-rule"));
    return finding ? menuOf(finding) : [];
  }, about);
  const off = findings.filter((finding) => finding.severity !== "pass");
  const passed = findings.filter((finding) => finding.severity === "pass");
  if (findings.length === 0) return <p className="quiet">{zh.desk.noFindings}</p>;
  const rows = (list: readonly FindingView[]) =>
    list.map((finding) => (
      <Row
        key={finding.rule}
        finding={finding}
        on={finding.rule === pointed}
        wrong={disputed.has(finding.code)}
        tipless={menu !== null}
        onPoint={onPoint}
      />
    ));
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: what the menu offers has keys and links of its own
    <div className="findings" onContextMenu={onContextMenu}>
      {menu}
      <ul>
        {grouped(off).map((list) =>
          list.length < FOLD_FROM ? (
            rows(list)
          ) : (
            <Unknown
              key={list[0]?.rule}
              findings={list}
              shown={list.some((finding) => finding.rule === pointed)}
            >
              {rows(list)}
            </Unknown>
          ),
        )}
      </ul>
      {passed.length > 0 ? (
        <button
          type="button"
          className="findings-fold"
          data-testid={tid.findingsPassed}
          aria-expanded={open}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => setOpen(!open)}
        >
          <span className="text-pass">{zh.desk.passed(passed.length)}</span>
          <span>{open ? zh.desk.hidePassed : zh.desk.showPassed}</span>
        </button>
      ) : null}
      {open ? <ul>{rows(passed)}</ul> : null}
    </div>
  );
});
