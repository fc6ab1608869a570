import { Input } from 'antd';
import { Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';

/** The pause in typing after which the search goes out, in milliseconds. */
const SETTLED = 300;

interface SearchBoxProps {
  readonly label: string;
  readonly value: string;
  readonly onSearch: (text: string) => void;
}

/** A search field that waits for a pause in typing, and for an input method to finish its word. */
export function SearchBox({ label, value, onSearch }: SearchBoxProps) {
  const [text, setText] = useState(value);
  const [composing, setComposing] = useState(false);
  const sent = useRef(value);
  useEffect(() => {
    // The address was changed from elsewhere (back, clear filters).
    if (value !== sent.current) {
      sent.current = value;
      setText(value);
    }
  }, [value]);
  useEffect(() => {
    const next = text.trim();
    if (composing || next === sent.current) return undefined;
    const timer = setTimeout(() => {
      sent.current = next;
      onSearch(next);
    }, SETTLED);
    return () => clearTimeout(timer);
  }, [text, composing, onSearch]);
  return (
    <Input
      type="search"
      className="search-box"
      aria-label={label}
      placeholder={label}
      prefix={<Search aria-hidden size={17} />}
      allowClear
      maxLength={100}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onCompositionStart={() => setComposing(true)}
      onCompositionEnd={() => setComposing(false)}
    />
  );
}
