import { goFloat } from '../../api/go-number.js';

/** One metric as Prometheus reads it. */
export interface Family {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge';
  readonly samples: readonly (readonly [labels: string, value: number])[];
  /** Whether samples carry the instant at which they were taken. */
  readonly timed: boolean;
}

/** A family as text, in the order of labels; nothing where there are no samples. `at` in milliseconds since the epoch. */
export function familyText({ name, help, type, samples, timed }: Family, at: number): string {
  if (samples.length === 0) return '';
  const lines = [...samples]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([labels, value]) => `${name}${labels} ${goFloat(value)}${timed ? ` ${at}` : ''}\n`);
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join('')}`;
}
