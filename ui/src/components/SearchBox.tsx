/** A box for a search over a long list. Holds what is typed itself: a letter draws the box at once, the list when it can. */
import { Input } from "antd";
import { startTransition, useState } from "react";

interface Props {
  label: string;
  testid: string;
  /** What to look for, without blanks around it. */
  onText: (text: string) => void;
}

export function SearchBox({ label, testid, onText }: Props) {
  const [typed, setTyped] = useState("");
  return (
    <Input
      allowClear
      className="search"
      data-testid={testid}
      value={typed}
      placeholder={label}
      aria-label={label}
      onChange={(event) => {
        const { value } = event.target;
        setTyped(value);
        startTransition(() => onText(value.trim()));
      }}
    />
  );
}
