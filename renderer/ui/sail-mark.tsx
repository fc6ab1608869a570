/** The station's mark: a white sail over a golden hull, on sail red. The name stands beside it, so it says nothing itself. */
export function SailMark() {
  return (
    <svg className="sail-mark" viewBox="0 0 64 64" aria-hidden="true">
      <rect className="sail-mark__ground" width="64" height="64" rx="15" />
      <path className="sail-mark__jib" d="M29.5 14.5v29h-18z" />
      <path className="sail-mark__sail" d="M33.5 8.5v35h19z" />
      <path className="sail-mark__hull" d="M11 47h42l-6 8H17z" />
    </svg>
  );
}

export interface SailSceneProps {
  /** Where the boat lies when there is more room than it needs: at the right, on the ground, or in the middle. */
  readonly lies: 'right' | 'middle';
}

/** The same boat at sea, as a backdrop. */
export function SailScene({ lies }: SailSceneProps) {
  const align = lies === 'right' ? 'xMaxYMax meet' : 'xMidYMid meet';
  return (
    <svg className="sail-scene" viewBox="-12 0 400 328" preserveAspectRatio={align} aria-hidden="true">
      <path className="sail-scene__jib" d="M166 66v194H50z" />
      <path className="sail-scene__sail" d="M186 14v246h150z" />
      <path className="sail-scene__hull" d="M22 278h332l-40 50H62z" />
    </svg>
  );
}
