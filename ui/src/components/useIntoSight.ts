/** What has just come about is brought into sight, wherever its button stood. */
import { useEffect, useRef } from "react";

/** For the element that appears; once, when it does. */
export function useIntoSight<T extends HTMLElement>() {
  const box = useRef<T>(null);
  useEffect(() => {
    box.current?.scrollIntoView?.({ block: "nearest" });
  }, []);
  return box;
}
