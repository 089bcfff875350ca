/** A student is found by typing: what Enter takes answers what was typed. */
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { App } from "../src/app/App";
import type { StudentHit } from "../src/bindings/wire";
import { tid } from "../src/testids";
import { fakeBridge } from "./fake/fakeBridge";

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
