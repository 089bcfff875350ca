/** A row of numbers with their names. Only shows; counts are the station's. */
import { count } from "../format";

export interface Figure {
  key: string;
  label: string;
  value: number;
  testid: string;
  tone?: "good" | "bad" | "look" | "quiet";
}

export function Figures({ figures }: { figures: Figure[] }) {
  return (
    <dl className="figures">
      {figures.map(({ key, label, value, testid, tone }) => (
        <div key={key} className={value === 0 ? "figure figure-quiet" : `figure figure-${tone ?? "plain"}`}>
          <dt>{label}</dt>
          <dd data-testid={testid}>{count(value)}</dd>
        </div>
      ))}
    </dl>
  );
}
