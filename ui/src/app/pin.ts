/** What a PIN must be, as `model::person::is_fit_pin` has it: told before a name is sent that cannot be taken back. */

const PIN_MIN = 6;
const PIN_MAX = 64;

/** Whether it is long enough and not the first that anybody tries: one character throughout, or a run such as 123456. */
export function isFitPin(pin: string): boolean {
  const characters = [...pin].map((character) => character.codePointAt(0) ?? 0);
  const steps = (step: number) =>
    characters.every((one, at) => at === 0 || one - (characters[at - 1] ?? 0) === step);
  return characters.length >= PIN_MIN && characters.length <= PIN_MAX && ![0, 1, -1].some(steps);
}
