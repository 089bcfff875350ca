/** Dividing a payment among students, in 分 so that nothing is rounded away. */

/** 分 of an amount in 元 with at most two decimals; `null` for what is none. */
export function fenOf(amount: string): number | null {
  const found = /^(-?)(\d{1,7})(?:\.(\d{1,2}))?$/.exec(amount.trim());
  if (!found) return null;
  const [, sign, yuan, fen = ""] = found;
  const whole = Number(yuan) * 100 + Number(fen.padEnd(2, "0"));
  return sign === "-" ? -whole : whole;
}

/** An amount in 元, with two decimals where they are not zero. */
export function yuanOf(fen: number): string {
  const rest = Math.abs(fen) % 100;
  const yuan = `${fen < 0 ? "-" : ""}${Math.floor(Math.abs(fen) / 100)}`;
  return rest === 0 ? yuan : `${yuan}.${String(rest).padStart(2, "0")}`;
}

/** What each of `number` has when all have the same; what cannot be divided goes to the first ones. */
export function evenly(fen: number, number: number): number[] {
  const sign = fen < 0 ? -1 : 1;
  const each = Math.floor(Math.abs(fen) / number);
  const rest = Math.abs(fen) % number;
  return Array.from({ length: number }, (_, at) => sign * (each + (at < rest ? 1 : 0)));
}
