/** Shapes from which the seed's pictures are made: SVG text, in the colours of the pages (renderer/ui/tokens.css). */

export const COLOURS = {
  paper: '#fbf6ef',
  sand: '#efe0c8',
  ground: '#e2cfae',
  sky: '#dcecf5',
  night: '#22344f',
  sail: '#a50f18',
  sailLight: '#c8323a',
  gold: '#f2b84b',
  white: '#ffffff',
  ink: '#3a2f28',
  wood: '#9c6b3f',
  blue: '#1b5e8c',
  green: '#2f8555',
  leaf: '#5ea96f',
  grey: '#7a736b',
  stone: '#cbbfae',
  skin: '#f0c9a4',
  skinDark: '#d9a878',
  hair: '#3b322d',
  hairGrey: '#c9c4bd',
} as const;

export const WIDTH = 1200;
export const HEIGHT = 800;

/** Attributes in the order given; numbers with one decimal at most, so that a drawing is the same text each time. */
function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${typeof value === 'number' ? Math.round(value * 10) / 10 : value}"`)
    .join('');
}

export const rect = (x: number, y: number, width: number, height: number, fill: string, rx = 0): string =>
  `<rect${attributes({ x, y, width, height, rx, fill })}/>`;
export const circle = (cx: number, cy: number, r: number, fill: string): string =>
  `<circle${attributes({ cx, cy, r, fill })}/>`;
export const ellipse = (cx: number, cy: number, rx: number, ry: number, fill: string): string =>
  `<ellipse${attributes({ cx, cy, rx, ry, fill })}/>`;
export const path = (d: string, fill: string): string => `<path${attributes({ d, fill })}/>`;
export const stroke = (d: string, colour: string, width: number): string =>
  `<path${attributes({ d, fill: 'none', stroke: colour, 'stroke-width': width, 'stroke-linecap': 'round', 'stroke-linejoin': 'round' })}/>`;
export const at = (x: number, y: number, scale: number, ...shapes: readonly string[]): string =>
  `<g transform="translate(${x} ${y}) scale(${scale})">${shapes.join('')}</g>`;

/** A whole picture. */
export function picture(...shapes: readonly string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}">${shapes.join('')}</svg>`;
}

/** Sky and ground, the ground from `horizon` down. */
export function outdoors(horizon: number, sky: string = COLOURS.sky, ground: string = COLOURS.sand): string {
  return rect(0, 0, WIDTH, HEIGHT, sky) + rect(0, horizon, WIDTH, HEIGHT - horizon, ground);
}

export interface PersonLook {
  readonly coat: string;
  readonly hair?: string;
  readonly skin?: string;
  readonly trousers?: string;
  /** Where the hands are, from the shoulders: left and right, x and y. */
  readonly hands?: readonly [number, number, number, number];
  /** A bun at the back of the head. */
  readonly bun?: boolean;
  readonly glasses?: boolean;
  /** Hidden below the waist: sits at a table or a counter. */
  readonly half?: boolean;
}

/** Somebody, 300 tall, feet at 0. */
export function person(look: PersonLook): string {
  const { coat, hair = COLOURS.hair, skin = COLOURS.skin, trousers = COLOURS.ink } = look;
  const [lx, ly, rx, ry] = look.hands ?? [-62, 95, 62, 95];
  const shoulder = -205;
  const arm = (side: number, x: number, y: number) =>
    stroke(`M${side * 38} ${shoulder + 18}L${x} ${shoulder + y}`, coat, 30) + circle(x, shoulder + y, 15, skin);
  return [
    look.half === true
      ? ''
      : stroke('M-20 -95V-22', trousers, 34) +
        stroke('M20 -95V-22', trousers, 34) +
        ellipse(-26, -4, 24, 10, COLOURS.ink) +
        ellipse(26, -4, 24, 10, COLOURS.ink),
    path('M-56 -85C-58 -150 -56 -205 -30 -212H30C56 -205 58 -150 56 -85Z', coat),
    arm(-1, lx, ly),
    arm(1, rx, ry),
    rect(-13, -232, 26, 26, skin, 10),
    look.bun === true ? circle(30, -285, 20, hair) : '',
    circle(0, -262, 42, skin),
    path('M-44 -262C-48 -318 48 -318 44 -262C36 -284 14 -292 -6 -290C-24 -288 -38 -280 -44 -262Z', hair),
    circle(-15, -258, 4.5, COLOURS.ink),
    circle(15, -258, 4.5, COLOURS.ink),
    look.glasses === true
      ? stroke('M-27 -258a12 12 0 1 0 24 0a12 12 0 1 0 -24 0M3 -258a12 12 0 1 0 24 0a12 12 0 1 0 -24 0', COLOURS.ink, 3)
      : '',
    stroke('M-14 -240Q0 -228 14 -240', COLOURS.sail, 4),
  ].join('');
}

/** The red vest of a volunteer, over a person drawn at the same place. */
export function vest(): string {
  return (
    path('M-50 -85L-50 -150C-52 -190 -40 -210 -22 -211L-6 -150V-85Z', COLOURS.sail) +
    path('M50 -85L50 -150C52 -190 40 -210 22 -211L6 -150V-85Z', COLOURS.sail) +
    rect(-44, -140, 32, 8, COLOURS.gold) +
    rect(12, -140, 32, 8, COLOURS.gold)
  );
}

/** An open umbrella; the handle's end at 0, 0. */
export function umbrella(colour: string, light: string): string {
  return (
    stroke('M0 0V-150', COLOURS.ink, 8) +
    path(
      'M-150 -140A150 120 0 0 1 150 -140Q125 -165 100 -140Q75 -165 50 -140Q25 -165 0 -140Q-25 -165 -50 -140Q-75 -165 -100 -140Q-125 -165 -150 -140Z',
      colour,
    ) +
    path('M-50 -140Q-25 -165 0 -140Q25 -165 50 -140C46 -200 26 -245 0 -260C-26 -245 -46 -200 -50 -140Z', light)
  );
}

/** A tree, 260 tall, its foot at 0, 0. */
export function tree(leaf: string = COLOURS.leaf): string {
  return (
    rect(-14, -110, 28, 110, COLOURS.wood, 8) +
    circle(-50, -150, 62, leaf) +
    circle(52, -148, 58, leaf) +
    circle(0, -200, 70, leaf)
  );
}

/** The station's mark on a sign: the sail. */
export function sailSign(size: number): string {
  return at(
    -size / 2,
    -size / 2,
    size / 64,
    rect(0, 0, 64, 64, COLOURS.sail, 14),
    path('M29.5 14.5v29h-18z', '#f3d9d4'),
    path('M33.5 8.5v35h19z', COLOURS.white),
    path('M11 47h42l-6 8H17z', COLOURS.gold),
  );
}

/** A residential house, its lower left corner at 0, 0. */
export function house(width: number, floors: number, wall: string, isNight = false): string {
  const windows = Math.max(2, Math.floor(width / 90));
  const step = width / windows;
  const panes = Array.from({ length: floors * windows }, (_, index) => {
    const column = index % windows;
    const floor = Math.floor(index / windows);
    const lit = isNight && (index * 7 + floor) % 3 === 0;
    const pane = isNight ? (lit ? COLOURS.gold : '#16263c') : '#a9cbdf';
    return rect(column * step + step * 0.25, -floor * 80 - 66, step * 0.5, 46, pane, 4);
  });
  return rect(0, -floors * 80 - 16, width, floors * 80 + 16, wall, 6) + panes.join('');
}
