/** What every page of the program stands in: antd in Chinese, in the tone of the day. */
import { ConfigProvider } from "antd";
import zhCN from "antd/locale/zh_CN";
import { type ReactNode, useMemo } from "react";
import { antdTheme, type Tone } from "./theme";

export function Themed({ tone, children }: { tone: Tone; children: ReactNode }) {
  const config = useMemo(() => antdTheme(tone), [tone]);
  return (
    <ConfigProvider locale={zhCN} theme={config} button={{ autoInsertSpace: false }}>
      {children}
    </ConfigProvider>
  );
}
