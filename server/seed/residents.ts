import { z } from 'zod';
import { idNumberCheck } from '#shared/people/id-number.ts';
import people from './data/people.json' with { type: 'json' };
import { seedStations } from './stations.ts';

/** A region code of GB/T 2260 that is not allotted: nobody has such a number. */
const REGION = '370899';
const RESIDENTS = 60;
const OLDEST_BIRTH_YEAR = 1938;
const BIRTH_YEARS = 75;

const peopleSchema = z.object({
  surnames: z.array(z.string()).min(1),
  given: z.array(z.string()).min(1),
  special: z.array(z.object({ place: z.int(), name: z.string(), nation: z.string() })),
  authority: z.string(),
});

/** What is printed on a resident's card; the fields of an ID-card reader's answer, dates as YYYYMMDD. */
interface SeedCard {
  readonly type: 'citizen';
  readonly name: string;
  readonly sex: 'male' | 'female';
  /** As printed: 汉. */
  readonly nation: string;
  readonly birth: string;
  readonly address: string;
  readonly number: string;
  readonly authority: string;
  readonly validFrom: string;
  /** 长期 for those who were 46 or older (Resident Identity Card Law, article 5). */
  readonly validTo: string;
}

export interface SeedResident {
  /** Chinese name of the garden they live in. */
  readonly garden: string;
  /** Code of that garden's station. */
  readonly station: string;
  readonly card: SeedCard;
}

const { surnames, given, special, authority } = peopleSchema.parse(people);

function pick<T>(list: readonly T[], place: number): T {
  const picked = list[place % list.length];
  if (picked === undefined) throw new Error('an empty list in the seed');
  return picked;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

/** Years a card is valid, by age when it was issued (Resident Identity Card Law, article 5); null is for ever. */
function yearsValid(age: number): number | null {
  if (age < 16) return 5;
  if (age <= 25) return 10;
  return age <= 45 ? 20 : null;
}

function resident(place: number): SeedResident {
  const { code, name: garden } = pick(seedStations, place * 5);
  const female = place % 2 === 1;
  const birthYear = OLDEST_BIRTH_YEAR + ((place * 17) % BIRTH_YEARS);
  const monthAndDay = twoDigits(1 + ((place * 7) % 12)) + twoDigits(1 + ((place * 11) % 28));
  // The sequence's last digit is odd for men, even for women (GB 11643).
  const sequence = String(10 + 2 * place + (female ? 0 : 1)).padStart(3, '0');
  const first17 = `${REGION}${birthYear}${monthAndDay}${sequence}`;
  const { name, nation } = special.find((person) => person.place === place) ?? {
    name: `${pick(surnames, place)}示${pick(given, place * 3)}`,
    nation: '汉',
  };
  const issuedYear = 2023 + (place % 3);
  const issuedDay = `${twoDigits(1 + (place % 12))}${twoDigits(1 + (place % 28))}`;
  const years = yearsValid(issuedYear - birthYear);
  const home = `${1 + ((place * 3) % 20)}号楼${1 + (place % 4)}单元${1 + (place % 6)}0${1 + (place % 2)}室`;
  return {
    garden: garden.zh,
    station: code,
    card: {
      type: 'citizen',
      name,
      sex: female ? 'female' : 'male',
      nation,
      birth: `${birthYear}${monthAndDay}`,
      address: `山东省济宁市太白湖新区石桥镇济东新村${garden.zh}${home}`,
      number: first17 + idNumberCheck(first17),
      authority,
      validFrom: `${issuedYear}${issuedDay}`,
      validTo: years === null ? '长期' : `${issuedYear + years}${issuedDay}`,
    },
  };
}

/** Sixty people who do not exist, always the same: every garden, all ages, names of all lengths. */
export function seedResidents(): readonly SeedResident[] {
  return Array.from({ length: RESIDENTS }, (_, place) => resident(place));
}
