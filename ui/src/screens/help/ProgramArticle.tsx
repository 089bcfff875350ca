/** Pages of the help about the program itself: looking it over, the package for whoever helps, what it is and where its data lie. */
import { useApp } from "../../app/context";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { DoctorPart } from "./DoctorPart";
import { PackagePart } from "./PackagePart";

const words = zh.help.program;

/** In the order of the list. */
export const PROGRAM_PAGES = ["doctor", "diagnostics", "about"] as const;
export type ProgramPage = (typeof PROGRAM_PAGES)[number];

function About() {
  const { status } = useApp();
  return (
    <dl className="help-about">
      <dt>{words.program}</dt>
      <dd>{zh.app.name}</dd>
      <dt>{words.version}</dt>
      <dd>{status.version}</dd>
      <dt>{words.workspace}</dt>
      <dd>
        <span className="mono break">{status.workspace}</span>
      </dd>
    </dl>
  );
}

export function ProgramArticle({ page }: { page: ProgramPage }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <article tabIndex={0} className="help-article" data-testid={tid.helpPage(page)}>
      <h2>{words.titles[page]}</h2>
      <section className="stack">
        {page === "doctor" ? <DoctorPart /> : null}
        {page === "diagnostics" ? <PackagePart /> : null}
        {page === "about" ? <About /> : null}
      </section>
    </article>
  );
}
