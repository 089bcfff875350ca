/** Withdrawing every open second review makes first verdicts visible: it asks first. */
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { App } from "../src/app/App";
import type { ReviewBook } from "../src/bindings/wire";
import { tid } from "../src/testids";
import { zh } from "../src/zh";
import { fakeBridge } from "./fake/fakeBridge";

/** Twelve reviews wait, `mine` of them for who sits here; there is nothing else. */
const book = (mine: number): ReviewBook => ({
  decided: 0,
  held: 0,
  sampled: 0,
  agreed: 0,
  differing: 0,
  settled: 0,
  resolved: 0,
  released: 0,
  released_faults: 0,
  waiting: 12,
  waiting_for_me: mine,
  others: 1,
  lines: [],
  pairs: [],
  rules: [],
});

it("says that it reads before it can tell anything", async () => {
  const bridge = fakeBridge(3);
  let answer: (view: ReviewBook) => void = () => undefined;
  // However often it is asked for: who sits here may be known only after the first time.
  const answered = new Promise<ReviewBook>((resolve) => {
    answer = resolve;
  });
  bridge.handlers.review_list = () => answered;
  render(<App bridge={bridge} start={{ screen: "second", round: 1 }} />);
  await screen.findByText(zh.table.loading);
  answer(book(12));
  await screen.findByTestId(tid.secondWithdraw);
  expect(screen.queryByText(zh.table.loading)).toBeNull();
});

it("leaves it to a 负责人, and whose own verdicts wait cannot press it", async () => {
  const bridge = fakeBridge(3);
  let mine = 0;
  bridge.handlers.review_list = () => book(mine);
  const { unmount } = render(<App bridge={bridge} start={{ screen: "second", round: 1 }} />);
  const button = async () => (await screen.findByTestId(tid.secondWithdraw)) as HTMLButtonElement;
  expect((await button()).disabled).toBe(true);
  expect(screen.getByTestId(tid.secondWithdrawOwn).textContent).toBe(zh.second.withdrawOwn);
  unmount();
  mine = 12;
  bridge.seat = { roles: { reviewer: true, lead: false, keeper: false } };
  render(<App bridge={bridge} start={{ screen: "second", round: 1 }} />);
  expect((await button()).closest("fieldset")?.disabled).toBe(true);
  expect(screen.queryByTestId(tid.secondWithdrawOwn)).toBeNull();
});

it("asks before it withdraws, with how many", async () => {
  const bridge = fakeBridge(3);
  bridge.handlers.review_list = () => book(5);
  bridge.handlers.review_withdraw = () => ({ count: 5 });
  render(<App bridge={bridge} start={{ screen: "second", round: 1 }} />);
  fireEvent.click(await screen.findByTestId(tid.secondWithdraw));
  await screen.findByText(zh.second.withdrawAsk("5"));
  expect(screen.getByText(zh.second.withdrawNote)).toBeTruthy();
  const asked = () => bridge.calls.filter((call) => call.name === "review_withdraw");
  expect(asked()).toEqual([]);
  fireEvent.click(screen.getByTestId(tid.secondWithdrawYes));
  await waitFor(() => expect(asked()).toHaveLength(1));
});

it("asks first where nobody else could review", async () => {
  const bridge = fakeBridge(3);
  let others = 0;
  bridge.handlers.review_list = () => ({ ...book(0), waiting: 0, decided: 4, others });
  bridge.handlers.review_choose = () => ({ count: 1 });
  const chosen = () => bridge.calls.filter((call) => call.name === "review_choose");
  const { unmount } = render(<App bridge={bridge} start={{ screen: "second", round: 1 }} />);
  fireEvent.click(await screen.findByTestId(tid.secondChoose));
  await screen.findByText(zh.second.aloneAsk("1"));
  expect(chosen()).toEqual([]);
  expect(screen.getByTestId(tid.secondAloneAdd).className).toContain("primary");
  expect(screen.getByTestId(tid.secondAloneYes).className).not.toContain("primary");
  fireEvent.click(screen.getByTestId(tid.secondAloneYes));
  await waitFor(() => expect(chosen()).toHaveLength(1));
  unmount();
  others = 1;
  render(<App bridge={bridge} start={{ screen: "second", round: 1 }} />);
  fireEvent.click(await screen.findByTestId(tid.secondChoose));
  // A tenth of four photos is one at least.
  await screen.findByText(zh.second.chooseAsk("1"));
  expect(chosen()).toHaveLength(1);
  fireEvent.click(screen.getByTestId(tid.secondChooseYes));
  await waitFor(() => expect(chosen()).toHaveLength(2));
});

it("says as many as the station will choose, and leads to where a reviewer is added", async () => {
  const bridge = fakeBridge(3);
  // A fifth of 41 is 8.2: the station rounds up.
  bridge.handlers.review_list = () => ({ ...book(0), waiting: 0, decided: 41, others: 0 });
  render(<App bridge={bridge} start={{ screen: "second", round: 1 }} />);
  fireEvent.change(await screen.findByTestId(tid.secondPercent), { target: { value: "20" } });
  fireEvent.click(screen.getByTestId(tid.secondChoose));
  await screen.findByText(zh.second.aloneAsk("9"));
  fireEvent.click(screen.getByTestId(tid.secondAloneAdd));
  await screen.findByTestId(tid.screen("people"));
  fireEvent.click(screen.getByTestId(tid.nav("second")));
  await screen.findByTestId(tid.screen("second"));
  expect(bridge.calls.some((call) => call.name === "review_choose")).toBe(false);
});

it("sends nobody to where they may add nobody", async () => {
  const bridge = fakeBridge(3);
  bridge.seat = { roles: { reviewer: true, lead: true, keeper: false } };
  bridge.handlers.review_list = () => ({ ...book(0), waiting: 0, decided: 4, others: 0 });
  render(<App bridge={bridge} start={{ screen: "second", round: 1 }} />);
  fireEvent.click(await screen.findByTestId(tid.secondChoose));
  const note = await screen.findByText(new RegExp(zh.second.aloneAdvice));
  expect(note).toBeTruthy();
  expect(screen.getByTestId(tid.secondAloneAdd).style.display).toBe("none");
});

it("chooses nothing of a round that has ended", async () => {
  const bridge = fakeBridge(3);
  const status = bridge.handlers.app_status;
  bridge.handlers.app_status = async (args) => {
    if (!status) throw new Error("no status");
    const answer = await status(args);
    return { ...answer, rounds: answer.rounds.map((one) => ({ ...one, closed: true })) };
  };
  bridge.handlers.review_list = () => ({ ...book(0), waiting: 0, decided: 41 });
  render(<App bridge={bridge} start={{ screen: "second", round: 1 }} />);
  const choose = await screen.findByTestId<HTMLButtonElement>(tid.secondChoose);
  expect(choose.disabled).toBe(true);
  expect(choose.closest("fieldset[title]")?.getAttribute("title")).toBe(zh.app.endedRound);
  // Nor does anything beside it look as if it could be set: its own word would outweigh that of what is around it.
  const percent = screen.getByLabelText<HTMLInputElement>(zh.second.percent);
  expect(percent.disabled).toBe(true);
  expect(percent.closest(".ant-input-number-disabled")).not.toBeNull();
});
