/** Light or dark, told by the tone it changes to. */
import { MoonOutlined, SunOutlined } from "@ant-design/icons";
import { tid } from "../testids";
import { zh } from "../zh";
import type { Tone } from "./theme";

export function ToneButton({ tone, onTone }: { tone: Tone; onTone: () => void }) {
  return (
    <button type="button" className="topbar-button" data-testid={tid.themeToggle} onClick={onTone}>
      {tone === "dark" ? <SunOutlined /> : <MoonOutlined />} {tone === "dark" ? zh.app.light : zh.app.dark}
    </button>
  );
}
