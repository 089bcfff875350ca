/** Tells when what was just put into the page has been painted. Not a timer: it follows the screen's frames. */

/** Calls back right after the next frame was painted; the answer calls it off. */
export function afterPaint(done: () => void): () => void {
  let off = false;
  const frame = requestAnimationFrame(() => {
    // A message posted inside a frame is delivered after that frame's paint.
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      channel.port1.close();
      if (!off) done();
    };
    channel.port2.postMessage(null);
  });
  return () => {
    off = true;
    cancelAnimationFrame(frame);
  };
}
