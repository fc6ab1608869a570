/** Words of the station that a general dictionary does not know; longer ones first where one begins like another. */
const OWN_WORDS = [
  '门口值守人员',
  '红帆驿站',
  '网络好了',
  '值守人员',
  '工作人员',
  '身份证',
  '读卡器',
  '扫码器',
  '说明书',
  '充电线',
  '充电宝',
  '照明灯',
  '打气筒',
  '针线盒',
  '工具箱',
  '小推车',
  '老花镜',
  '额温枪',
  '架子上',
  '擦干净',
  '借不了',
  '用不了',
  '就能走',
  '打不开',
  '该还了',
  '看一下',
  '扫一下',
  '点一下',
  '点屏幕',
  '标出',
  '扫一扫',
  '谢谢您',
  '控水',
  '手摇',
  '长柄',
  '借还',
  '条码',
  '红光',
  '改动',
  '拨打',
  '归还',
  '拿错',
  '记好',
  '还好',
  '请扫',
  '请找',
];

/** These never begin a line: they belong to the word before. */
const CLINGING = /^[的了着过吗呢吧们件种个次里上下]$/u;
const HAN = /^\p{Script=Han}+$/u;
const OWN = new RegExp(`(${OWN_WORDS.join('|')})`, 'u');

const segmenter = new Intl.Segmenter('zh-CN', { granularity: 'word' });

/**
 * A Chinese sentence in pieces that should each stay on one line; put together they are the sentence again. The browser
 * itself breaks Chinese anywhere.
 */
export function chineseWords(text: string): string[] {
  const words: string[] = [];
  for (const part of text.split(OWN)) {
    if (OWN.test(part)) {
      words.push(part);
      continue;
    }
    for (const { segment } of segmenter.segment(part)) {
      const before = words.at(-1);
      if (before !== undefined && HAN.test(before) && CLINGING.test(segment))
        words[words.length - 1] = before + segment;
      else words.push(segment);
    }
  }
  return words;
}
