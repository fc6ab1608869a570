/**
 * One line of a bench: `ratio` is value over reference, so that a target reads off directly. `reference` is null where a
 * number stands for itself.
 */
export interface Measure {
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
  readonly reference: { readonly name: string; readonly value: number } | null;
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}

export function printMeasure({ metric, value, unit, reference }: Measure): void {
  const line = {
    metric,
    value: rounded(value),
    unit,
    reference: reference === null ? null : { name: reference.name, value: rounded(reference.value) },
    ratio: reference === null ? null : rounded(value / reference.value),
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** The q-quantile (0 to 1) of some numbers, nearest rank. */
export function quantile(samples: readonly number[], q: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.ceil(q * sorted.length) - 1)];
  if (value === undefined) throw new Error('no samples');
  return value;
}
