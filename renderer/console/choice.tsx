import { Select } from 'antd';

interface ChoiceProps<V extends string> {
  readonly label: string;
  readonly allText: string;
  readonly value: V | null;
  readonly options: readonly { readonly value: V; readonly label: string }[];
  readonly onChoose: (value: V | null) => void;
}

const ALL = '';

/** One filter: everything, or one of a few. */
export function Choice<V extends string>({ label, allText, value, options, onChoose }: ChoiceProps<V>) {
  const known = value === null || options.some((option) => option.value === value);
  return (
    <Select<V | typeof ALL>
      className="choice"
      aria-label={label}
      value={value ?? ALL}
      popupMatchSelectWidth={false}
      options={[
        { value: ALL, label: allText },
        ...options,
        // From the address, and not, or not yet, in the list: shown as it is, so that it can be seen and cleared.
        ...(known || value === null ? [] : [{ value, label: value }]),
      ]}
      onChange={(next) => onChoose(next === ALL ? null : next)}
    />
  );
}
