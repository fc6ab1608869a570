import { Fragment, type ReactNode } from 'react';
import { chineseWords } from './chinese-words.ts';

const HAN_WORD = /\p{Script=Han}{2}/u;

function Words({ text }: { readonly text: string }): ReactNode {
  if (!HAN_WORD.test(text)) return text;
  // A sentence's words have no other name than their place in it.
  return chineseWords(text).map((word, index) =>
    HAN_WORD.test(word) ? (
      <span key={index} className="word">
        {word}
      </span>
    ) : (
      <Fragment key={index}>{word}</Fragment>
    ),
  );
}

/**
 * A text whose Chinese words are not torn apart at the end of a line (words of other scripts are kept whole anyway). What a
 * line break parts is laid out apart, so that no part ends in a line of one word.
 */
export function Unbroken({ text }: { readonly text: string }) {
  const parts = text.split('\n');
  if (parts.length === 1) return <Words text={text} />;
  return parts.map((part) => (
    <span key={part} className="paragraph">
      <Words text={part} />
    </span>
  ));
}
