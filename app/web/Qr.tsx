import qrcode from "qrcode-generator";

const QUIET = 4; // modules of white around it (ISO/IEC 18004)

/** A text as a QR code, for the clerk's camera. */
export function Qr({ text, label }: { text: string; label: string }) {
  const code = qrcode(0, "M");
  code.addData(text, "Alphanumeric");
  code.make();
  const side = code.getModuleCount();
  const dark: string[] = [];
  for (let row = 0; row < side; row += 1) {
    for (let column = 0; column < side; column += 1) {
      if (code.isDark(row, column)) {
        dark.push(`M${column + QUIET} ${row + QUIET}h1v1h-1z`);
      }
    }
  }
  return (
    <svg class="qr" role="img" aria-label={label} viewBox={`0 0 ${side + 2 * QUIET} ${side + 2 * QUIET}`}>
      <rect width="100%" height="100%" fill="#fff" />
      <path d={dark.join("")} fill="#000" shape-rendering="crispEdges" />
    </svg>
  );
}
