/** Bars over names, drawn on a canvas by Chart.js and copied as a picture. The table beside it says the same in words. */

import { Button } from "antd";
import { BarController, BarElement, CategoryScale, Chart, Legend, LinearScale, Tooltip } from "chart.js";
import { useEffect, useRef, useState } from "react";
import { copyPicture } from "../../components/clipboard";
import { zh } from "../../zh";

Chart.register(BarController, BarElement, CategoryScale, LinearScale, Tooltip, Legend);

const words = zh.statistics;

export interface Series {
  label: string;
  values: number[];
  /** A colour of the theme, e.g. `--accent`. */
  tone: string;
}

interface Props {
  title: string;
  names: string[];
  series: Series[];
  /** Names to the left of lying bars, for long ones. */
  lying?: boolean;
}

function themed(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** A picture with the surface behind it: a transparent one is unreadable where it is pasted. */
async function pictureOf(canvas: HTMLCanvasElement): Promise<Blob> {
  const copy = document.createElement("canvas");
  copy.width = canvas.width;
  copy.height = canvas.height;
  const pen = copy.getContext("2d");
  if (!pen) throw new Error("no canvas");
  pen.fillStyle = themed("--surface");
  pen.fillRect(0, 0, copy.width, copy.height);
  pen.drawImage(canvas, 0, 0);
  const blob = await new Promise<Blob | null>((resolve) => copy.toBlob(resolve, "image/png"));
  if (!blob) throw new Error("no picture");
  return blob;
}

export function BarChart({ title, names, series, lying }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [said, setSaid] = useState("");
  const [tone, setTone] = useState(document.documentElement.dataset.theme);
  useEffect(() => {
    const observer = new MutationObserver(() => setTone(document.documentElement.dataset.theme));
    observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    void tone;
    const context = canvas.current?.getContext("2d");
    if (!context) return;
    const text = themed("--text");
    const line = themed("--line");
    const axis = { ticks: { color: text, precision: 0 }, grid: { color: line } };
    const chart = new Chart(context, {
      type: "bar",
      data: {
        labels: names,
        datasets: series.map((one) => ({
          label: one.label,
          data: one.values,
          backgroundColor: themed(one.tone),
          maxBarThickness: 26,
        })),
      },
      options: {
        animation: false,
        maintainAspectRatio: false,
        indexAxis: lying ? "y" : "x",
        font: { family: themed("--font") },
        plugins: { legend: { labels: { color: text } } },
        scales: { x: { ...axis, beginAtZero: true }, y: { ...axis, beginAtZero: true } },
      },
    });
    return () => chart.destroy();
  }, [names, series, lying, tone]);
  const copy = () => {
    if (!canvas.current) return;
    copyPicture(pictureOf(canvas.current))
      .then(() => setSaid(words.copied))
      .catch(() => setSaid(words.copyFailed));
  };
  const height = lying ? 70 + names.length * (18 + 14 * series.length) : 240;
  return (
    <figure className="chart">
      <div style={{ height }}>
        <canvas ref={canvas} role="img" aria-label={title} />
      </div>
      <figcaption>
        <Button size="small" onClick={copy}>
          {words.copy}
        </Button>{" "}
        <span className="quiet" role="status">
          {said}
        </span>
      </figcaption>
    </figure>
  );
}
