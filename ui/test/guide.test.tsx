/** The user guide inside of help: all of it can be shown, found, read on and looked at closely. */
import { fireEvent, render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { App } from "../src/app/App";
import { GuideText } from "../src/screens/help/GuideText";
import { guidePages, guidePicture } from "../src/screens/help/guidePages";
import { tid } from "../src/testids";
import { fakeBridge } from "./fake/fakeBridge";

function openHelp() {
  const bridge = fakeBridge();
  bridge.handlers.help_list = () => [];
  render(<App bridge={bridge} start={{ screen: "help", round: null }} />);
}

it("shows every page, with every picture in both tones, and names each", () => {
  expect(guidePages()).toHaveLength(17);
  for (const page of guidePages()) {
    const { container, unmount } = render(<GuideText page={page} titleId="title" onOpen={() => undefined} />);
    expect(container.querySelector("#title")?.textContent).toBe(page.title);
    const squeezed = (text: string | null) => (text ?? "").replace(/\s/g, "");
    expect(squeezed(container.textContent)).toContain(
      squeezed(page.main.querySelector("p")?.textContent ?? ""),
    );
    for (const picture of container.querySelectorAll("img")) {
      expect(picture.getAttribute("src"), page.name).toBeTruthy();
      expect(picture.alt).not.toBe("");
    }
    expect(container.querySelectorAll("script, style, iframe, a, [onclick]")).toHaveLength(0);
    unmount();
  }
  expect(guidePicture("desk", "light")).not.toBe(guidePicture("desk", "dark"));
});

it("lets nothing through that the guide is not made of", () => {
  const main = new DOMParser().parseFromString("<main><h1>页</h1><iframe></iframe></main>", "text/html");
  const page = { name: "bad", title: "页", text: "页", main: main.body };
  expect(() => render(<GuideText page={page} titleId="title" onOpen={() => undefined} />)).toThrow();
});

it("lists the pages first, finds one by its text and turns to the next", async () => {
  openHelp();
  const entry = await screen.findByTestId(tid.helpEntry("01-start"));
  fireEvent.change(screen.getByTestId(tid.helpSearch), { target: { value: "KAPPA" } });
  expect(screen.queryByTestId(tid.helpEntry("01-start"))).toBeNull();
  expect(screen.getByTestId(tid.helpEntry("06-second"))).toBeTruthy();
  fireEvent.change(screen.getByTestId(tid.helpSearch), { target: { value: "" } });
  fireEvent.click(screen.getByTestId(tid.helpEntry("01-start")));
  expect(entry.isConnected).toBe(false);
  const here = screen.getByTestId(tid.helpEntry("01-start"));
  expect(here.getAttribute("aria-current")).toBe("page");
  expect(screen.queryByTestId(tid.guideTurn("before"))).toBeNull();
  const turn = screen.getByTestId(tid.guideTurn("after"));
  turn.focus();
  fireEvent.click(turn);
  const next = await screen.findByTestId(tid.helpPage("02-round-roster"));
  expect(document.activeElement).toBe(next);
  expect(next.textContent).toContain("新建批次与名单");
});

it("shows a picture in its own size and puts it away again", async () => {
  openHelp();
  fireEvent.click(await screen.findByTestId(tid.helpEntry("04-desk")));
  fireEvent.click(screen.getByTestId(tid.guidePicture("desk")));
  const large = await screen.findByTestId(tid.guideLarge);
  expect(large.querySelectorAll("img")).toHaveLength(2);
  fireEvent.click(screen.getByRole("button", { name: "关闭" }));
  expect(screen.queryByTestId(tid.guideLarge)).toBeNull();
});
