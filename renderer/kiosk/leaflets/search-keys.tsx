import { Delete } from 'lucide-react';
import { Button, Group } from 'react-aria-components';
import { useSpeech } from '../kiosk-context.tsx';

/** As on every keyboard that people know. */
const ROWS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'].map((row) => row.split(''));
const LONGEST_QUERY = 40;

interface SearchKeysProps {
  readonly query: string;
  readonly onQuery: (query: string) => void;
}

/** Letters to search with: pinyin, initials or English. */
export function SearchKeys({ query, onQuery }: SearchKeysProps) {
  const { t } = useSpeech();
  const type = (letter: string) => onQuery((query + letter).slice(0, LONGEST_QUERY));
  return (
    <Group className="keys" aria-label={t('reading.keys')}>
      <output className="keys__query" aria-label={t('reading.query')}>
        {query === '' ? <span className="keys__hint">{t('reading.searchHint')}</span> : query}
      </output>
      {ROWS.map((row, place) => (
        <div key={row.join('')} className="keys__row">
          {row.map((letter) => (
            <Button key={letter} className="key" onPress={() => type(letter)}>
              {letter}
            </Button>
          ))}
          {place === ROWS.length - 1 ? (
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
        <Button className="key key--space" onPress={() => type(' ')}>
          {t('reading.space')}
        </Button>
      </div>
    </Group>
  );
}
