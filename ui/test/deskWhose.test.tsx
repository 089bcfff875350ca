/** Whose photo stands on the desk, and whose it may be instead: names alike, pictures alike, the picture that the school has. */
import { fireEvent, screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { keyOfSubmission, REFERENCE } from "../src/desk/compare";
import { tid } from "../src/testids";
import { zh } from "../src/zh";
import { openDesk, painted, press } from "./fake/deskKeys";
import { fakeBridge } from "./fake/fakeBridge";
import { nearOf, referenceOf } from "./fake/roundData";

it("says 学院, 专业, 年级 and 班级 as parts of their own, however long one of them is", async () => {
  const bridge = fakeBridge(2);
  const show = bridge.handlers.submission_show;
  const college = "马克思主义与思想政治教育暨人文社会科学联合学院（北京校部）";
  bridge.handlers.submission_show = async (args) => {
    if (!show) throw new Error("no view");
    const view = await show(args);
    return { ...view, student: view.student && { ...view.student, college } };
  };
  await openDesk(bridge);
  const line = screen.getByTestId(tid.studentOf);
  const parts = [...line.children].map((part) => part.textContent?.replace(" · ", ""));
  expect(parts.slice(0, 3)).toEqual([college, "工商管理", "2020"]);
  expect(line.title).toContain(`${college} · 工商管理 · 2020`);
});

it("names who handed in the same picture, shows both side by side, and goes there", async () => {
  const bridge = fakeBridge(8);
  const show = bridge.handlers.submission_show;
  bridge.handlers.submission_show = async (args) => {
    if (!show) throw new Error("no view");
    const view = await show(args);
    return args.submission === 1 ? { ...view, near_photos: [nearOf(7)] } : view;
  };
  await openDesk(bridge);
  const other = screen.getByTestId(tid.nearGo(7));
  expect(other.textContent).toBe(`${nearOf(7).student_no} ${nearOf(7).name}`);
  // This one is on the right there, and on the right here.
  const captions = [...screen.getByTestId(tid.nearPhotos).querySelectorAll("figcaption")];
  expect(captions.at(-1)?.textContent).toBe(zh.desk.nearPhotos.mine);
  fireEvent.click(screen.getByTestId(tid.nearCompare(7)));
  expect(screen.getByTestId(tid.compare).textContent).toContain(nearOf(7).name);
  press("Escape");
  expect(screen.queryByTestId(tid.compare)).toBeNull();
  fireEvent.click(other);
  await waitFor(() => expect(screen.getByTestId(tid.desk).dataset.submission).toBe("7"));
});

it("says who else has the same name, with the photo that stands for them", async () => {
  const bridge = fakeBridge(8);
  const show = bridge.handlers.submission_show;
  const other = { student: 9, student_no: "2202009990", name: "陈晓彤", college: "法学院" };
  bridge.handlers.submission_show = async (args) => {
    if (!show) throw new Error("no view");
    const namesakes = [
      { ...other, photo: "ab".repeat(32) },
      { ...other, student: 10, student_no: "2202009991", photo: null },
    ];
    return { ...(await show(args)), ...(args.submission === 1 ? { namesakes, namesakes_total: 7 } : {}) };
  };
  await openDesk(bridge);
  const told = screen.getByTestId(tid.namesakes);
  expect(told.textContent).toContain(zh.desk.namesakes.title(7));
  expect(told.textContent).toContain(zh.desk.namesakes.more(2));
  expect(told.textContent).toContain("2202009990");
  expect(told.querySelector("img")?.dataset.sha).toBe("ab".repeat(32));
  expect(told.textContent).toContain(zh.desk.namesakes.none);
  press("ArrowRight");
  await painted(2);
  expect(screen.queryByTestId(tid.namesakes)).toBeNull();
});

describe("with a reference photo", () => {
  async function openWith(more: object) {
    const bridge = fakeBridge(8);
    const show = bridge.handlers.submission_show;
    bridge.handlers.submission_show = async (args) => {
      if (!show) throw new Error("no view");
      const view = await show(args);
      return args.submission === 1 ? { ...view, reference: referenceOf(1), ...more } : view;
    };
    await openDesk(bridge);
    return bridge;
  }
  const other = () => screen.getByTestId(tid.compare).dataset.other;

  it("shows it beside the name, and side by side where it is pressed", async () => {
    await openWith({});
    const small = screen.getByTestId(tid.reference);
    expect(small.querySelector("img")?.dataset.sha).toBe(referenceOf(1).photo);
    expect(small.title).toContain("录取_1.jpg");
    fireEvent.click(small);
    expect(other()).toBe(REFERENCE);
    // The only one: nothing to choose from.
    expect(screen.queryByTestId(tid.compareOther)).toBeNull();
    press("KeyX");
    expect(screen.getByTestId(tid.hint).textContent).toBe(zh.desk.hint.onlyOther);
    expect(other()).toBe(REFERENCE);
    press("Escape");
    press("ArrowRight");
    await painted(2);
    expect(screen.queryByTestId(tid.reference)).toBeNull();
  });

  it("blinks with it while the key is held, and chooses among several by key and by mouse", async () => {
    await openWith({ near_photos: [nearOf(7)] });
    press("KeyC");
    expect(screen.getByTestId(tid.compare).textContent).toContain(zh.desk.reference.title);
    press("KeyX");
    expect(screen.getByTestId(tid.compare).textContent).toContain(nearOf(7).name);
    fireEvent.keyUp(document.body, { code: "KeyC" });
    expect(screen.queryByTestId(tid.compare)).toBeNull();
    // What was chosen stays chosen for this photo.
    press("KeyX");
    expect(other()).toBe(keyOfSubmission(7));
    press("KeyX");
    expect(other()).toBe(REFERENCE);
    fireEvent.click(screen.getByTestId(tid.compareOther));
    expect(other()).toBe(keyOfSubmission(7));
    press("ArrowRight");
    await painted(2);
    expect(screen.queryByTestId(tid.compare)).toBeNull();
    press("ArrowLeft");
    await painted(1);
    press("KeyC", { shiftKey: true });
    expect(other()).toBe(REFERENCE);
  });
});
