import type { Bilingual } from '#shared/bilingual.ts';
import type { ItemType } from '#shared/lending/item-type.ts';

export interface SeedItemType extends ItemType {
  readonly key: string;
  /** How many of it each station starts with. */
  readonly perStation: number;
  /** What the single items look like, in turn. */
  readonly notes: readonly Bilingual[];
}

export const seedItemTypes: readonly SeedItemType[] = [
  {
    key: 'umbrella',
    name: { zh: '雨伞', en: 'Umbrella' },
    icon: 'umbrella',
    period: 'P3D',
    limit: 2,
    rank: 1,
    perStation: 5,
    notes: [
      { zh: '红色长柄', en: 'red, long handle' },
      { zh: '蓝色折叠', en: 'blue, folding' },
      { zh: '透明儿童伞', en: 'clear, for children' },
      { zh: '黑色加大', en: 'black, extra large' },
      { zh: '格子折叠', en: 'checked, folding' },
    ],
  },
  {
    key: 'power-bank',
    name: { zh: '充电宝', en: 'Power bank' },
    icon: 'power-bank',
    period: 'PT4H',
    limit: 1,
    rank: 2,
    perStation: 3,
    notes: [
      { zh: '带线三合一', en: 'with three cables' },
      { zh: '一万毫安', en: '10,000 mAh' },
    ],
  },
  {
    key: 'raincoat',
    name: { zh: '雨衣', en: 'Raincoat' },
    icon: 'raincoat',
    period: 'P3D',
    limit: 2,
    rank: 3,
    perStation: 2,
    notes: [
      { zh: '骑车雨披', en: 'cape for cycling' },
      { zh: '连体加大', en: 'one piece, large' },
    ],
  },
  {
    key: 'pump',
    name: { zh: '打气筒', en: 'Tyre pump' },
    icon: 'pump',
    period: 'PT4H',
    limit: 1,
    rank: 4,
    perStation: 1,
    notes: [{ zh: '带气压表', en: 'with a gauge' }],
  },
  {
    key: 'book',
    name: { zh: '图书', en: 'Book' },
    icon: 'book',
    period: 'P30D',
    limit: 3,
    rank: 5,
    perStation: 2,
    notes: [
      { zh: '种花与养护', en: 'growing flowers' },
      { zh: '家常菜谱', en: 'home cooking' },
      { zh: '少儿百科', en: 'encyclopedia for children' },
      { zh: '象棋入门', en: 'first steps in chess' },
    ],
  },
  {
    key: 'glasses',
    name: { zh: '老花镜', en: 'Reading glasses' },
    icon: 'glasses',
    period: 'PT4H',
    limit: 1,
    rank: 6,
    perStation: 1,
    notes: [
      { zh: '二百度', en: '+2.0' },
      { zh: '三百度', en: '+3.0' },
    ],
  },
  {
    key: 'sewing',
    name: { zh: '针线盒', en: 'Sewing kit' },
    icon: 'sewing',
    period: 'PT4H',
    limit: 1,
    rank: 7,
    perStation: 1,
    notes: [{ zh: '十二色线', en: 'twelve colours of thread' }],
  },
  {
    key: 'cart',
    name: { zh: '小推车', en: 'Hand cart' },
    icon: 'cart',
    period: 'PT4H',
    limit: 1,
    rank: 8,
    perStation: 1,
    notes: [{ zh: '可折叠，载重一百公斤', en: 'folding, up to 100 kg' }],
  },
  {
    key: 'wheelchair',
    name: { zh: '轮椅', en: 'Wheelchair' },
    icon: 'wheelchair',
    period: 'P7D',
    limit: 1,
    rank: 9,
    perStation: 1,
    notes: [{ zh: '手动折叠', en: 'manual, folding' }],
  },
];

export interface SeedSupply {
  readonly key: string;
  readonly name: Bilingual;
  readonly count: number;
}

/** What is used up and only counted, the same at every station. */
export const seedSupplies: readonly SeedSupply[] = [
  { key: 'cup', name: { zh: '纸杯', en: 'Paper cups' }, count: 100 },
  { key: 'tea', name: { zh: '茶包', en: 'Tea bags' }, count: 60 },
  { key: 'plaster', name: { zh: '创可贴', en: 'Plasters' }, count: 40 },
  { key: 'mask', name: { zh: '口罩', en: 'Masks' }, count: 50 },
  { key: 'thread', name: { zh: '缝补线', en: 'Thread' }, count: 12 },
];
