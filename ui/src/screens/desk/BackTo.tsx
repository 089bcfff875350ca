/** The way back to the list from which one photo was opened alone. */
import { useApp } from "../../app/context";
import { tid } from "../../testids";
import { zh } from "../../zh";

export function BackTo() {
  const { place, go } = useApp();
  const { from } = place;
  if (!from) return null;
  return (
    <div className="arrivals">
      <button
        type="button"
        className="mini"
        data-testid={tid.deskBack}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => go(from)}
      >
        {zh.desk.backTo(zh.nav[from.screen])}
      </button>
    </div>
  );
}
