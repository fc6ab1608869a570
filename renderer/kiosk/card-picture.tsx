/** An ID card that comes to lie flat on a reader, again and again; it lies there where motion is not wanted. */
export function CardPicture() {
  return (
    <svg className="card-picture" viewBox="0 0 360 250" aria-hidden="true">
      <ellipse className="card-picture__shadow" cx="180" cy="226" rx="172" ry="18" />
      <path className="card-picture__side" d="M12 184v18q0 16 16 16h304q16 0 16-16v-18z" />
      <path
        className="card-picture__reader"
        d="M74 96h212q12 0 18 11l42 76q8 17-12 17H26q-20 0-12-17l42-76q6-11 18-11z"
      />
      <path className="card-picture__pad" d="M88 112h184l36 70H52z" />
      <circle className="card-picture__light" cx="180" cy="208" r="5" />
      <g className="card-picture__card">
        <path className="card-picture__edge" d="M102 122h156q7 0 10 6l23 43q5 9-6 9H75q-11 0-6-9l23-43q3-6 10-6z" />
        <path className="card-picture__paper" d="M102 116h156q7 0 10 6l23 43q5 9-6 9H75q-11 0-6-9l23-43q3-6 10-6z" />
        <path className="card-picture__band" d="M102 116h156q7 0 10 6l4 8H88l4-8q3-6 10-6z" />
        <ellipse className="card-picture__head" cx="232" cy="142" rx="12" ry="6.5" />
        <path className="card-picture__head" d="M212 166q3-14 22-14t24 14z" />
        <path className="card-picture__print" d="M102 137h66l-1 6H99zM96 149h50l-1 6H93zM90 161h78l-1 6H87z" />
      </g>
      <g className="card-picture__waves">
        <path d="M150 84q30-16 60 0" />
        <path d="M132 66q48-26 96 0" />
      </g>
    </svg>
  );
}
