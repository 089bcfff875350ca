/** What a round's card proposes to do next. */
import { describe, expect, it } from "vitest";
import type { RoundCard } from "../src/bindings/wire";
import { nextStep } from "../src/screens/rounds/nextStep";
import { zh } from "../src/zh";

const card: RoundCard = {
  round: 1,
  name: "批次",
  school_code: "",
  opens_on: "",
  closes_on: "",
  profile: "moe99",
  profile_title: "",
  students: 10,
  due: 10,
  exempt: 0,
  excluded: 0,
  codes: 0,
  references: 0,
  submitted: 10,
  missing: 0,
  unchecked: 0,
  pending: 0,
  approved: 10,
  rejected: 0,
  held: 0,
  reviewing: 0,
  differing: 0,
  questioned: 0,
  in_piles: 0,
  delivered: 10,
  closed: false,
  archived: false,
  erased: false,
  keep_until: "",
  days_left: null,
};

describe("the next thing to do", () => {
  it("of a closed round is to archive it, whatever is left", () => {
    const next = nextStep({ ...card, pending: 3, closed: true });
    expect([next.screen, next.queue]).toEqual(["reconcile", "ending"]);
  });

  it.each([
    [{ students: 0 }, "roster"],
    [{ unchecked: 3, pending: 3 }, "photos"],
    [{ pending: 3, held: 1 }, "desk"],
    [{ in_piles: 2 }, "photos"],
    [{ held: 2 }, "desk"],
    [{ reviewing: 2, differing: 1 }, "desk"],
    [{ reviewing: 2, delivered: 4 }, "second"],
    [{ delivered: 4 }, "delivery"],
    [{ missing: 2 }, "photos"],
    [{}, "students"],
  ])("with %o is on screen %s", (part, where) => {
    expect(nextStep({ ...card, ...part }).screen).toBe(where);
  });
  it("counts all that is approved where an export would hold all of it", () => {
    expect(nextStep({ ...card, delivered: 4 }).text).toBe(zh.rounds.next.deliver("10"));
  });
});
