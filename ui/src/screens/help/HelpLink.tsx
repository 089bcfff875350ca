/** The code of a rule as a way to its help. Outside of the app's frame (in tests of parts) it is plain text. */
import { useContext } from "react";
import { AppContext } from "../../app/context";
import { tid } from "../../testids";
import { zh } from "../../zh";

export function HelpLink({ code }: { code: string }) {
  const app = useContext(AppContext);
  if (!app) return <span className="help-link">{code}</span>;
  const { go, place } = app;
  return (
    <button
      type="button"
      className="help-link"
      data-testid={tid.helpLink(code)}
      title={zh.help.open(code)}
      // The keys belong to the desk: a press of the mouse must not take the focus from it.
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => go({ screen: "help", round: place.round, code, from: place })}
    >
      {code}
    </button>
  );
}
