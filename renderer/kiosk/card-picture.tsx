/** An ID card that comes to lie on a reader, again and again; still where motion is not wanted. */
export function CardPicture() {
  return (
    <svg className="card-picture" viewBox="0 0 320 280" aria-hidden="true">
      <ellipse className="card-picture__shadow" cx="160" cy="246" rx="130" ry="16" />
      <rect className="card-picture__reader" x="40" y="176" width="240" height="66" rx="20" />
      <rect className="card-picture__pad" x="60" y="188" width="200" height="14" rx="7" />
      <circle className="card-picture__light" cx="160" cy="222" r="7" />
      <g className="card-picture__waves">
        <path d="M112 164q48-26 96 0" />
        <path d="M92 146q68-40 136 0" />
      </g>
      <g className="card-picture__card">
        <rect className="card-picture__paper" x="76" y="24" width="168" height="106" rx="14" />
        <rect className="card-picture__band" x="76" y="24" width="168" height="26" rx="14" />
        <rect className="card-picture__band" x="76" y="38" width="168" height="12" />
        <circle className="card-picture__head" cx="206" cy="78" r="13" />
        <path className="card-picture__head" d="M182 118q2-22 24-22t24 22z" />
        <rect className="card-picture__print" x="94" y="66" width="66" height="9" rx="4.5" />
        <rect className="card-picture__print" x="94" y="86" width="48" height="9" rx="4.5" />
        <rect className="card-picture__print" x="94" y="106" width="74" height="9" rx="4.5" />
      </g>
    </svg>
  );
}
