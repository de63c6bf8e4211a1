import { useEffect, useRef, useState } from "preact/hooks";

import { Placeholder } from "./Picture";
import type { Medium } from "./types";

/** The field all around. Its viewer is loaded only when somebody looks. */
export function Panorama({ medium }: { medium: Medium }) {
  const place = useRef<HTMLDivElement>(null);
  const [missing, setMissing] = useState(false);

  useEffect(() => {
    let gone = false;
    let destroy = () => {};
    void (async () => {
      try {
        const [{ Viewer }] = await Promise.all([
          import("@photo-sphere-viewer/core"),
          import("@photo-sphere-viewer/core/index.css"),
        ]);
        const found = await fetch(medium.url, { method: "HEAD" });
        if (gone || !place.current || !found.ok) {
          setMissing(!found.ok);
          return;
        }
        const viewer = new Viewer({
          container: place.current,
          panorama: medium.url,
          navbar: ["zoom", "fullscreen"],
          touchmoveTwoFingers: false,
          mousewheel: false,
          lang: { zoom: "缩放", zoomOut: "缩小", zoomIn: "放大", fullscreen: "全屏" },
        });
        viewer.addEventListener("panorama-error", () => setMissing(true));
        destroy = () => viewer.destroy();
      } catch {
        setMissing(true); // no WebGL, or no network
      }
    })();
    return () => {
      gone = true;
      destroy();
    };
  }, [medium.url]);

  if (missing) {
    return <Placeholder alt={medium.alt} note={`${medium.alt}（这里暂时看不到全景）`} />;
  }
  return <div class="panorama" ref={place} role="img" aria-label={medium.alt} />;
}
