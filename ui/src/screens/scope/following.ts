/** What is left to choose of each column once others are chosen: of 学院 A, its 专业 alone. */
import type { ScopeChoice, ScopeChoices, ScopeCohort, ScopeTogether } from "../../bindings/wire";

export type Field = keyof ScopeCohort;
/** In the order of the places of a {@link ScopeTogether}. */
export const FIELDS: readonly Field[] = [
  "grades",
  "study_modes",
  "levels",
  "campuses",
  "colleges",
  "majors",
  "classes",
];

/** The choices of each column that fit what is chosen of all others, each with the students who have both. */
export function following(
  choices: ScopeChoices,
  together: readonly ScopeTogether[],
  cohort: ScopeCohort,
): ScopeChoices {
  const chosen = FIELDS.map((field) => new Set(cohort[field]));
  const fits = FIELDS.map((field, at) =>
    choices[field].map(({ value }) => chosen[at]?.size === 0 || chosen[at]?.has(value)),
  );
  const counts = FIELDS.map((field) => new Array<number>(choices[field].length).fill(0));
  for (const { places, students } of together) {
    const against = places.filter((place, at) => !fits[at]?.[place]).length;
    places.forEach((place, at) => {
      const own = fits[at]?.[place] ? 0 : 1;
      const of = counts[at];
      if (of && against === own) of[place] = (of[place] ?? 0) + students;
    });
  }
  const left = (field: Field, at: number): ScopeChoice[] =>
    choices[field].flatMap(({ value }, place) => {
      const students = counts[at]?.[place] ?? 0;
      return students > 0 ? [{ value, students }] : [];
    });
  return Object.fromEntries(FIELDS.map((field, at) => [field, left(field, at)])) as unknown as ScopeChoices;
}
