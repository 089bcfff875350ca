/** Acts that wait for somebody to sign: they go on once, and not after anything else was touched. */
import { fireEvent, renderHook } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { useNamed } from "../src/app/useNamed";

const HERE = { screen: "delivery" };

/** An act was asked for before anybody signed; gives the page's part that was asked in, and what signs. */
function waiting() {
  document.body.innerHTML =
    '<form class="reviewer-strip"><input id="name"></form><button id="other"></button>';
  const work = vi.fn();
  const ask = vi.fn();
  const hook = renderHook(({ reviewer, place }) => useNamed(reviewer, ask, place), {
    initialProps: { reviewer: "", place: HERE },
  });
  hook.result.current(work);
  expect(ask).toHaveBeenCalledTimes(1);
  expect(work).not.toHaveBeenCalled();
  const element = (id: string) => {
    const found = document.getElementById(id);
    if (!found) throw new Error(id);
    return found;
  };
  return { work, element, show: hook.rerender };
}

afterEach(() => {
  document.body.innerHTML = "";
});

it("goes on once when somebody signed", () => {
  const { work, element, show } = waiting();
  fireEvent.pointerDown(element("name"));
  fireEvent.click(element("name"));
  fireEvent.keyDown(element("name"), { key: "李" });
  show({ reviewer: "李老师", place: HERE });
  show({ reviewer: "王老师", place: HERE });
  expect(work).toHaveBeenCalledTimes(1);
});

it.each([
  [
    "a pointer elsewhere",
    ({ element }: ReturnType<typeof waiting>) => fireEvent.pointerDown(element("other")),
  ],
  ["a click without a pointer", ({ element }) => fireEvent.click(element("other"))],
  ["a key elsewhere", ({ element }) => fireEvent.keyDown(element("other"), { key: "d" })],
  ["Escape in the question", ({ element }) => fireEvent.keyDown(element("name"), { key: "Escape" })],
  ["another place", ({ show }) => show({ reviewer: "", place: { screen: "roster" } })],
])("is put off for good by %s", (_, touch) => {
  const asked = waiting();
  touch(asked);
  asked.show({ reviewer: "李老师", place: HERE });
  expect(asked.work).not.toHaveBeenCalled();
});
