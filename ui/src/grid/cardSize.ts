/** How large the cards of the grid are: kept on this computer, as the tone is. */
import { useCallback, useState } from "react";
import { type CardSize, SIZES } from "./layout";

const KEY = "zhaoshen.cards";

function kept(): CardSize {
  const known = localStorage.getItem(KEY);
  return SIZES.find((size) => size === known) ?? "small";
}

export function useCardSize(): [CardSize, (size: CardSize) => void] {
  const [size, setSize] = useState(kept);
  const choose = useCallback((wanted: CardSize) => {
    localStorage.setItem(KEY, wanted);
    setSize(wanted);
  }, []);
  return [size, choose];
}
