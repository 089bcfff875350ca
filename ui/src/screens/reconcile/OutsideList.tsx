/** What of a round was written outside the workspace: no deletion reaches it. */
import type { OutsideLine } from "../../bindings/wire";
import { zh } from "../../zh";

const words = zh.ending;

export function OutsideList({ lines }: { lines: readonly OutsideLine[] }) {
  return (
    <ul className="lines">
      {lines.map((line) => (
        <li key={`${line.what}${line.at}${line.path}`} className="break">
          {words.outsideWhat(line.what, line.at)}
          {line.path === "" ? words.outsideUnknown : <span className="mono">{line.path}</span>}
        </li>
      ))}
    </ul>
  );
}
