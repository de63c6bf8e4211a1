import { useEffect, useRef, useState } from "preact/hooks";

import { Placeholder } from "./Picture";
import type { Medium } from "./types";

/** A product turned by hand: dragging across the whole width turns it once; arrow keys turn it step by step. */
export function Spin({ medium }: { medium: Medium }) {
  const { frames } = medium;
  const [at, setAt] = useState(0);
  const [missing, setMissing] = useState(false);
  const held = useRef<{ x: number; at: number } | null>(null);
  const turn = (to: number) => setAt(((Math.round(to) % frames.length) + frames.length) % frames.length);

  useEffect(() => {
    for (const frame of frames) {
      new Image().src = frame; // so that turning does not flicker
    }
  }, [frames]);

  function drag(event: PointerEvent & { currentTarget: HTMLElement }) {
    if (held.current) {
      turn(held.current.at - ((event.clientX - held.current.x) / event.currentTarget.clientWidth) * frames.length);
    }
  }

  return (
    <div
      class="spin"
      role="slider"
      tabIndex={0}
      aria-label={`${medium.alt}，左右拖动转动`}
      aria-valuemin={1}
      aria-valuemax={frames.length}
      aria-valuenow={at + 1}
      onPointerDown={(event) => {
        held.current = { x: event.clientX, at };
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={drag}
      onPointerUp={() => (held.current = null)}
      onPointerCancel={() => (held.current = null)}
      onKeyDown={(event) => {
        if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
          turn(at + (event.key === "ArrowRight" ? 1 : -1));
          event.preventDefault();
        }
      }}
    >
      {missing ? (
        <Placeholder alt={medium.alt} />
      ) : (
        <img src={frames[at]} alt="" draggable={false} onError={() => setMissing(true)} />
      )}
      <p class="hint" aria-hidden="true">
        ↔ 拖动转动 {at + 1}/{frames.length}
      </p>
    </div>
  );
}
