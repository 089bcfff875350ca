/**
 * Pictures kept decoded for the photos around the current one, as `<img>` nodes that are swapped in
 * whole: changing the address of a shown picture would let the old one stand under the new name.
 */

export type PictureState = "loading" | "decoded" | "broken";

export interface Picture {
  node: HTMLImageElement;
  state: PictureState;
}

export class PhotoShelf {
  private kept = new Map<string, Picture>();
  /** No longer wanted; one of them may still be on the screen. */
  private dropped: HTMLImageElement[] = [];

  constructor(
    private readonly address: (photo: string) => string,
    private readonly changed: (photo: string) => void,
  ) {}

  /** Keeps exactly these photos, loading what is missing in the order given. */
  keep(photos: readonly string[]): void {
    const wanted = new Set(photos);
    this.release();
    for (const [photo, { node }] of this.kept) {
      if (wanted.has(photo)) continue;
      this.kept.delete(photo);
      this.dropped.push(node);
    }
    for (const photo of wanted) if (!this.kept.has(photo)) this.load(photo);
  }

  get(photo: string): Picture | null {
    return this.kept.get(photo) ?? null;
  }

  /** Has a picture that could not be shown loaded anew when it is next kept; whether there was one. */
  forgetBroken(photo: string): boolean {
    return this.kept.get(photo)?.state === "broken" && this.kept.delete(photo);
  }

  /** Lets go of pictures: a node without an owner keeps its pixels until the engine gets round to it. */
  private release(): void {
    this.dropped = this.dropped.filter((node) => {
      if (!node.isConnected) node.removeAttribute("src");
      return node.isConnected;
    });
  }

  private load(photo: string): void {
    const node = new Image();
    node.decoding = "sync";
    node.draggable = false;
    node.alt = "";
    const picture: Picture = { node, state: "loading" };
    this.kept.set(photo, picture);
    node.src = this.address(photo);
    const settle = (state: PictureState) => {
      picture.state = state;
      if (this.kept.get(photo) === picture) this.changed(photo);
    };
    node.decode().then(
      () => settle("decoded"),
      () => settle("broken"),
    );
  }
}
