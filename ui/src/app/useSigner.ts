/** Who signs by now: an act that waited for a name was asked for when nobody had signed. */
import { type RefObject, useEffect, useRef } from "react";
import { useApp } from "./context";

/** The person of the seat, 0 while there is none. */
export function useSigner(): RefObject<number> {
  const person = useApp().status.seat.person ?? 0;
  const signer = useRef(person);
  useEffect(() => {
    signer.current = person;
  }, [person]);
  return signer;
}
