/** One round: its numbers, how far its review is, and the next thing to do. */
import { Button } from "antd";
import { useEffect, useState } from "react";
import { useApp } from "../../app/context";
import type { RoundCard } from "../../bindings/wire";
import { type Figure, Figures } from "../../components/Figures";
import { count } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { nextStep } from "./nextStep";

/** Shares of the submitted photos by how they stand, in the order they are drawn. */
function Bar({ card }: { card: RoundCard }) {
  const { approved, held, reviewing, differingCount, questioned, rejected, pending, missing } = zh.rounds;
  const parts: [string, string, number][] = [
    ["approved", approved, card.approved],
    ["held", held, card.held],
    ["reviewing", reviewing, card.reviewing],
    ["differing", differingCount, card.differing],
    ["questioned", questioned, card.questioned],
    ["rejected", rejected, card.rejected],
    ["pending", pending, card.pending],
    ["missing", missing, card.missing],
  ];
  const told = parts.map(([, label, value]) => `${label} ${count(value)}`).join("，");
  return (
    <div className="round-bar" role="img" aria-label={`${zh.rounds.progress}：${told}`} title={told}>
      {parts.map(([key, , value]) => (
        <span key={key} className={`round-bar-${key}`} style={{ flexGrow: value }} />
      ))}
    </div>
  );
}

/** How far the round has ended and how long its data is kept; nothing for one under way without a day. */
function RoundState({ card }: { card: RoundCard }) {
  const words = zh.rounds;
  const past = card.days_left !== null && card.days_left < 0;
  const states = [card.closed ? words.closed : "", card.archived ? words.archived : ""].filter(Boolean);
  if (card.days_left !== null) {
    states.push(
      past ? words.keptPast(card.keep_until, count(-card.days_left)) : words.keptUntil(card.keep_until),
    );
  }
  if (states.length === 0) return null;
  return (
    <p className={past ? "text-warn" : "quiet"} data-testid={tid.roundState(card.round)}>
      {states.join("　")}
    </p>
  );
}

/** When and by whom the data was deleted; empty until it is known. */
function useErasedOn(round: number): string {
  const { bridge } = useApp();
  const [made, setMade] = useState("");
  useEffect(() => {
    let stale = false;
    bridge
      .call("ending_show", { round })
      .then((view) => !stale && setMade(view.erased?.made ?? ""))
      // The card says that it is deleted; the day stands on the certificate as well.
      .catch(() => undefined);
    return () => {
      stale = true;
    };
  }, [bridge, round]);
  return made;
}

/** A round without data: nothing is left to count or to do but to keep the certificate. */
function ErasedCard({ card }: { card: RoundCard }) {
  const { go } = useApp();
  const made = useErasedOn(card.round);
  const words = zh.rounds;
  return (
    <article className="round-card" data-testid={tid.roundCard(card.round)}>
      <header>
        <h2>{card.name}</h2>
      </header>
      <p className="quiet" data-testid={tid.roundState(card.round)}>
        {made === "" ? words.erased : words.erasedOn(made)}
      </p>
      <footer>
        <Button
          data-testid={tid.roundEnd(card.round)}
          onClick={() => go({ screen: "reconcile", round: card.round, queue: "ending" })}
        >
          {words.certificate}
        </Button>
      </footer>
    </article>
  );
}

/** The numbers of a round; those that are seldom more than nothing only where they are. */
function figuresOf(card: RoundCard): Figure[] {
  const words = zh.rounds;
  return [
    {
      key: "students",
      label: words.students,
      value: card.students,
      testid: tid.roundCount("students"),
    },
    ...(card.exempt > 0
      ? [
          { key: "exempt", label: words.exempt, value: card.exempt, testid: tid.roundCount("exempt") },
          { key: "due", label: words.due, value: card.due, testid: tid.roundCount("due") },
        ]
      : []),
    {
      key: "submitted",
      label: words.submitted,
      value: card.submitted,
      testid: tid.roundCount("submitted"),
    },
    { key: "missing", label: words.missing, value: card.missing, testid: tid.roundCount("missing") },
    {
      key: "pending",
      label: words.pending,
      value: card.pending,
      testid: tid.roundCount("pending"),
      tone: "look",
    },
    {
      key: "approved",
      label: words.approved,
      value: card.approved,
      testid: tid.roundCount("approved"),
      tone: "good",
    },
    {
      key: "rejected",
      label: words.rejected,
      value: card.rejected,
      testid: tid.roundCount("rejected"),
      tone: "bad",
    },
    { key: "held", label: words.held, value: card.held, testid: tid.roundCount("held"), tone: "look" },
    ...(card.reviewing > 0
      ? [
          {
            key: "reviewing",
            label: words.reviewing,
            value: card.reviewing,
            testid: tid.roundCount("reviewing"),
            tone: "look" as const,
          },
        ]
      : []),
    ...(card.differing > 0
      ? [
          {
            key: "differing",
            label: words.differingCount,
            value: card.differing,
            testid: tid.roundCount("differing"),
            tone: "look" as const,
          },
        ]
      : []),
    ...(card.questioned > 0
      ? [
          {
            key: "questioned",
            label: words.questioned,
            value: card.questioned,
            testid: tid.roundCount("questioned"),
            tone: "look" as const,
          },
        ]
      : []),
    {
      key: "piles",
      label: words.inPiles,
      value: card.in_piles,
      testid: tid.roundCount("piles"),
      tone: "look",
    },
    {
      key: "delivered",
      label: words.delivered,
      value: card.delivered,
      testid: tid.roundCount("delivered"),
    },
  ];
}

/** What waits in a round that has ended is counted, and calls nobody any more. */
const atRest = ({ key, label, value, testid, tone }: Figure): Figure =>
  tone === "look" ? { key, label, value, testid } : { key, label, value, testid, ...(tone ? { tone } : {}) };

export function RoundCardView({ card }: { card: RoundCard }) {
  return card.erased ? <ErasedCard card={card} /> : <LiveCard card={card} />;
}

function LiveCard({ card }: { card: RoundCard }) {
  const { go } = useApp();
  const next = nextStep(card);
  const words = zh.rounds;
  const figures = figuresOf(card);
  const dates = card.opens_on || card.closes_on ? words.dates(card.opens_on, card.closes_on) : words.noDates;
  return (
    <article className="round-card" data-testid={tid.roundCard(card.round)}>
      <header>
        <h2>{card.name}</h2>
        <p className="quiet">
          {[dates, card.school_code ? words.school(card.school_code) : "", card.profile_title]
            .filter(Boolean)
            .join("　")}
        </p>
      </header>
      <RoundState card={card} />
      <Bar card={card} />
      <Figures figures={card.closed ? figures.map(atRest) : figures} />
      {card.questioned > 0 ? (
        <p>
          <Button
            type="link"
            size="small"
            data-testid={tid.roundQuestioned(card.round)}
            onClick={() => go({ screen: "photos", round: card.round })}
          >
            {words.questionedWay(count(card.questioned))}
          </Button>
          <span className="quiet">{words.questionedNote}</span>
        </p>
      ) : null}
      <footer>
        <Button
          type="primary"
          data-testid={tid.roundNext(card.round)}
          onClick={() =>
            go({ screen: next.screen, round: card.round, ...(next.queue ? { queue: next.queue } : {}) })
          }
        >
          {next.text}
        </Button>
        <Button
          data-testid={tid.roundScope(card.round)}
          onClick={() => go({ screen: "scope", round: card.round })}
        >
          {words.scope}
        </Button>
        {next.queue === "ending" ? null : (
          <Button
            data-testid={tid.roundEnd(card.round)}
            onClick={() => go({ screen: "reconcile", round: card.round, queue: "ending" })}
          >
            {words.end}
          </Button>
        )}
        <Button
          data-testid={tid.roundOpen(card.round)}
          onClick={() => go({ screen: card.students > 0 ? "students" : "roster", round: card.round })}
        >
          {words.open}
        </Button>
      </footer>
    </article>
  );
}
