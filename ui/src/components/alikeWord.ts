/** How alike two pictures are, in words. */
import type { NearPhotoView } from "../bindings/wire";
import { zh } from "../zh";

const words = zh.desk.nearPhotos;
/** Up to so many of the 256 bits two pictures are taken for one that was stored anew. */
const NEARLY_BITS = 8;

export function alikeWord({ same, distance_bits }: NearPhotoView): string {
  if (same) return words.same;
  return distance_bits <= NEARLY_BITS ? words.nearly : words.alike;
}
