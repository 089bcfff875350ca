/** 待认领: what is the same as whose. */
import { fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { App } from "../src/app/App";
import type { PileItem } from "../src/bindings/wire";
import { tid } from "../src/testids";
import { zh } from "../src/zh";
import { fakeBridge } from "./fake/fakeBridge";
import { nearOf } from "./fake/roundData";

const item = (submission: number): PileItem => ({
  submission,
  photo: "9".repeat(64),
  file_name: `${submission}.jpg`,
  detail: "",
  candidates: [],
});

it("says with whose photo one is the same or looks it, and puts the two side by side", async () => {
  const bridge = fakeBridge(6);
  const { pile_list, submission_show } = bridge.handlers;
  bridge.handlers.pile_list = async (args) => {
    if (!pile_list) throw new Error("no piles");
    const none = { ambiguous: [], not_on_roster: [], unknown: [] };
    return { ...(await pile_list(args)), ...none, shared: [item(1), item(2), item(3)] };
  };
  bridge.handlers.submission_show = async (args) => {
    if (!submission_show) throw new Error("no submission");
    const near = { 1: [nearOf(3)], 3: [nearOf(1)], 2: [{ ...nearOf(5), same: false, distance_bits: 20 }] };
    const near_photos = near[args.submission as 1 | 2 | 3];
    return { ...(await submission_show({ submission: 1 })), near_photos };
  };
  render(<App bridge={bridge} start={{ screen: "photos", round: 1 }} />);
  const partner = within(await screen.findByTestId(tid.pileItem(1))).findByTestId(tid.pilePartner(3));
  expect((await partner).textContent).toContain(zh.desk.nearPhotos.same);
  expect((await partner).textContent).toContain(nearOf(3).student_no);
  const other = within(screen.getByTestId(tid.pileItem(2))).getByTestId(tid.pilePartner(5));
  expect(other.textContent).toContain(zh.desk.nearPhotos.alike);
  const cards = [...document.querySelectorAll(".pile-card")].map((card) => card.getAttribute("data-testid"));
  expect(cards).toEqual([1, 3, 2].map(tid.pileItem));
});

it("says in which pile a photo lies that was taken from a student", async () => {
  const bridge = fakeBridge(6);
  const full = await bridge.call("pile_list", { round: 1 });
  bridge.handlers.pile_list = () => ({ ...full, shared: [item(1)] });
  bridge.handlers.pile_put_back = () => ({ ...full, unknown: [item(1)], shared: [] });
  render(<App bridge={bridge} start={{ screen: "photos", round: 1 }} />);
  fireEvent.click(await screen.findByTestId(tid.pile("shared")));
  fireEvent.click(await screen.findByTestId(tid.pilePutBack(1)));
  // The line was there before it: nothing below moves.
  expect(document.querySelectorAll(".said-line[role=status]")).toHaveLength(1);
  expect((await screen.findByTestId(tid.pileSaid)).textContent).toContain(zh.photos.unknownPile);
  expect(zh.photos.pileHint.unknown).toContain("从学生名下取出");
});

it("counts as waiting what 批次 counts, and says of the rest that it is not", async () => {
  const bridge = fakeBridge(6);
  const none = {
    ...(await bridge.call("pile_list", { round: 1 })),
    ambiguous: [],
    not_on_roster: [],
    unknown: [],
  };
  const beside = { ...none, shared: [], excluded: [item(4)], dismissed: [item(5), item(6)] };
  bridge.handlers.pile_list = () => ({ ...beside, ambiguous: [item(1)], unknown: [item(2), item(3)] });
  bridge.handlers.pile_dismiss = () => beside;
  render(<App bridge={bridge} start={{ screen: "photos", round: 1 }} />);
  const title = await screen.findByTestId(tid.pilesTitle);
  await waitFor(() => expect(title.textContent).toBe(zh.photos.pilesOf("3")));
  expect(screen.getByTestId(tid.pile("ambiguous")).textContent).toBe(`${zh.photos.ambiguous} 1`);
  expect(screen.queryByTestId(tid.pilesBeside)).toBeNull();
  fireEvent.click(screen.getByTestId(tid.pileDismiss(1)));
  expect((await screen.findByTestId(tid.pilesBeside)).textContent).toBe(zh.photos.pilesBeside);
  expect(title.textContent).toBe(zh.photos.piles);
  expect(screen.getByTestId(tid.pile("dismissed")).textContent).toBe(`${zh.photos.dismissedPile} 2`);
});

it("says that a large pile is listed in part", async () => {
  const bridge = fakeBridge(6);
  const full = await bridge.call("pile_list", { round: 1 });
  let photos = 61;
  bridge.handlers.pile_list = () => ({
    ...full,
    ambiguous: Array.from({ length: photos }, (_, at) => item(at + 1)),
  });
  const { unmount } = render(<App bridge={bridge} start={{ screen: "photos", round: 1 }} />);
  expect((await screen.findByTestId(tid.pileFirst)).textContent).toBe(zh.photos.pileFirst(60));
  unmount();
  photos = 60;
  render(<App bridge={bridge} start={{ screen: "photos", round: 1 }} />);
  await screen.findByTestId(tid.pileItem(60));
  expect(screen.queryByTestId(tid.pileFirst)).toBeNull();
});
