/** A student is found by typing: what Enter takes answers what was typed. */
import { fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { App } from "../src/app/App";
import type { StudentHit, StudentRow } from "../src/bindings/wire";
import { tid } from "../src/testids";
import { zh } from "../src/zh";
import { failure, fakeBridge } from "./fake/fakeBridge";
import { studentOf } from "./fake/roundData";

const hit = (student: number, student_no: string, name: string): StudentHit => ({
  student,
  student_no,
  name,
  college: "",
  photo: null,
});

it("gives a photo to nobody while the list answers what was typed a moment ago", async () => {
  const bridge = fakeBridge(6);
  const given: number[] = [];
  const show = bridge.handlers.pile_assign;
  bridge.handlers.pile_assign = (args) => {
    given.push(args.student);
    if (!show) throw new Error("no piles");
    return show(args);
  };
  let answer = (_hits: StudentHit[]) => {};
  bridge.handlers.student_search = ({ text }) =>
    text === "张"
      ? [hit(1, "2021001001", "张三")]
      : new Promise((resolve) => {
          answer = resolve;
        });
  render(<App bridge={bridge} start={{ screen: "photos", round: 1 }} />);
  const box = await screen.findByTestId(tid.pileSearch(901));
  fireEvent.change(box, { target: { value: "张" } });
  await screen.findByTestId(tid.pileHit(901, 1));
  fireEvent.change(box, { target: { value: "张四" } });
  await waitFor(() => expect(bridge.calls.at(-1)?.name).toBe("student_search"));
  fireEvent.keyDown(box, { key: "Enter" });
  answer([hit(2, "2021001002", "张四")]);
  await screen.findByTestId(tid.pileHit(901, 2));
  expect(given).toEqual([]);
  fireEvent.keyDown(box, { key: "Enter" });
  await waitFor(() => expect(given).toEqual([2]));
});

it("tells namesakes apart, gives no photo to who is exempt, and says how many more there are", async () => {
  const bridge = fakeBridge(6);
  const hits = [1, 2, 3, 4, 5, 6, 7].map((n) => hit(n, `202100100${n}`, "张三"));
  bridge.handlers.student_search = () => hits;
  const row = (one: StudentHit, rest: Partial<StudentRow>) =>
    ({ ...studentOf(1), ...one, ...rest }) as StudentRow;
  bridge.handlers.student_list = () => ({
    total: 31,
    students: hits.map((one, at) =>
      row(one, { exempt: at === 0 ? "休学" : "", major: "物理学", class: `${at + 1}班` }),
    ),
  });
  render(<App bridge={bridge} start={{ screen: "photos", round: 1 }} />);
  const box = await screen.findByTestId(tid.pileSearch(901));
  fireEvent.change(box, { target: { value: "张" } });
  const exempt = await screen.findByTestId<HTMLButtonElement>(tid.pileHit(901, 1));
  expect(exempt.disabled).toBe(true);
  expect(exempt.textContent).toContain(zh.photos.exemptHit("休学"));
  expect(screen.getByTestId(tid.pileHit(901, 2)).textContent).toContain("物理学 2班");
  expect(screen.getByTestId(tid.pileMore(901)).textContent).toBe(zh.photos.moreHits("25"));
  fireEvent.keyDown(box, { key: "Enter" });
  expect(bridge.calls.some(({ name }) => name === "pile_assign")).toBe(false);
});

it("says on its card why a photo was not taken", async () => {
  const bridge = fakeBridge(6);
  bridge.handlers.pile_assign = () => {
    throw failure("已经有这张照片", "refused");
  };
  render(<App bridge={bridge} start={{ screen: "photos", round: 1 }} />);
  const card = await screen.findByTestId(tid.pileItem(901));
  fireEvent.click(within(card).getByTestId(tid.pileHit(901, studentOf(3).student)));
  expect((await within(card).findByTestId(tid.failure)).textContent).toContain("已经有这张照片");
  expect(screen.getAllByTestId(tid.failure)).toHaveLength(1);
});
