import type { ItemType } from './item-type.ts';

export interface Answer {
  /** Key of the question. */
  readonly question: string;
  readonly yes: boolean;
  /** SHA-256, hex, of the picture. */
  readonly photo?: string | undefined;
}

type Question = ItemType['questions'][number];

/** What must still be asked, or pictured, at lending or at a return. */
export function openQuestions(type: ItemType, when: Question['when'], answers: readonly Answer[]): readonly Question[] {
  return type.questions.filter((question) => {
    if (question.when !== when) return false;
    const answer = answers.find((each) => each.question === question.key);
    return answer === undefined || (!answer.yes && question.photo && answer.photo === undefined);
  });
}

/** The first question that was answered with no: the item is set aside. Null where none was. */
export function saidNo(answers: readonly Answer[]): string | null {
  return answers.find(({ yes }) => !yes)?.question ?? null;
}
