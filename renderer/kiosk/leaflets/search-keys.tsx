import { Delete } from 'lucide-react';
import { useState } from 'react';
import { Button, Group, ToggleButton } from 'react-aria-components';
import { useSpeech } from '../kiosk-context.tsx';

/** As on every keyboard that people know. */
const ROWS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'].map((row) => row.split(''));
const DIGITS = '1234567890'.split('');
const LONGEST_QUERY = 40;

interface SearchKeysProps {
  readonly query: string;
  readonly onQuery: (query: string) => void;
}

/** Letters to search with: pinyin, initials or English; and digits in the place of the first row. */
export function SearchKeys({ query, onQuery }: SearchKeysProps) {
  const { t } = useSpeech();
  const [digits, showDigits] = useState(false);
  const rows = digits ? [DIGITS, ...ROWS.slice(1)] : ROWS;
  const type = (letter: string) => onQuery((query + letter).slice(0, LONGEST_QUERY));
  return (
    <Group className="keys" aria-label={t('reading.keys')}>
      <output className="keys__query" aria-label={t('reading.query')}>
        {query === '' ? <span className="keys__hint">{t('reading.searchHint')}</span> : query}
      </output>
      {rows.map((row, place) => (
        <div key={row.join('')} className="keys__row">
          {row.map((letter) => (
            <Button key={letter} className="key" onPress={() => type(letter)}>
              {letter}
            </Button>
          ))}
          {place === rows.length - 1 ? (
            <Button
              className="key key--wide"
              aria-label={t('reading.delete')}
              onPress={() => onQuery(query.slice(0, -1))}
            >
              <Delete aria-hidden="true" />
            </Button>
          ) : null}
        </div>
      ))}
      <div className="keys__row">
        <Button className="key key--wide" onPress={() => onQuery('')}>
          {t('reading.clear')}
        </Button>
        <ToggleButton className="key key--wide" isSelected={digits} onChange={showDigits}>
          {t(digits ? 'reading.letters' : 'reading.digits')}
        </ToggleButton>
        <Button className="key key--space" onPress={() => type(' ')}>
          {t('reading.space')}
        </Button>
      </div>
    </Group>
  );
}
