/** Labels of one series of a counter. */
export type CounterLabels = Readonly<Record<string, string>>;

/** Something that is counted, apart for each combination of labels. */
export class Counter {
  readonly name: string;
  readonly help: string;
  readonly #series = new Map<string, { readonly labels: CounterLabels; count: number }>();

  /** `known` are series that are told of before anything was counted. */
  constructor(name: string, help: string, known: readonly CounterLabels[] = []) {
    this.name = name;
    this.help = help;
    for (const labels of known) this.#seriesOf(labels);
  }

  /** Counts one more. */
  count(labels: CounterLabels): void {
    this.#seriesOf(labels).count += 1;
  }

  /** What was counted, in the order of the labels' values. */
  series(): readonly { readonly labels: CounterLabels; readonly count: number }[] {
    return [...this.#series].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, series]) => series);
  }

  #seriesOf(labels: CounterLabels): { count: number } {
    const names = Object.keys(labels).sort();
    const key = names.map((name) => labels[name]).join('\0');
    const series = this.#series.get(key) ?? { labels, count: 0 };
    this.#series.set(key, series);
    return series;
  }
}
