import { useState } from "preact/hooks";

import { Panorama } from "./Panorama";
import { Picture, Placeholder } from "./Picture";
import { Spin } from "./Spin";
import type { Medium } from "./types";

const TABS = [
  ["IMAGE", "图片"],
  ["VIDEO", "视频"],
  ["PANORAMA", "产地全景"],
  ["SPIN", "360°环视"],
] as const;

/** Everything there is to look at, by kind. Dear kinds are loaded when they are chosen. */
export function Gallery({ media, name }: { media: Medium[]; name: string }) {
  const tabs = TABS.filter(([kind]) => media.some((medium) => medium.kind === kind));
  const [shown, setShown] = useState<Medium["kind"]>(tabs[0]?.[0] ?? "IMAGE");
  const chosen = media.filter((medium) => medium.kind === shown);
  const [single] = chosen;

  return (
    <section class="gallery" aria-label={`${name}的图片`}>
      <div class="stage">
        {!single && <Placeholder alt={name} />}
        {shown === "IMAGE" && single && <Strip images={chosen} />}
        {shown === "VIDEO" && single && <Film medium={single} />}
        {shown === "PANORAMA" && single && <Panorama medium={single} />}
        {shown === "SPIN" && single && <Spin medium={single} />}
      </div>
      {tabs.length > 1 && (
        <div class="tabs" role="group" aria-label="看什么">
          {tabs.map(([kind, label]) => (
            <button type="button" key={kind} aria-pressed={kind === shown} onClick={() => setShown(kind)}>
              {label}
            </button>
          ))}
        </div>
      )}
    </section>
  );
}

function Strip({ images }: { images: Medium[] }) {
  const [at, setAt] = useState(0);
  return (
    <>
      <ul
        class="strip"
        tabIndex={0}
        aria-label="图片，可左右滑动"
        onScroll={({ currentTarget: strip }) => setAt(Math.round(strip.scrollLeft / strip.clientWidth))}
      >
        {images.map((image, index) => (
          <li key={image.url}>
            <Picture src={image.url} alt={image.alt} eager={index === 0} />
          </li>
        ))}
      </ul>
      <p class="count" aria-hidden="true">
        {at + 1}/{images.length}
      </p>
    </>
  );
}

function Film({ medium }: { medium: Medium }) {
  const [missing, setMissing] = useState(false);
  if (missing) {
    return <Placeholder alt={medium.alt} note={`${medium.alt}（视频还没有准备好）`} />;
  }
  return (
    <video
      controls
      playsInline
      preload="metadata"
      src={medium.url}
      poster={medium.posterUrl ?? undefined}
      aria-label={medium.alt}
      onError={() => setMissing(true)}
    />
  );
}
