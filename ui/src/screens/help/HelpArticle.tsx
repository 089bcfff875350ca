/** One page of help: what the rule looks at, what is allowed, how, and when not to trust it. */
import type { HelpAllowance, HelpPage } from "../../bindings/wire";
import { tid } from "../../testids";
import { zh } from "../../zh";

const words = zh.help;

function Part({ title, text }: { title: string; text: string }) {
  if (!text) return null;
  return (
    <>
      <h3>{title}</h3>
      <p>{text}</p>
    </>
  );
}

function Allowed({ allowances }: { allowances: HelpAllowance[] }) {
  return (
    <>
      <h3>{words.allowed}</h3>
      <table className="help-table">
        <thead>
          <tr>
            <th>{words.profile}</th>
            <th>{words.limits}</th>
            <th>{words.outside}</th>
            <th>{words.clause}</th>
          </tr>
        </thead>
        <tbody>
          {allowances.map((allowance) => (
            <tr key={allowance.profile}>
              <td>{allowance.profile}</td>
              <td>
                {allowance.limits.length === 0
                  ? words.noLimits
                  : allowance.limits.map((line) => <div key={line}>{line}</div>)}
              </td>
              <td>{allowance.outside}</td>
              <td>{allowance.clause}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

export function HelpArticle({ page }: { page: HelpPage }) {
  const { machine, person } = page;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <article tabIndex={0} className="help-article" data-testid={tid.helpPage(page.code)}>
      <h2>
        <span className="mono">{page.code}</span> {page.title}
      </h2>
      {machine ? (
        <>
          <Part title={words.checks} text={machine.checks} />
          <Allowed allowances={machine.allowances} />
          <Part title={words.measured} text={machine.measured} />
          <Part title={words.cannotTell} text={machine.cannot_tell} />
          <Part title={words.falseAlarms} text={machine.false_alarms} />
        </>
      ) : null}
      {person ? (
        <>
          <Part title={words.look} text={person.look} />
          <Part title={words.exception} text={person.exception} />
        </>
      ) : null}
      <Part title={words.advice} text={page.advice.join("\n")} />
    </article>
  );
}
