/** A tip stands over what is cut, and over nothing else. */
import { fireEvent, render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { titleWhereCut } from "../src/components/titleWhereCut";

const hover = (scroll: number) => {
  render(
    <button type="button" onMouseEnter={titleWhereCut("机检无法判断")}>
      <span>机检无法判断</span>
    </button>,
  );
  const part = screen.getByText("机检无法判断");
  Object.defineProperty(part, "scrollWidth", { value: scroll });
  Object.defineProperty(part, "clientWidth", { value: 60 });
  fireEvent.mouseEnter(screen.getByRole("button"));
  return screen.getByRole("button").title;
};

it("says the whole of what is cut", () => expect(hover(84)).toBe("机检无法判断"));
it("repeats nothing that is in sight whole", () => expect(hover(60)).toBe(""));
