import { at, circle, COLOURS, ellipse, outdoors, path, person, picture, rect, stroke } from './shapes.ts';

const C = COLOURS;

const flame = (): string =>
  path('M0 0C-60 -20 -70 -90 -20 -140C-24 -100 4 -96 6 -130C50 -100 70 -20 0 0Z', '#e2622b') +
  path('M0 0C-32 -12 -36 -50 -8 -80C-8 -56 14 -56 14 -72C36 -50 34 -10 0 0Z', C.gold);

const cross = (size: number): string =>
  stroke(`M${-size} ${-size}L${size} ${size}M${size} ${-size}L${-size} ${size}`, C.sail, size / 4);

/** What the brochures show, by name. */
export const BROCHURE_PICTURES: Readonly<Record<string, () => string>> = {
  /** An e-bike that is charged in a stairwell, crossed out. */
  stairwell: () =>
    picture(
      rect(0, 0, 1200, 800, '#eef0ee'),
      rect(0, 620, 1200, 180, C.stone),
      path('M700 620V520H800V440H900V360H1000V280H1100V200H1200V620Z', '#d8cfc2'),
      rect(90, 150, 240, 470, C.wood, 8),
      circle(300, 400, 12, C.gold),
      at(560, 620, 1, stroke('M-150 -60a60 60 0 1 0 1 0M150 -60a60 60 0 1 0 1 0', C.ink, 18)),
      stroke('M410 620L480 470H640L710 620M640 470L660 400H610M480 470L460 430H520', C.blue, 20),
      rect(500, 500, 120, 70, C.ink, 12),
      stroke('M620 540C700 560 660 300 700 240', C.gold, 10),
      rect(680, 190, 46, 56, C.white, 8),
      at(560, 430, 1, cross(150)),
    ),
  /** A pan on fire; a lid goes over it. */
  pan: () =>
    picture(
      rect(0, 0, 1200, 800, '#fdf1d9'),
      rect(0, 600, 1200, 200, C.wood),
      rect(330, 560, 520, 40, C.grey, 8),
      path('M360 460H820C820 540 760 560 700 560H480C420 560 360 540 360 460Z', C.ink),
      rect(815, 470, 220, 26, C.ink, 12),
      at(510, 470, 1.4, flame()),
      at(660, 470, 1.2, flame()),
      at(600, 200, 1, path('M-240 40A240 90 0 0 1 240 40Z', C.blue), rect(-26, -72, 52, 34, C.ink, 10)),
      stroke('M330 250v110M870 250v110M306 330l24 34l24 -34M846 330l24 34l24 -34', C.green, 14),
    ),
  /** Low along the wall, a wet cloth before the mouth, smoke above. */
  smoke: () =>
    picture(
      rect(0, 0, 1200, 800, '#f3eee6'),
      [100, 300, 500, 700, 900, 1100].map((x, index) => circle(x, 90 + (index % 2) * 40, 150, '#b9b2aa')).join(''),
      rect(0, 660, 1200, 140, C.stone),
      rect(960, 330, 170, 330, C.green, 8),
      path('M1000 480H1060V450L1100 495L1060 540V510H1000Z', C.white),
      path('M330 700C330 620 420 600 520 620C600 640 610 690 600 700Z', C.ink),
      ellipse(600, 692, 56, 18, C.ink),
      at(
        470,
        770,
        1.35,
        `<g transform="rotate(24 0 -110)">${person({ coat: C.blue, half: true, hands: [-40, 90, 30, -6] })}${rect(-30, -252, 66, 44, C.white, 12)}${circle(30, -216, 15, C.skin)}</g>`,
      ),
    ),
  /** An extinguisher and where to aim: at the foot of the flames. */
  extinguisher: () =>
    picture(
      outdoors(640, '#fbf6ef', C.ground),
      rect(210, 240, 190, 420, C.sail, 60),
      rect(270, 190, 70, 60, C.ink, 10),
      stroke('M270 190L210 150M340 190L410 160', C.ink, 20),
      stroke('M345 220C480 230 470 380 520 430', C.ink, 22),
      rect(236, 380, 138, 130, C.white, 10),
      path('M530 440L760 560V660Z', '#d5e8f2'),
      at(880, 670, 2.1, flame()),
      at(1000, 670, 1.5, flame()),
      ellipse(930, 672, 190, 20, '#8b5a2b'),
    ),
};
