/** A box for a PIN or a passphrase: its text is hidden, and nobody remembers it for the person. */
import { Input, type InputRef } from "antd";
import type { PasswordProps } from "antd/es/input/Password";
import type { Ref } from "react";

interface Props extends Omit<PasswordProps, "name" | "value" | "onChange" | "ref"> {
  /** Its test id. */
  name: string;
  label: string;
  value: string;
  onValue: (value: string) => void;
  box?: Ref<InputRef>;
}

export function Secret({ name, label, value, onValue, box, ...more }: Props) {
  return (
    <Input.Password
      {...(box ? { ref: box } : {})}
      data-testid={name}
      value={value}
      maxLength={64}
      // From one box to the next by one press of Tab; the eye is for the mouse.
      visibilityToggle={{ tabIndex: -1 }}
      autoComplete="new-password"
      placeholder={label}
      aria-label={label}
      onChange={(event) => onValue(event.target.value)}
      {...more}
    />
  );
}

/** What differs for the passphrase of a workspace: it is longer, and no browser's business. */
export const PASSPHRASE = { maxLength: 200, autoComplete: "off" } as const;
