import { useState } from "preact/hooks";

interface Props {
  src: string;
  alt: string;
  eager?: boolean;
}

/** A picture; where it cannot be had, a drawn one with its description. */
export function Picture({ src, alt, eager = false }: Props) {
  const [missing, setMissing] = useState(false);
  if (missing) {
    return <Placeholder alt={alt} />;
  }
  return (
    <img
      src={src}
      alt={alt}
      loading={eager ? "eager" : "lazy"}
      decoding="async"
      draggable={false}
      onError={() => setMissing(true)}
    />
  );
}

/** Leaves on a field, in CSS. */
export function Placeholder({ alt, note }: { alt: string; note?: string }) {
  return (
    <div class="placeholder" role="img" aria-label={alt}>
      <i />
      <i />
      <i />
      <span>{note ?? alt}</span>
    </div>
  );
}
