/** One rule: whether it is asked, what lies outside amounts to, its limits over the round's own values. */
import { Button, InputNumber, Radio, Switch } from "antd";
import { useEffect, useState } from "react";
import { useApp } from "../../app/context";
import type { Failure, RuleEdit, RuleValues, StandardRule } from "../../bindings/wire";
import { asFailure } from "../../bridge/bridge";
import { FailureNote } from "../../components/FailureNote";
import { bandNumber, isOfCrop, sameSettings } from "../../standard/edits";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { HelpLink } from "../help/HelpLink";
import { Histogram } from "./Histogram";

const words = zh.standard;

interface Props {
  round: number;
  rule: StandardRule;
  settings: RuleEdit;
  /** Changes when the round is judged anew. */
  stamp: number;
  onChange: (settings: RuleEdit) => void;
}

function useValues(round: number, code: string, stamp: number) {
  const { bridge } = useApp();
  const [values, setValues] = useState<RuleValues | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => {
    void stamp;
    let stale = false;
    setValues(null);
    bridge
      .call("standard_histogram", { round, code })
      .then((answer) => !stale && setValues(answer))
      .catch((thrown) => !stale && setFailure(asFailure(thrown, zh.failure.host)));
    return () => {
      stale = true;
    };
  }, [bridge, round, code, stamp]);
  return { values, failure };
}

interface NumberProps {
  label: string;
  unit: string;
  value: number | null;
  testid: string;
  least?: number;
  /** It is never without a number. */
  needed?: boolean;
  onChange: (value: number | null) => void;
}

/**
 * A number in the unit staff read it in: shares as percentages. Empty means no limit; where there must be a number, an
 * emptied box stays empty until it is left or Enter is pressed, so that the next one can be typed.
 */
function NumberBox({ label, unit, value, testid, least, needed, onChange }: NumberProps) {
  const [emptied, setEmptied] = useState(false);
  const leave = () => {
    if (emptied) onChange(null);
    setEmptied(false);
  };
  const scale = unit === "ratio" ? 100 : 1;
  const shown = value === null ? null : Number((value * scale).toPrecision(8));
  return (
    <span className="limit-box">
      <span aria-hidden="true">{label}</span>
      <InputNumber
        aria-label={label}
        value={emptied ? null : shown}
        placeholder={words.noLimit}
        data-testid={testid}
        {...(least === undefined ? {} : { min: least })}
        {...(unit === "" ? {} : { suffix: unit === "ratio" ? "%" : unit })}
        onChange={(next) => {
          setEmptied(next === null && needed === true);
          if (next !== null) onChange(Number((Number(next) / scale).toPrecision(8)));
          else if (!needed) onChange(null);
        }}
        onBlur={leave}
        onPressEnter={leave}
      />
    </span>
  );
}

export function RuleEditor({ round, rule, settings, stamp, onChange }: Props) {
  const { values, failure } = useValues(round, rule.code, stamp);
  const band = bandNumber(rule);
  const more = rule.numbers.filter((number) => number.key in settings.also);
  const change = (part: Partial<RuleEdit>) => onChange({ ...settings, ...part });
  return (
    <section className="panel stack rule-editor" data-testid={tid.standardRule(rule.code)}>
      <header className="panel-head">
        <h2>
          {rule.title} <HelpLink code={rule.code} />
        </h2>
        <Button
          size="small"
          disabled={sameSettings(rule.settings, settings)}
          onClick={() => onChange(rule.settings)}
        >
          {words.revert}
        </Button>
      </header>
      {rule.clause ? <p className="quiet">{words.clause(rule.clause)}</p> : null}
      <div className="rule-switches">
        <span>
          <Switch
            aria-label={words.enabled}
            checked={settings.enabled}
            data-testid={tid.standardEnabled}
            onChange={(enabled) => change({ enabled })}
          />{" "}
          {words.enabled}
        </span>
        <span>
          {words.outside}{" "}
          <Radio.Group
            size="small"
            optionType="button"
            buttonStyle="solid"
            disabled={!settings.enabled}
            value={settings.outside}
            options={[
              { value: "fail", label: words.outsideFail },
              { value: "warn", label: words.outsideWarn },
            ]}
            onChange={(event) => change({ outside: event.target.value as string })}
          />
        </span>
      </div>
      <FailureNote failure={failure} />
      {band ? (
        <>
          {values && values.values.length > 0 ? (
            <Histogram
              number={band}
              values={values}
              stands={rule.settings}
              settings={settings}
              cropped={isOfCrop(rule.code)}
              onLimit={(side, value) => change(side === "min" ? { min: value } : { max: value })}
            />
          ) : values ? (
            <p className="quiet">{words.noValues}</p>
          ) : (
            <p className="quiet">{zh.table.loading}</p>
          )}
          <div className="limit-boxes">
            <NumberBox
              label={words.min}
              unit={band.unit}
              value={settings.min}
              testid={tid.standardNumber("min")}
              onChange={(min) => change({ min })}
            />
            <NumberBox
              label={words.max}
              unit={band.unit}
              value={settings.max}
              testid={tid.standardNumber("max")}
              onChange={(max) => change({ max })}
            />
            <NumberBox
              label={words.margin}
              unit={band.unit}
              value={settings.warn_margin}
              least={0}
              needed
              testid={tid.standardNumber("margin")}
              onChange={(margin) => change({ warn_margin: margin ?? 0 })}
            />
          </div>
          <p className="quiet">{words.marginHelp}</p>
        </>
      ) : (
        <p className="quiet">{words.noBand}</p>
      )}
      {more.length > 0 ? (
        <>
          <h3>{words.more}</h3>
          <div className="limit-boxes">
            {more.map((number) => (
              <NumberBox
                key={number.key}
                label={number.title}
                unit={number.unit}
                value={settings.also[number.key] ?? null}
                testid={tid.standardNumber(number.key)}
                needed
                onChange={(value) =>
                  value === null ? undefined : change({ also: { ...settings.also, [number.key]: value } })
                }
              />
            ))}
          </div>
        </>
      ) : null}
    </section>
  );
}
