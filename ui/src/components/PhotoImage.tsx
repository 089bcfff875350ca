/**
 * A photo in the page that gives its pixels back as it leaves. A node without an owner keeps them until the engine's
 * next whole clearing up, which a quick reviewer outruns: without this a sitting over thousands of photos takes what
 * hundreds of them weigh. Only for photos of people; it loads nothing ahead and knows no state of loading.
 */
import { type ComponentProps, useLayoutEffect, useRef } from "react";

export function PhotoImage({ src, alt, ...rest }: ComponentProps<"img"> & { src: string; alt: string }) {
  const ref = useRef<HTMLImageElement>(null);
  useLayoutEffect(() => {
    const node = ref.current;
    if (!node) return;
    node.src = src;
    return () => node.removeAttribute("src");
  }, [src]);
  return <img alt={alt} draggable={false} {...rest} ref={ref} />;
}
