import { encode } from 'uqr';

/** A text as a QR code, drawn in the page: pictures from elsewhere are not let in (shared/page-policy.ts). */
export function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const { data, size } = encode(text, { border: 2 });
  const path = data
    .flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${String(x)} ${String(y)}h1v1h-1z`] : [])))
    .join('');
  return (
    <figure className="qr-code" aria-label={label}>
      <svg viewBox={`0 0 ${String(size)} ${String(size)}`} aria-hidden>
        <rect width={size} height={size} fill="#fff" />
        <path d={path} fill="#000" shapeRendering="crispEdges" />
      </svg>
    </figure>
  );
}
