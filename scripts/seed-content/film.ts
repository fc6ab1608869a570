import { at, circle, COLOURS, HEIGHT, path, person, rect, stroke, umbrella, vest, WIDTH } from './shapes.ts';

const C = COLOURS;
const STEP_MS = 2400;
export const FILM_MS = 3 * STEP_MS;

const ease = (t: number): number => (t < 0 ? 0 : t > 1 ? 1 : t * t * (3 - 2 * t));

function label(): string {
  return (
    rect(-70, -34, 140, 68, C.white, 8) +
    [-52, -40, -30, -14, -4, 8, 22, 32, 46].map((x, i) => rect(x, -22, i % 2 === 0 ? 7 : 4, 44, C.ink)).join('')
  );
}

function scan(t: number): string {
  const x = 820 - 240 * ease(t * 1.6);
  return [
    at(420, 700, 2, umbrella(C.sail, C.sailLight)),
    at(420, 560, 1.2, label()),
    at(x, 560, 1, rect(0, -50, 220, 100, C.ink, 24), rect(120, 40, 60, 170, C.ink, 20)),
    t > 0.6 ? stroke(`M${x - 10} 560L470 ${540 + 40 * Math.sin(t * 20)}`, '#e5484d', 8) : '',
  ].join('');
}

function card(t: number): string {
  const y = 330 + 190 * ease(t * 1.6);
  return [
    rect(350, 560, 500, 110, C.ink, 30),
    circle(800, 615, 14, t > 0.6 ? C.leaf : C.gold),
    at(
      600,
      y,
      1,
      rect(-170, -100, 340, 200, '#dfeaf1', 20),
      rect(-150, -70, 150, 14, C.blue, 6),
      rect(-150, -36, 120, 12, '#9db8c8', 6),
      rect(-150, -8, 130, 12, '#9db8c8', 6),
      circle(90, -20, 36, C.skin),
      path('M36 74C36 14 144 14 144 74Z', C.blue),
    ),
    t > 0.6 ? stroke('M520 470q80 -60 160 0M550 500q50 -40 100 0', C.leaf, 12) : '',
  ].join('');
}

function take(t: number): string {
  const x = 300 + 330 * ease(t);
  const bob = 10 * Math.sin(t * 18);
  return [
    at(x, 740 + bob, 1.35, person({ coat: C.white, trousers: C.blue, hands: [-62, 95, 70, -20] }), vest()),
    at(x + 94, 450 + bob, 1.15, umbrella(C.sail, C.sailLight)),
    at(1010, 420, 1.4, circle(0, 0, 74, '#2f8555'), stroke('M-34 2L-8 30L38 -26', C.white, 18)),
  ].join('');
}

const STEPS = [scan, card, take] as const;

/** What is seen at a time of the film, as SVG. */
export function filmFrame(ms: number): string {
  const index = Math.min(STEPS.length - 1, Math.floor(ms / STEP_MS));
  const draw = STEPS[index] ?? take;
  const dots = STEPS.map((_, each) => circle(560 + each * 40, 60, 13, each === index ? C.sail : C.stone)).join('');
  const ground = rect(0, 0, WIDTH, HEIGHT, C.paper) + rect(0, 680, WIDTH, 120, C.sand);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="960" height="640">${ground}${draw((ms % STEP_MS) / STEP_MS)}${dots}</svg>`;
}
