/** The five steps of the first run: offered once in a line, never opened by itself, put away for ever by one click. */
import { Button, Tour } from "antd";
import { useEffect, useState } from "react";
import { useOwnKeys } from "../components/useOwnKeys";
import { keyOf } from "../desk/keymap";
import { useStoredKeys } from "../screens/desk/useStoredKeys";
import { tid } from "../testids";
import { zh } from "../zh";
import { useApp } from "./context";

const words = zh.tour;
const SEEN_KEY = "zhaoshen.tour";
/** What each step points at: the first of these that is drawn. Where none is, the step stands in the middle. */
const TARGETS = [
  [tid.nav("roster")],
  [tid.nav("photos")],
  [tid.approve, tid.nav("desk")],
  [tid.reject, tid.nav("desk")],
  [tid.nav("delivery")],
];

/** What the step points at; `null` for nothing. */
function targetOf(step: number): HTMLElement | null {
  const drawn = TARGETS[step]?.map((id) => document.querySelector<HTMLElement>(`[data-testid="${id}"]`));
  return drawn?.find((element) => element !== null) ?? null;
}

/** The button that goes on, and how long its step takes to be drawn, ms. */
const NEXT = ".ant-tour-next-btn";
const NEXT_AFTER_MS = 50;

/** What cannot be read stays the first keys; the desk says why. */
const ignore = () => undefined;

const seen = () => localStorage.getItem(SEEN_KEY) === "seen";

/** The steps themselves. While they are open no key decides on the photo underneath. */
export function TourSteps({ onClose }: { onClose: () => void }) {
  const { bridge } = useApp();
  const { map } = useStoredKeys(bridge, ignore);
  const steps = words.steps((act) => keyOf(map, act) || zh.desk.noKey);
  const [step, setStep] = useState(0);
  useEffect(() => {
    void step;
    // Enter goes on, from the first step to the last.
    const timer = setTimeout(() => document.querySelector<HTMLElement>(NEXT)?.focus(), NEXT_AFTER_MS);
    return () => clearTimeout(timer);
  }, [step]);
  useOwnKeys(true);
  return (
    <Tour
      open
      current={step}
      onChange={setStep}
      onClose={onClose}
      onFinish={onClose}
      steps={steps.map(([title, description], at) => ({
        title,
        description,
        target: at === step ? targetOf(at) : null,
        nextButtonProps: { children: at + 1 === steps.length ? words.end : words.next },
        prevButtonProps: { children: words.back },
      }))}
    />
  );
}

export function TourGuide() {
  const { place, status } = useApp();
  const [put, setPut] = useState(seen);
  const [open, setOpen] = useState(false);
  const away = () => {
    localStorage.setItem(SEEN_KEY, "seen");
    setPut(true);
    setOpen(false);
  };
  if (open) return <TourSteps onClose={away} />;
  const here = place.screen === "desk" || place.screen === "rounds";
  if (put || !here || status.rounds.length === 0) return null;
  const keepFocus = (event: React.MouseEvent) => event.preventDefault();
  return (
    <div className="tour-offer" data-testid={tid.tourOffer}>
      <span>{words.offer}</span>
      <Button
        size="small"
        type="primary"
        data-testid={tid.tourStart}
        onMouseDown={keepFocus}
        onClick={() => setOpen(true)}
      >
        {words.start}
      </Button>
      <Button size="small" data-testid={tid.tourNever} onMouseDown={keepFocus} onClick={away}>
        {words.never}
      </Button>
    </div>
  );
}
