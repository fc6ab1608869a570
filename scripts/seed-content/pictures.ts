import {
  at,
  circle,
  COLOURS,
  ellipse,
  HEIGHT,
  house,
  outdoors,
  path,
  person,
  picture,
  rect,
  sailSign,
  stroke,
  tree,
  umbrella,
  vest,
  WIDTH,
} from './shapes.ts';

const C = COLOURS;

/** The gatehouse: walls, roof, window with a counter; its foot in the middle at 0, 0. */
function gatehouse(): string {
  return [
    rect(-230, -300, 460, 300, C.white, 8),
    rect(-230, -40, 460, 40, C.stone),
    path('M-280 -300L-210 -390H210L280 -300Z', C.sail),
    rect(-280, -304, 560, 14, C.sailLight, 6),
    rect(-190, -240, 210, 150, '#bcd9e8', 8),
    rect(-206, -96, 242, 20, C.wood, 6),
    rect(80, -240, 110, 240, C.wood, 8),
    circle(172, -118, 8, C.gold),
    at(0, -345, 1, sailSign(76)),
  ].join('');
}

function boothCounter(people: readonly string[]): string {
  return (
    rect(0, 0, WIDTH, HEIGHT, C.paper) +
    rect(0, 0, WIDTH, 470, '#f6ead8') +
    people.join('') +
    rect(0, 520, WIDTH, 60, C.wood) +
    rect(0, 580, WIDTH, 220, '#b98554')
  );
}

const chessTable = (): string =>
  rect(-190, -150, 380, 24, C.wood, 8) +
  stroke('M-140 -130L-170 0M140 -130L170 0', C.wood, 22) +
  path('M-110 -176H110L140 -152H-140Z', '#f0d9a6') +
  [-80, -30, 25, 78].map((x, index) => ellipse(x, -172, 17, 8, index % 2 === 0 ? C.sail : C.ink)).join('');

function bin(colour: string, lid: string): string {
  return (
    path('M-80 -210H80L64 0H-64Z', colour) +
    rect(-92, -240, 184, 34, lid, 12) +
    rect(-30, -262, 60, 26, lid, 10) +
    circle(-44, 4, 16, C.ink) +
    circle(44, 4, 16, C.ink)
  );
}

const recycleMark = (): string => stroke('M-24 -96L0 -136L24 -96M-34 -84H34', C.white, 11);

function phone(): string {
  return (
    rect(-110, -420, 220, 420, C.ink, 34) +
    rect(-94, -388, 188, 330, '#fdf6f1', 10) +
    circle(0, -30, 16, C.stone) +
    circle(0, -300, 44, C.stone) +
    path('M-60 -200C-60 -246 60 -246 60 -200Z', C.stone) +
    circle(-46, -120, 34, C.sail) +
    stroke('M-62 -116Q-46 -132 -30 -116', C.white, 10) +
    circle(46, -120, 34, C.leaf)
  );
}

const cloud = (colour: string): string =>
  circle(-60, 0, 44, colour) +
  circle(0, -20, 60, colour) +
  circle(64, 0, 48, colour) +
  rect(-70, 0, 150, 46, colour, 20);

const snow = (): string =>
  [90, 230, 330, 470, 560, 640].map((x, index) => circle(x, 90 + ((index * 137) % 330), 9, C.white)).join('');

/** By name; each says what it shows. All are wordless, so that they serve both languages. */
export const PICTURES: Readonly<Record<string, () => string>> = {
  /** A station beside the gate, with a guard and somebody who drinks tea. */
  station: () =>
    picture(
      outdoors(600),
      at(60, 600, 1, house(280, 5, '#e9d3b2')),
      at(880, 600, 1, house(270, 6, '#e5c9a2')),
      at(330, 610, 0.9, tree()),
      at(1130, 640, 1.1, tree('#4f9a63')),
      at(640, 690, 1.15, gatehouse()),
      at(500, 640, 0.62, person({ coat: C.blue, half: true, hands: [-50, 90, 74, 60] })),
      at(1010, 730, 0.95, person({ coat: C.green, hair: C.hairGrey, bun: true, hands: [-70, 50, 60, 96] })),
      at(
        1010,
        730,
        0.95,
        rect(-96, -176, 34, 36, C.white, 6),
        stroke('M-86 -186q-6 -14 4 -26M-72 -186q-6 -14 4 -26', C.grey, 4),
      ),
      at(230, 740, 0.95, person({ coat: C.white, trousers: C.blue, hands: [-58, 92, 72, 10] }), vest()),
    ),

  /** A dispatcher with headphones; a repairman under way with his tool box. */
  'service-440': () =>
    picture(
      rect(0, 0, WIDTH, HEIGHT, C.paper),
      rect(0, 0, 600, HEIGHT, '#f9e9e2'),
      at(290, 705, 1.55, person({ coat: C.sail, half: true, bun: true, hands: [-70, 110, 60, 110] })),
      at(
        290,
        705,
        1.55,
        stroke('M-46 -262A46 46 0 0 1 46 -262', C.ink, 10),
        rect(-56, -276, 20, 36, C.ink, 8),
        stroke('M-46 -244Q-40 -214 -12 -222', C.ink, 5),
      ),
      rect(40, 560, 520, 40, C.wood, 8),
      rect(40, 600, 520, 200, '#b98554'),
      at(
        480,
        560,
        1,
        rect(-90, -150, 180, 120, C.ink, 10),
        rect(-78, -138, 156, 96, '#cfe4ef', 4),
        rect(-16, -32, 32, 32, C.ink),
      ),
      rect(600, 600, 600, 200, C.sand),
      at(930, 700, 1.4, person({ coat: C.blue, trousers: '#284b66', hands: [-66, 98, 74, 100] })),
      at(930, 700, 1.4, path('M-46 -274C-46 -320 46 -320 46 -274Z', C.gold), rect(-54, -280, 108, 14, C.gold, 7)),
      at(930, 700, 1.4, rect(34, -96, 84, 56, C.sail, 6), stroke('M58 -96V-112H94V-96', C.sail, 8)),
      at(740, 260, 1, stroke('M0 0a70 70 0 1 0 1 0', C.blue, 16), stroke('M0 30V70L32 92', C.blue, 14)),
    ),

  /** One hands an umbrella to another; rain. */
  lending: () =>
    picture(
      outdoors(620, '#cfdde6'),
      at(250, 160, 1.6, cloud('#f3f7fa')),
      at(930, 140, 1.3, cloud('#f3f7fa')),
      [120, 260, 380, 520, 640, 760, 880, 1010, 1110]
        .map((x, index) => stroke(`M${x} ${270 + ((index * 71) % 190)}l-14 46`, '#8fb2c6', 7))
        .join(''),
      at(410, 740, 1.5, person({ coat: C.white, trousers: C.blue, hands: [-62, 95, 120, 20] }), vest()),
      at(790, 740, 1.5, person({ coat: '#8a5a86', hair: C.hairGrey, bun: true, hands: [-110, 30, 62, 95] })),
      at(606, 500, 1.15, umbrella(C.sail, C.sailLight)),
    ),

  /** Four bins, blue, green, red and grey. */
  waste: () =>
    picture(
      outdoors(560, '#e7f1ea'),
      at(60, 560, 1, tree()),
      at(1140, 560, 1.15, tree('#4f9a63')),
      at(250, 680, 1.25, bin(C.blue, '#144a70'), recycleMark()),
      at(
        490,
        680,
        1.25,
        bin(C.green, '#216340'),
        path('M-34 -120C-34 -160 10 -166 34 -150C34 -106 2 -92 -34 -120Z', C.white),
      ),
      at(
        730,
        680,
        1.25,
        bin(C.sail, '#7c0a11'),
        path('M0 -164L42 -88H-42Z', C.white),
        rect(-5, -142, 10, 30, C.sail),
        circle(0, -100, 6, C.sail),
      ),
      at(970, 680, 1.25, bin('#8b857d', '#5f5a54'), stroke('M-26 -144H26M-26 -120H26M-26 -96H8', C.white, 10)),
    ),

  /** Somebody with a telephone that shows a call of nobody known, and a hand that says no. */
  fraud: () =>
    picture(
      rect(0, 0, WIDTH, HEIGHT, '#f7e8e6'),
      circle(840, 400, 330, '#f1d3cf'),
      at(
        320,
        1000,
        2.3,
        person({ coat: '#5d7fa3', hair: C.hairGrey, half: true, glasses: true, hands: [-70, 110, 96, 20] }),
      ),
      at(840, 640, 1.15, phone()),
      stroke('M1010 180l70 -60M1040 260l92 -20M640 200l-60 -50', C.sail, 16),
      at(1060, 620, 1.2, circle(0, 0, 86, C.sail), rect(-56, -16, 112, 32, C.white, 8)),
    ),

  /** A counter with three windows and people who wait. */
  payment: () =>
    picture(
      boothCounter([
        rect(60, 90, 320, 380, '#cfe4ef', 12),
        rect(440, 90, 320, 380, '#cfe4ef', 12),
        rect(820, 90, 320, 380, '#cfe4ef', 12),
        at(220, 620, 1.1, person({ coat: C.blue, half: true })),
        at(600, 620, 1.1, person({ coat: C.green, half: true, bun: true })),
        at(980, 620, 1.1, person({ coat: C.sail, half: true, glasses: true })),
      ]),
      at(220, 150, 1, path('M0 -40C26 -4 34 12 34 26A34 34 0 0 1 -34 26C-34 12 -26 -4 0 -40Z', C.blue)),
      at(600, 150, 1, path('M-44 6L0 -36L44 6V48H-44Z', C.green)),
      at(980, 150, 1, stroke('M-34 40V-20M0 40V-20M34 40V-20M-46 -20H46M-46 40H46', C.sail, 10)),
      at(820, 776, 1.2, person({ coat: '#b0703c', hair: C.hairGrey, hands: [-66, 60, 62, 95] })),
      at(380, 776, 1.2, person({ coat: '#7d6aa8', hands: [-62, 95, 66, 60] })),
    ),

  /** Four volunteers in red vests wave. */
  volunteers: () =>
    picture(
      outdoors(590),
      at(90, 590, 1, house(320, 4, '#e9d3b2')),
      at(800, 590, 1, house(330, 5, '#e5c9a2')),
      at(600, 600, 1.25, tree()),
      ...[
        { x: 230, look: { coat: C.white, hands: [-62, 95, 84, -60] as const, trousers: C.blue } },
        { x: 470, look: { coat: '#f0e2c6', hair: C.hairGrey, bun: true, hands: [-66, 92, 66, 92] as const } },
        { x: 720, look: { coat: C.white, glasses: true, hands: [-66, 92, 66, 92] as const, trousers: '#4a5a3c' } },
        { x: 960, look: { coat: '#dfe9f0', skin: C.skinDark, hands: [-86, -60, 62, 95] as const } },
      ].map(({ x, look }) => at(x, 750, 1.45, person(look), vest())),
    ),

  /** Two play chess, one looks on. */
  activities: () =>
    picture(
      outdoors(560, '#eaf3e6', '#dbe6cb'),
      at(150, 560, 1.5, tree()),
      at(1080, 560, 1.4, tree('#4f9a63')),
      at(
        600,
        610,
        1.3,
        person({ coat: C.sail, half: true, glasses: true, hair: C.hairGrey, hands: [-60, 100, 60, 100] }),
      ),
      at(330, 730, 1.35, person({ coat: C.blue, hair: C.hairGrey, hands: [-50, 100, 110, 60] })),
      at(870, 730, 1.35, person({ coat: '#4a5a3c', hair: C.hair, hands: [-110, 60, 50, 100] })),
      at(600, 740, 1.15, chessTable()),
    ),

  /** Summer on the left: sun and a fan; winter on the right: snow and a scarf. */
  seasons: () =>
    picture(
      rect(0, 0, 600, HEIGHT, '#fdf0cf'),
      rect(600, 0, 600, HEIGHT, '#d3e4f0'),
      rect(0, 640, 600, 160, C.ground),
      rect(600, 640, 600, 160, C.white),
      circle(130, 140, 74, C.gold),
      stroke('M130 32V6M238 140H266M206 64L226 44M206 216L226 236M54 64L34 44', C.gold, 14),
      at(500, 650, 1.5, tree()),
      at(260, 760, 1.6, person({ coat: '#e9c46a', hair: C.hairGrey, hands: [-62, 95, 80, 20] })),
      at(260, 760, 1.6, path('M80 -190C112 -240 160 -226 156 -176C150 -152 110 -150 80 -190Z', C.leaf)),
      at(600, 0, 1, snow()),
      at(900, 760, 1.6, person({ coat: C.blue, hair: C.hairGrey, bun: true, hands: [-56, 110, 56, 110] })),
      at(900, 760, 1.6, path('M-46 -228H46V-196H-46Z', C.sail), rect(12, -200, 28, 76, C.sail, 6)),
      at(
        1090,
        650,
        1.2,
        rect(-12, -90, 24, 90, C.wood),
        path('M-90 -80L0 -190L90 -80Z', '#4d7f6a'),
        path('M-70 -150L0 -250L70 -150Z', '#4d7f6a'),
        path('M-38 -204L0 -252L38 -204Z', C.white),
      ),
    ),

  /** Houses at night, a few windows lit, the moon. */
  courtesy: () =>
    picture(
      outdoors(640, C.night, '#1b2a3f'),
      circle(960, 170, 76, '#f6e7b8'),
      circle(996, 150, 66, C.night),
      [140, 260, 420, 560, 700, 820, 1100]
        .map((x, index) => circle(x, 70 + ((index * 97) % 190), 5, '#f6e7b8'))
        .join(''),
      at(70, 640, 1, house(330, 5, '#3b4d68', true)),
      at(430, 640, 1, house(300, 4, '#46597a', true)),
      at(770, 640, 1, house(360, 5, '#3b4d68', true)),
      at(400, 660, 1, tree('#2e5a46')),
      at(1150, 660, 1.1, tree('#2e5a46')),
      rect(0, 690, WIDTH, 18, '#2b3c55'),
    ),

  /** An open first-aid kit. */
  'first-aid-kit': () =>
    picture(
      rect(0, 0, WIDTH, HEIGHT, '#fbe9e6'),
      rect(250, 300, 700, 380, C.sail, 30),
      path('M250 330L330 130H870L950 330Z', '#7c0a11'),
      rect(540, 400, 120, 200, C.white, 12),
      rect(500, 440, 200, 120, C.white, 12),
      rect(330, 240, 130, 60, '#f3d9b5', 30),
      circle(560, 250, 46, C.white),
      circle(560, 250, 20, '#f1e6da'),
      rect(660, 190, 60, 110, C.blue, 10),
      rect(770, 200, 90, 90, C.leaf, 12),
    ),
  /** A plaster on a finger. */
  'first-aid-plaster': () =>
    picture(
      rect(0, 0, WIDTH, HEIGHT, '#e8f2f8'),
      path('M160 800L420 330C450 270 560 300 540 370L470 560L900 480C980 470 990 580 910 600L640 660L560 800Z', C.skin),
      at(
        400,
        470,
        1,
        `<g transform="rotate(-62)">${rect(-130, -48, 260, 96, '#d9a066', 48)}${rect(-44, -40, 88, 80, '#f6e3c5', 10)}</g>`,
      ),
      [720, 800, 880]
        .map((x, index) =>
          path(`M${x} ${180 + index * 50}c22 30 28 44 28 56a28 28 0 0 1 -56 0c0 -12 6 -26 28 -56z`, C.blue),
        )
        .join(''),
    ),
  /** A tyre is pumped up. */
  pump: () =>
    picture(
      outdoors(620, '#eef3e4'),
      stroke('M560 370a170 170 0 1 0 1 0', C.ink, 34),
      circle(560, 540, 26, C.grey),
      [0, 45, 90, 135]
        .map((angle) => `<g transform="rotate(${angle} 560 540)">${stroke('M560 390V690', C.grey, 5)}</g>`)
        .join(''),
      rect(900, 330, 46, 380, C.sail, 12),
      rect(916, 200, 14, 160, C.grey),
      rect(836, 180, 174, 30, C.ink, 14),
      rect(840, 700, 166, 26, C.ink, 10),
      stroke('M900 680C800 760 760 640 728 590', C.ink, 14),
    ),
  /** Somebody calls 120 while another sits. */
  'first-aid-call': () =>
    picture(
      rect(0, 0, WIDTH, HEIGHT, '#fdf1d9'),
      rect(0, 640, WIDTH, 160, C.ground),
      at(360, 740, 1.6, person({ coat: '#7d6aa8', hair: C.hairGrey, hands: [-40, 60, 40, 60] })),
      at(800, 740, 1.6, person({ coat: C.white, trousers: C.blue, hands: [-62, 95, 52, -46] }), vest()),
      at(800, 740, 1.6, rect(44, -286, 26, 60, C.ink, 8)),
      stroke('M960 250q40 30 0 80M1010 210q80 70 0 160', C.sail, 14),
    ),
};
