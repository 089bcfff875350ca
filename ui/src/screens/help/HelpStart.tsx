/** The first page of the help: the way of a round, and the keys of the desk. */
import { Button } from "antd";
import { useState } from "react";
import { useApp } from "../../app/context";
import { TourSteps } from "../../app/TourGuide";
import { ACTS, keyName, keyOf } from "../../desk/keymap";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { useStoredKeys } from "../desk/useStoredKeys";

const words = zh.help.start;
const ignore = () => undefined;

export function HelpStart() {
  const { bridge } = useApp();
  const [open, setOpen] = useState(false);
  // What cannot be read stays the first keys; the desk says why.
  const { map: keys } = useStoredKeys(bridge, ignore);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <article tabIndex={0} className="help-article" data-testid={tid.helpStart}>
      <h2>{words.title}</h2>
      <Button size="small" data-testid={tid.tourAgain} onClick={() => setOpen(true)}>
        {zh.tour.again}
      </Button>
      {open ? <TourSteps onClose={() => setOpen(false)} /> : null}
      <ol className="help-steps">
        {words
          .steps((act) => keyOf(keys, act) || zh.desk.noKey)
          .map(([title, text]) => (
            <li key={title}>
              <strong>{title}</strong>
              <p>{text}</p>
            </li>
          ))}
      </ol>
      <h3>{words.keys}</h3>
      <p className="quiet">{words.keysNote}</p>
      <dl className="help-keys">
        {ACTS.map((act) => (
          <div key={act}>
            <dt>
              {keys[act].map((code) => (
                <kbd key={code}>{keyName(code)}</kbd>
              ))}
            </dt>
            <dd>{zh.desk.acts[act]}</dd>
          </div>
        ))}
        {zh.desk.fixedKeys.map(([key, text]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </article>
  );
}
