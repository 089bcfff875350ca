/** What was measured, drawn over the photo: lines, allowed bands, boxes, points, and the finished frame. */
import type { FindingView, FrameView, MarkView } from "../../bindings/wire";
import { type Guide, guidesOf, labelsOf, type StageLayout } from "../../desk/layout";
import { tid } from "../../testids";
import { zh } from "../../zh";

interface MarkProps {
  guide: Guide;
  scale: number;
  width: number;
  height: number;
}

function bandRect(mark: MarkView, scale: number, width: number, height: number) {
  if (mark.shape !== "horizontal_line" && mark.shape !== "vertical_line") return null;
  if (mark.min === null && mark.max === null) return null;
  const across = mark.shape === "horizontal_line";
  const from = (mark.min ?? 0) * scale;
  const to = mark.max === null ? (across ? height : width) : mark.max * scale;
  const size = Math.max(0, to - from);
  return across ? { x: 0, y: from, width, height: size } : { x: from, y: 0, width: size, height };
}

function Shape({
  mark,
  scale,
  width,
  height,
}: {
  mark: MarkView;
  scale: number;
  width: number;
  height: number;
}) {
  switch (mark.shape) {
    case "horizontal_line":
      return <line x1={0} x2={width} y1={mark.y * scale} y2={mark.y * scale} />;
    case "vertical_line":
      return <line x1={mark.x * scale} x2={mark.x * scale} y1={0} y2={height} />;
    case "segment":
      return (
        <line
          x1={mark.from[0] * scale}
          y1={mark.from[1] * scale}
          x2={mark.to[0] * scale}
          y2={mark.to[1] * scale}
        />
      );
    case "rect": {
      const { x, y, width: w, height: h } = mark.rect;
      return <rect x={x * scale} y={y * scale} width={w * scale} height={h * scale} fill="none" />;
    }
    case "points":
      return (
        <>
          {mark.points.map(([x, y]) => (
            <circle key={`${x}/${y}`} cx={x * scale} cy={y * scale} r={2.5} />
          ))}
        </>
      );
  }
}

function MarkShape({ guide, scale, width, height }: MarkProps) {
  const band = guide.shaded ? bandRect(guide.mark, scale, width, height) : null;
  return (
    <g
      className={`guide guide-${guide.severity} ${guide.strong ? "guide-strong" : "guide-faint"}`}
      data-rule={guide.rule}
    >
      {band ? <rect className="guide-band" {...band} /> : null}
      <Shape mark={guide.mark} scale={scale} width={width} height={height} />
    </g>
  );
}

function Frame({
  frame,
  scale,
  width,
  height,
}: {
  frame: FrameView;
  scale: number;
  width: number;
  height: number;
}) {
  const { rect } = frame;
  const [x, y, w, h] = [rect.x * scale, rect.y * scale, rect.width * scale, rect.height * scale];
  const outside = `M0 0H${width}V${height}H0Z M${x} ${y}V${y + h}H${x + w}V${y}Z`;
  return (
    <g data-testid={tid.frame} className={frame.feasible ? "frame" : "frame frame-bad"}>
      {frame.as_is ? null : <path className="frame-outside" fillRule="evenodd" d={outside} />}
      <rect x={x} y={y} width={w} height={h} fill="none" />
      <title>
        {frame.as_is ? zh.desk.frameAsIs : frame.feasible ? zh.desk.frame : zh.desk.frameInfeasible}
      </title>
    </g>
  );
}

interface Props {
  findings: FindingView[];
  frame: FrameView | null;
  layout: StageLayout;
  pointed: string | null;
}

export function Guides({ findings, frame, layout, pointed }: Props) {
  const { scale, photo } = layout;
  const guides = guidesOf(findings, pointed);
  const labels = layout.labels ? labelsOf(guides, scale, photo.height) : [];
  const size = { scale, width: photo.width, height: photo.height };
  return (
    <svg
      className="guides"
      data-testid={tid.guides}
      aria-hidden
      style={{ left: photo.x, top: photo.y, width: photo.width, height: photo.height }}
      viewBox={`0 0 ${photo.width} ${photo.height}`}
    >
      {frame ? <Frame frame={frame} {...size} /> : null}
      {guides.map((guide, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a rule may draw the same shape twice
        <MarkShape key={`${guide.rule}${at}`} guide={guide} {...size} />
      ))}
      {labels.map((label) => (
        <g
          key={label.rule}
          className={`guide-label guide-${label.severity} ${pointed === label.rule ? "guide-label-on" : ""}`}
        >
          <polyline
            points={`${photo.width},${label.lineY} ${photo.width + 8},${label.y} ${photo.width + 12},${label.y}`}
          />
          <text x={photo.width + 15} y={label.y} dominantBaseline="central">
            {label.text}
          </text>
        </g>
      ))}
    </svg>
  );
}
