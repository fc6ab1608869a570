interface DockChoiceProps<V extends string> {
  readonly label: string;
  /** What it is called, where the label alone is not enough. */
  readonly name?: string;
  readonly value: V;
  readonly options: readonly { readonly value: V; readonly label: string }[];
  /** Out of the ordinary: seen at once. */
  readonly isOdd?: boolean;
  readonly onChoose: (value: V) => void;
}

/** A label and one of a few. */
export function DockChoice<V extends string>(props: DockChoiceProps<V>) {
  const { label, name = label, value, options, isOdd = false, onChoose } = props;
  return (
    <label>
      {label}
      <select
        aria-label={name}
        className={isOdd ? 'odd' : undefined}
        value={value}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.target.value);
          if (chosen !== undefined) onChoose(chosen.value);
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  );
}
