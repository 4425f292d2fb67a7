import { goFloat } from '../../api/go-number.js';
import type { Micros } from '../../kernel/time.js';

type Kind = 'counter' | 'gauge' | 'histogram';

interface Series {
  readonly values: readonly string[];
  /** A counter's or gauge's value, the sum of what a histogram saw. */
  value: number;
  /** How often a histogram saw something, and how often no more than each of its bounds. */
  count: number;
  readonly buckets: number[];
}

/** One family of metrics, apart for each combination of labels' values, which are given in the order of `labels`. */
export class Metric {
  private readonly series = new Map<string, Series>();

  constructor(
    readonly name: string,
    private readonly help: string,
    private readonly kind: Kind,
    private readonly labels: readonly string[],
    private readonly bounds: readonly number[],
  ) {
    // What has no labels is there from the beginning.
    if (labels.length === 0) this.of([]);
  }

  add(values: readonly string[] = [], amount = 1): void {
    this.of(values).value += amount;
  }

  set(values: readonly string[], value: number): void {
    this.of(values).value = value;
  }

  observe(values: readonly string[], value: number): void {
    const series = this.of(values);
    series.value += value;
    series.count += 1;
    for (const [at, bound] of this.bounds.entries())
      if (value <= bound) series.buckets[at] = (series.buckets[at] ?? 0) + 1;
  }

  /** Forgets everything. */
  reset(): void {
    this.series.clear();
  }

  /** In Prometheus' text format; nothing when there is nothing to tell. */
  text(): string {
    if (this.series.size === 0) return '';
    const lines = [...this.series.values()].sort(byLabels(this.order())).map((series) => this.lines(series));
    return `# HELP ${this.name} ${this.help}\n# TYPE ${this.name} ${this.kind}\n${lines.join('')}`;
  }

  private of(values: readonly string[]): Series {
    const key = values.join('\0');
    const known = this.series.get(key);
    if (known) return known;
    const made = { values, value: 0, count: 0, buckets: this.bounds.map(() => 0) };
    this.series.set(key, made);
    return made;
  }

  /** Where each label stands among those given, in the order of their names. */
  private order(): number[] {
    const { labels } = this;
    return labels.map((_, at) => at).sort((one, other) => ((labels[one] ?? '') < (labels[other] ?? '') ? -1 : 1));
  }

  private lines({ values, value, count, buckets }: Series): string {
    const pairs = this.order().map((at) => `${this.labels[at]}="${escaped(values[at] ?? '')}"`);
    const line = (suffix: string, more: readonly string[], amount: number) => {
      const all = [...pairs, ...more].join(',');
      return `${this.name}${suffix}${all === '' ? '' : `{${all}}`} ${goFloat(amount)}\n`;
    };
    if (this.kind !== 'histogram') return line('', [], value);
    const steps = this.bounds.map((bound, at) => line('_bucket', [`le="${goFloat(bound)}"`], buckets[at] ?? 0));
    return [...steps, line('_bucket', ['le="+Inf"'], count), line('_sum', [], value), line('_count', [], count)].join(
      '',
    );
  }
}

/** What a program tells of itself on /metrics, as the Go client of Prometheus (client_golang) writes it. */
export class Registry {
  private readonly metrics: Metric[] = [];
  private readonly answers: Metric;

  /** `start` is when the program began. */
  constructor(start: Micros) {
    const began = 'Start time of the process since unix epoch in seconds.';
    this.gauge('process_start_time_seconds', began, []).set([], Math.round(start / 10_000) / 100);
    this.gauge('promhttp_metric_handler_requests_in_flight', 'Current number of scrapes being served.', []).set([], 1);
    const counted = 'Total number of scrapes by HTTP status code.';
    this.answers = this.counter('promhttp_metric_handler_requests_total', counted, ['code']);
    for (const code of ['200', '500', '503']) this.answers.add([code], 0);
  }

  counter(name: string, help: string, labels: readonly string[]): Metric {
    return this.register(new Metric(name, help, 'counter', labels, []));
  }

  gauge(name: string, help: string, labels: readonly string[]): Metric {
    return this.register(new Metric(name, help, 'gauge', labels, []));
  }

  /** `bounds` are the upper ends of its buckets, the least first. */
  histogram(name: string, help: string, labels: readonly string[], bounds: readonly number[]): Metric {
    return this.register(new Metric(name, help, 'histogram', labels, bounds));
  }

  /** Answers a request for the metrics, which is counted once it is answered. */
  answer(): { readonly text: string; readonly headers: Readonly<Record<string, string>> } {
    const byName = [...this.metrics].sort((one, other) => (one.name < other.name ? -1 : 1));
    const text = byName.map((metric) => metric.text()).join('');
    this.answers.add(['200']);
    return { text, headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8; escaping=underscores' } };
  }

  private register(metric: Metric): Metric {
    this.metrics.push(metric);
    return metric;
  }
}

function byLabels(order: readonly number[]) {
  return (one: Series, other: Series): number => {
    for (const at of order) {
      const [left = '', right = ''] = [one.values[at], other.values[at]];
      if (left !== right) return left < right ? -1 : 1;
    }
    return 0;
  };
}

function escaped(text: string): string {
  return text.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n');
}
