/** Above the findings: that this photo is reviewed a second time, and, once it was, what both people decided. */
import type { ReviewView } from "../../bindings/wire";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { decisionText } from "./Timeline";

const words = zh.second;

export function ReviewNote({ review }: { review: ReviewView | null }) {
  if (!review) return null;
  const state = review.state === "open" && review.own ? "own" : review.state;
  return (
    <section className="desk-section" role="status" data-testid={tid.reviewNote} data-state={state}>
      <strong>{words.strip[state]}</strong>
      {review.first && review.second ? (
        <p className="quiet">
          {words.verdicts(
            `${review.first.reviewer} ${decisionText(review.first)}`,
            `${review.second.reviewer} ${decisionText(review.second)}`,
          )}
        </p>
      ) : null}
    </section>
  );
}
