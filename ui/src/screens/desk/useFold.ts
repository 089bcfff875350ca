/** The list of queues, which in a narrow window lies folded and, opened, covers the photo: then the desk's keys rest. */
import {
  type FocusEvent,
  type RefObject,
  useCallback,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { useOwnKeys } from "../../components/useOwnKeys";

/** As in desk-narrow.css. */
const NARROW = "(max-width: 1000px)";

function subscribeNarrow(changed: () => void) {
  const query = window.matchMedia(NARROW);
  query.addEventListener("change", changed);
  return () => query.removeEventListener("change", changed);
}
const isNarrow = () => window.matchMedia(NARROW).matches;

/** While the list covers the photo: no key decides, Esc and a press beside the list put it away. */
function useCovering(covering: boolean, box: RefObject<HTMLElement | null>, leave: () => void) {
  useOwnKeys(covering);
  useEffect(() => {
    if (!covering) return;
    const key = (event: KeyboardEvent) => {
      if (event.key === "Escape") leave();
    };
    const press = (event: Event) => {
      if (!(event.target instanceof Node && box.current?.contains(event.target))) leave();
    };
    document.addEventListener("keydown", key);
    document.addEventListener("pointerdown", press, true);
    return () => {
      document.removeEventListener("keydown", key);
      document.removeEventListener("pointerdown", press, true);
    };
  }, [covering, box, leave]);
}

/**
 * `asked` rises when the list is to be worked by keyboard, beginning with its box where `find` says so; `onLeave` gives the
 * keys back to the photo.
 */
export function useFold(
  box: RefObject<HTMLElement | null>,
  asked: number,
  find: boolean,
  onLeave: () => void,
) {
  const narrow = useSyncExternalStore(subscribeNarrow, isNarrow);
  const [open, setOpen] = useState(false);
  const seen = useRef(asked);
  const covering = open && narrow;
  const close = useCallback(() => setOpen(false), []);
  const leave = useCallback(() => {
    setOpen(false);
    onLeave();
  }, [onLeave]);
  useEffect(() => {
    void narrow;
    setOpen(false);
  }, [narrow]);
  useEffect(() => {
    if (asked === seen.current) return;
    seen.current = asked;
    setOpen(true);
  }, [asked]);
  useEffect(() => {
    void asked;
    if (!open) return;
    const first = (what: string) => box.current?.querySelector<HTMLElement>(what);
    if (find) first("input")?.focus();
    else (first("[aria-current=true]") ?? first(".queue:not(:disabled)"))?.focus();
  }, [open, asked, find, box]);
  useCovering(covering, box, leave);
  const onBlur = (event: FocusEvent) => {
    const to = event.relatedTarget;
    if (!(to instanceof Node && box.current?.contains(to))) close();
  };
  const toggle = () => (open ? leave() : setOpen(true));
  return { narrow, covering, close, leave, toggle, onBlur };
}
