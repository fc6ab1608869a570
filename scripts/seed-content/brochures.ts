import { BROCHURE_PICTURES } from './brochure-pictures.ts';
import { PICTURES } from './pictures.ts';

export interface BrochurePage {
  readonly title: string;
  readonly picture: string;
  readonly points: readonly string[];
}

export interface Brochure {
  readonly language: 'zh' | 'en';
  readonly title: string;
  readonly lead: string;
  readonly pages: readonly BrochurePage[];
}

/** Brochures by file name; the first page has title and lead above. */
export const BROCHURES: Readonly<Record<string, Brochure>> = {
  'fire-zh.pdf': {
    language: 'zh',
    title: '消防安全，记住这四页',
    lead: '火灾多半是小事不小心。电动车、灶台、楼道，先看这三处。',
    pages: [
      {
        title: '电动车不进楼',
        picture: 'stairwell',
        points: [
          '不推进楼道，不进电梯',
          '电池不拿回家充电',
          '充电去楼下的充电棚，充满就拔',
          '楼道里不放纸箱、旧家具：那是逃命的路',
        ],
      },
      {
        title: '油锅着火，盖锅盖',
        picture: 'pan',
        points: ['先关火，再盖上锅盖', '不要浇水：油会溅起来', '不要端着锅跑', '人走开，灶就关'],
      },
      {
        title: '有烟，弯腰走',
        picture: 'smoke',
        points: [
          '湿毛巾捂住口鼻，身子放低',
          '走楼梯，不坐电梯',
          '门烫手就不要开，用湿布堵门缝，到窗口呼救',
          '出来了就不要再回去拿东西',
        ],
      },
      {
        title: '灭火器，三步',
        picture: 'extinguisher',
        points: [
          '拔：拔掉插销',
          '对：对准火的根部，站在上风',
          '压：压下把手，左右扫',
          '火大了马上走，打119，说清园区、几号楼、几单元',
        ],
      },
    ],
  },
  'fire-en.pdf': {
    language: 'en',
    title: 'Fire safety on four pages',
    lead: 'Most fires begin with something small. Look at e-bikes, stove and stairwell first.',
    pages: [
      {
        title: 'E-bikes stay outside',
        picture: 'stairwell',
        points: [
          'Not into the stairwell, not into the lift',
          'Don’t charge the battery at home',
          'Use the charging shed, and unplug when it is full',
          'No boxes or furniture in the stairwell: it is your way out',
        ],
      },
      {
        title: 'Oil burns: put the lid on',
        picture: 'pan',
        points: [
          'Switch off, then cover the pan',
          'No water: the oil would splash',
          'Don’t carry the pan',
          'When you leave, the stove is off',
        ],
      },
      {
        title: 'Smoke: stay low',
        picture: 'smoke',
        points: [
          'A wet cloth over nose and mouth, and bend down',
          'Take the stairs, never the lift',
          'If the door is hot, keep it shut, seal it with wet cloth and call from the window',
          'Once you are out, don’t go back',
        ],
      },
      {
        title: 'Extinguisher: three steps',
        picture: 'extinguisher',
        points: [
          'Pull the pin',
          'Aim at the foot of the fire, the wind at your back',
          'Press the handle and sweep',
          'If it grows, leave. Call 119: garden, building, unit',
        ],
      },
    ],
  },
  'lending-guide-zh.pdf': {
    language: 'zh',
    title: '借还手册',
    lead: '一张身份证，三步借走，一步归还。不收钱，不押金。',
    pages: [
      {
        title: '怎么借',
        picture: 'lending',
        points: ['扫东西上的条码', '身份证放在读卡器上', '屏幕说“已借出”，就可以拿走', '一次可以连着借几样'],
      },
      {
        title: '怎么还',
        picture: 'station',
        points: ['扫条码，放回架子', '不用身份证，谁还都行', '十二个驿站都能还', '坏了、丢了，告诉门卫师傅'],
      },
    ],
  },
};

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

function drawing(name: string): string {
  const draw = BROCHURE_PICTURES[name] ?? PICTURES[name];
  if (draw === undefined) throw new Error(`no picture ${name}`);
  return draw();
}

/** A brochure as a page to be printed; `fontCss` is the address of the face's style sheet. */
export function brochureHtml({ language, title, lead, pages }: Brochure, fontCss: string): string {
  const sheets = pages.map(
    (page, index) => `<section>
      ${index === 0 ? `<header><h1>${escape(title)}</h1><p>${escape(lead)}</p></header>` : ''}
      <div class="picture">${drawing(page.picture)}</div>
      <h2><b>${index + 1}</b>${escape(page.title)}</h2>
      <ul>${page.points.map((point) => `<li>${escape(point)}</li>`).join('')}</ul>
      <footer>${language === 'zh' ? '红帆驿站 · 济东新村' : 'Red Sail Station · Jidong New Village'}<span>${index + 1} / ${pages.length}</span></footer>
    </section>`,
  );
  return `<!doctype html><html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8"><title>${escape(title)}</title>
  <link rel="stylesheet" href="${fontCss}">
  <style>
    @page { size: A4; margin: 0 }
    * { box-sizing: border-box; margin: 0 }
    body { font-family: 'Noto Sans SC Variable', sans-serif; color: #241d18; font-size: 19pt; line-height: 1.5 }
    section { position: relative; width: 210mm; height: 297mm; padding: 16mm; background: #fbf6ef; break-after: page; display: flex; flex-direction: column; gap: 8mm; overflow: hidden }
    section:last-child { break-after: auto }
    header { margin: -16mm -16mm 0; padding: 14mm 16mm 10mm; background: #a50f18; color: #fff }
    h1 { font-size: 34pt; line-height: 1.25 }
    header p { font-size: 18pt; margin-top: 3mm }
    .picture svg { width: 100%; height: auto; display: block; border-radius: 5mm }
    h2 { font-size: 29pt; line-height: 1.25; display: flex; align-items: center; gap: 5mm }
    h2 b { flex: none; width: 15mm; height: 15mm; border-radius: 50%; background: #a50f18; color: #fff; display: grid; place-items: center; font-size: 24pt }
    ul { padding-left: 10mm; display: grid; gap: 3mm; font-size: 20pt }
    :lang(zh-CN) ul { font-size: 24pt }
    li::marker { color: #a50f18 }
    footer { position: absolute; left: 16mm; right: 16mm; bottom: 9mm; font-size: 12pt; color: #574c43; display: flex; justify-content: space-between }
  </style></head><body>${sheets.join('')}</body></html>`;
}
