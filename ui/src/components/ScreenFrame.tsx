/** Title, explanation and body of an ordinary screen. The desk has its own frame. */
import type { ReactNode } from "react";
import { tid } from "../testids";

interface Props {
  name: string;
  title: ReactNode;
  note?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  /** The body fills the window and scrolls inside (for virtual tables). */
  fill?: boolean;
}

export function ScreenFrame({ name, title, note, actions, children, fill }: Props) {
  return (
    <section className={fill ? "screen screen-fill" : "screen"} data-testid={tid.screen(name)}>
      <header className="screen-head">
        <h1>{title}</h1>
        {note ? <span className="screen-note">{note}</span> : null}
        <span className="screen-actions">{actions}</span>
      </header>
      <div className="screen-body">{children}</div>
    </section>
  );
}
