/** One rule's values over the round, with its limits as lines to drag or to move by keys. Decides nothing. */
import { useRef } from "react";
import type { RuleEdit, RuleNumber, RuleValues } from "../../bindings/wire";
import { count, measured } from "../../format";
import { binsOf, onStep, outside, spreadOf, stepOf } from "../../standard/edits";
import { tid } from "../../testids";
import { zh } from "../../zh";

const words = zh.standard;
const BINS = 60;
/** Steps of a key press with Shift. */
const FAST = 10;
/** A press that moves less is none that drags, px. */
const STILL_PX = 3;
/** Limits nearer to each other than this share of the axis have their labels in two rows. */
const NEAR = 0.08;

type Side = "min" | "max";

interface Props {
  number: RuleNumber;
  values: RuleValues;
  /** As they stand: the axis keeps its place while a limit moves. */
  stands: RuleEdit;
  settings: RuleEdit;
  /** The values were measured as the photos are cropped now; other limits crop them otherwise. */
  cropped: boolean;
  onLimit: (side: Side, value: number) => void;
}

export function Histogram({ number, values, stands, settings, cropped, onLimit }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const spread = spreadOf(values.values, [stands.min, stands.max]);
  const step = stepOf(spread.from, spread.to);
  const bins = binsOf(values.values, spread, BINS, [settings.min, settings.max]);
  const highest = Math.max(1, ...bins.map((bin) => bin.count));
  const share = (value: number) =>
    Math.min(1, Math.max(0, (value - spread.from) / (spread.to - spread.from)));
  const clamp = (side: Side, value: number) => {
    const low = side === "max" && settings.min !== null ? settings.min : Number.NEGATIVE_INFINITY;
    const high = side === "min" && settings.max !== null ? settings.max : Number.POSITIVE_INFINITY;
    return Math.min(high, Math.max(low, onStep(value, step)));
  };
  /** Where the limit was taken hold of: it goes as far as the hand does, and not to where the hand is. */
  const held = useRef<{ x: number; share: number; moved: boolean } | null>(null);
  const grab = (value: number) => (event: React.PointerEvent<HTMLElement>) => {
    if (event.buttons !== 1) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    held.current = { x: event.clientX, share: share(value), moved: false };
  };
  const drag = (side: Side) => (event: React.PointerEvent<HTMLElement>) => {
    const width = box.current?.getBoundingClientRect().width ?? 0;
    const from = held.current;
    if (!from || width === 0 || event.buttons !== 1) return;
    const way = event.clientX - from.x;
    from.moved ||= Math.abs(way) >= STILL_PX;
    if (!from.moved) return;
    const at = Math.min(1, Math.max(0, from.share + way / width));
    onLimit(side, clamp(side, spread.from + at * (spread.to - spread.from)));
  };
  const drop = () => {
    held.current = null;
  };
  const press = (side: Side, value: number) => (event: React.KeyboardEvent) => {
    const direction = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.code];
    if (direction === undefined) return;
    event.preventDefault();
    onLimit(side, clamp(side, value + direction * step * (event.shiftKey ? FAST : 1)));
  };
  const handle = (side: Side, value: number | null) =>
    value === null ? null : (
      <button
        type="button"
        key={side}
        className={`limit limit-${side}`}
        style={{ left: `${share(value) * 100}%` }}
        role="slider"
        aria-label={side === "min" ? words.dragMin : words.dragMax}
        aria-valuenow={value}
        aria-valuemin={spread.from}
        aria-valuemax={spread.to}
        aria-valuetext={measured(value, number.unit)}
        title={words.dragHelp}
        data-testid={tid.standardHandle(side)}
        onPointerDown={grab(value)}
        onPointerMove={drag(side)}
        onPointerUp={drop}
        onPointerCancel={drop}
        onKeyDown={press(side, value)}
      >
        <span>{measured(value, number.unit)}</span>
      </button>
    );
  const crossed = settings.min !== null && settings.max !== null && settings.min > settings.max;
  const near =
    settings.min !== null &&
    settings.max !== null &&
    Math.abs(share(settings.max) - share(settings.min)) < NEAR;
  const out = outside(values.values, settings.min, settings.max);
  return (
    <figure className="histogram" aria-label={words.chart(number.title)}>
      <div className="histogram-box" ref={box} data-crossed={crossed} data-near={near}>
        <svg viewBox={`0 0 ${BINS} 100`} preserveAspectRatio="none" aria-hidden="true">
          {bins.map((bin, at) => {
            const height = bin.count === 0 ? 0 : Math.max(1.5, (bin.count / highest) * 96);
            const out = bin.count === 0 ? 0 : (height * bin.out) / bin.count;
            const place = { x: at + 0.08, width: 0.84 };
            return (
              <g key={bin.from}>
                <rect {...place} y={100 - height + out} height={height - out} className="bin-in" />
                <rect {...place} y={100 - height} height={out} className="bin-out" />
              </g>
            );
          })}
        </svg>
        {handle("min", settings.min)}
        {handle("max", settings.max)}
      </div>
      <div className="histogram-axis" aria-hidden="true">
        <span>{measured(spread.from, number.unit)}</span>
        <span>{number.title}</span>
        <span>{measured(spread.to, number.unit)}</span>
      </div>
      <figcaption data-testid={tid.standardValues}>
        {(cropped ? words.valuesCropped : words.values)(count(values.values.length), count(out))}
        {values.without_value > 0 ? `；${words.withoutValue(count(values.without_value))}` : ""}
      </figcaption>
    </figure>
  );
}
