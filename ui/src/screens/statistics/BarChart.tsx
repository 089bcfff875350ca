/** Bars over names, drawn on a canvas by Chart.js and copied as a picture. The table beside it says the same in words. */

import { Button } from "antd";
import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  Legend,
  LinearScale,
  Title,
  Tooltip,
} from "chart.js";
import { useEffect, useRef, useState } from "react";
import { copyPicture } from "../../components/clipboard";
import { zh } from "../../zh";

Chart.register(BarController, BarElement, CategoryScale, LinearScale, Title, Tooltip, Legend);

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

/** Does something in the light colours, whatever the window has: what is pasted stands on white paper. */
function inLight<T>(what: () => T): T {
  const root = document.documentElement;
  const tone = root.dataset.theme;
  root.dataset.theme = "light";
  try {
    return what();
  } finally {
    if (tone === undefined) delete root.dataset.theme;
    else root.dataset.theme = tone;
  }
}

/** The chart drawn into `canvas` in the colours of the moment. */
function draw(
  canvas: HTMLCanvasElement,
  { title, names, series, lying }: Props,
  paper: boolean,
): Chart | null {
  const context = canvas.getContext("2d");
  if (!context) return null;
  const text = themed("--text");
  const axis = { ticks: { color: text, precision: 0 }, grid: { color: themed("--line") } };
  return new Chart(context, {
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
      responsive: !paper,
      maintainAspectRatio: false,
      ...(paper ? { devicePixelRatio: 2 } : {}),
      indexAxis: lying ? "y" : "x",
      font: { family: themed("--font") },
      plugins: {
        legend: { labels: { color: text } },
        // Beside its table it needs none; on paper it must say what it is.
        title: { display: paper, text: title, color: text },
      },
      scales: { x: { ...axis, beginAtZero: true }, y: { ...axis, beginAtZero: true } },
    },
  });
}

/** A picture of the chart as large as on the screen, on white and with its title: what it is pasted into is paper. */
async function pictureOf(shown: HTMLCanvasElement, props: Props): Promise<Blob> {
  const drawn = document.createElement("canvas");
  drawn.width = shown.clientWidth;
  drawn.height = shown.clientHeight;
  const copy = document.createElement("canvas");
  const pen = copy.getContext("2d");
  const chart = inLight(() => draw(drawn, props, true));
  if (!pen || !chart) throw new Error("no canvas");
  copy.width = drawn.width;
  copy.height = drawn.height;
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, copy.width, copy.height);
  pen.drawImage(drawn, 0, 0);
  chart.destroy();
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
    const chart =
      canvas.current && draw(canvas.current, { title, names, series, lying: lying ?? false }, false);
    return () => chart?.destroy();
  }, [title, names, series, lying, tone]);
  const copy = () => {
    if (!canvas.current) return;
    copyPicture(pictureOf(canvas.current, { title, names, series, lying: lying ?? false }))
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
