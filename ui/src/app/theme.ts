/** Light and dark, for antd and for our own styles (which read `data-theme`). Not any screen's layout. */
import { type ThemeConfig, theme } from "antd";
import { useEffect, useState } from "react";

export type Tone = "light" | "dark";

const TONE_KEY = "zhaoshen.tone";
const FONTS =
  '"Microsoft YaHei UI", "Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", "Source Han Sans SC", system-ui, sans-serif';

export function antdTheme(tone: Tone): ThemeConfig {
  const dark = tone === "dark";
  return {
    algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      fontFamily: FONTS,
      fontSize: 14,
      borderRadius: 4,
      colorPrimary: dark ? "#4f86c6" : "#1f5f9e",
      colorLink: dark ? "#7fb0e6" : "#1f5f9e",
      colorBgLayout: dark ? "#17191c" : "#f3f4f6",
      colorBgContainer: dark ? "#202327" : "#ffffff",
      colorTextPlaceholder: dark ? "#9aa2ab" : "#666e78",
      colorTextSecondary: dark ? "#a9b0b8" : "#565e68",
      motion: false,
      wireframe: false,
    },
    components: { Table: { cellPaddingBlockSM: 5, cellPaddingInlineSM: 8 } },
  };
}

function initialTone(): Tone {
  const kept = localStorage.getItem(TONE_KEY);
  if (kept === "light" || kept === "dark") return kept;
  return window.matchMedia?.("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

export function useTone(): [Tone, () => void] {
  const [tone, setTone] = useState<Tone>(initialTone);
  useEffect(() => {
    document.documentElement.dataset.theme = tone;
  }, [tone]);
  const toggle = () => {
    const next = tone === "dark" ? "light" : "dark";
    localStorage.setItem(TONE_KEY, next);
    setTone(next);
  };
  return [tone, toggle];
}
