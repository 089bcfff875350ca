/** Copies a text to the clipboard, and says so on the button itself. */
import { Button } from "antd";
import { useState } from "react";
import { zh } from "../zh";
import { copyText } from "./clipboard";

const words = zh.delivery;

export function CopyButton({ text, label }: { text: string; label: string }) {
  const [copied, setCopied] = useState(false);
  const copy = () =>
    copyText({ plain: text })
      .then(() => setCopied(true))
      .catch(() => setCopied(false));
  return (
    <Button size="small" onClick={() => void copy()}>
      {copied ? words.copied : label}
    </Button>
  );
}

export function CopyPath({ path }: { path: string }) {
  return <CopyButton text={path} label={words.copy} />;
}
