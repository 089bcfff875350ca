/** A picture of the guide in the tone of the window; a press shows it in its own size. */
import { Modal } from "antd";
import { useState } from "react";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { guidePicture, PICTURE_SIZE } from "./guidePages";

const words = zh.help.guide;

/** Both tones; the styles show the one that the window has. */
function Tones({ screen, alt }: { screen: string; alt: string }) {
  return (["light", "dark"] as const).map((tone) => (
    <img
      key={tone}
      className={`guide-${tone}`}
      src={guidePicture(screen, tone)}
      alt={alt}
      loading="lazy"
      draggable={false}
      {...PICTURE_SIZE}
    />
  ));
}

export function GuidePicture({ screen, words: alt }: { screen: string; words: string }) {
  const [large, setLarge] = useState(false);
  return (
    <figure className="guide-figure">
      <button
        type="button"
        className="guide-picture"
        title={words.larger}
        data-testid={tid.guidePicture(screen)}
        aria-label={words.enlarge(alt)}
        onClick={() => setLarge(true)}
      >
        <Tones screen={screen} alt={alt} />
      </button>
      <figcaption>{alt}</figcaption>
      <Modal
        open={large}
        onCancel={() => setLarge(false)}
        footer={null}
        title={alt}
        width="fit-content"
        centered
        destroyOnHidden
        className="guide-large"
      >
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
        <div tabIndex={0} className="guide-large-box" data-testid={tid.guideLarge}>
          <Tones screen={screen} alt={alt} />
        </div>
      </Modal>
    </figure>
  );
}
