import type { Shot } from './page-shots.ts';

const escape = (text: string) => text.replaceAll(/[&<>"]/g, (character) => `&#${character.codePointAt(0)};`);

/** An HTML page with all pictures, page by page and screen by screen. `file` of the shots is relative to it. */
export function indexPage(shots: readonly (Shot & { readonly page: string })[]): string {
  const screens = Map.groupBy(shots, ({ page, screen }) => `${page} / ${screen}`);
  const sections = [...screens].map(
    ([title, pictures]) =>
      `<h2>${escape(title)}</h2>\n<div>${pictures
        .map(({ page, file, look, faults }) => {
          const caption = `${look.language} ${look.mode} ${look.width}x${look.height}`;
          const source = `${page}/${file}`;
          const trouble = faults.map((fault) => `<br><b>${escape(fault)}</b>`).join('');
          return `<figure><a href="${source}"><img loading="lazy" src="${source}" alt="${escape(`${title} ${caption}`)}"></a><figcaption>${caption}${trouble}</figcaption></figure>`;
        })
        .join('\n')}</div>`,
  );
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Screenshots</title>
<style>
body { margin: 2rem; background: #f1ebe2; font-family: sans-serif; }
div { display: flex; flex-wrap: wrap; align-items: end; gap: 1rem; }
figure { margin: 0; max-width: 28rem; } img { max-height: 22rem; max-width: 100%; border: 1px solid #cdbda4; } b { color: #a50f18; }
</style>
<h1>Screenshots</h1>
${sections.join('\n')}
</html>
`;
}
