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

/**
 * The parts of a payment: those that were typed stay, the others have the rest in equal parts, or nothing where the typed
 * ones leave none.
 */
export function divided(fen: number, typed: (string | null)[]): string[] {
  const given = typed.reduce<number>((sum, amount) => sum + (amount === null ? 0 : (fenOf(amount) ?? 0)), 0);
  const left = fen - given;
  const rest = left > 0 === fen > 0 ? left : 0;
  const parts = evenly(rest, typed.filter((amount) => amount === null).length);
  return typed.map((amount) => amount ?? yuanOf(parts.shift() ?? 0));
}
