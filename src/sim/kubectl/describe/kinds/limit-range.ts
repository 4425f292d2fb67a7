import type { KubeObject } from '../../../api/object.js';
import type { Waiting } from '../../../kernel/wait.js';
import type { DescribeRequest } from '../describer.js';
import type { DescribeWriter } from '../writer.js';

type Amounts = Readonly<Record<string, string>>;

/** What describing needs of a limit range. */
interface LimitRange extends KubeObject {
  spec?: {
    readonly limits?: readonly {
      readonly type: string;
      readonly max?: Amounts;
      readonly min?: Amounts;
      readonly default?: Amounts;
      readonly defaultRequest?: Amounts;
      readonly maxLimitRequestRatio?: Amounts;
    }[];
  };
}

const TITLES = 'Type\tResource\tMin\tMax\tDefault Request\tDefault Limit\tMax Limit/Request Ratio\n';
const LINES = '----\t--------\t---\t---\t---------------\t-------------\t-----------------------\n';

/** Describes a limit range. */
export function* describeLimitRange(w: DescribeWriter, { object }: DescribeRequest<LimitRange>): Waiting<void> {
  w.field('Name', object.metadata.name);
  w.field('Namespace', object.metadata.namespace);
  w.write(0, TITLES);
  w.write(0, LINES);
  writeLimits(w, object, '');
}

/** The limit ranges of a namespace. */
export function writeLimitRanges(w: DescribeWriter, ranges: readonly LimitRange[]): void {
  if (ranges.length === 0) return w.write(0, 'No LimitRange resource.\n');
  w.write(0, `Resource Limits\n ${TITLES}`);
  w.write(0, ` ${LINES}`);
  for (const range of ranges) writeLimits(w, range, ' ');
}

/** kubectl writes the resources of one limit in the order of a Go map; here it is that of their first mention. */
function writeLimits(w: DescribeWriter, { spec }: LimitRange, prefix: string): void {
  for (const { type, max, min, default: limit, defaultRequest, maxLimitRequestRatio } of spec?.limits ?? []) {
    const columns = [min, max, defaultRequest, limit, maxLimitRequestRatio];
    const names = new Set(
      [max, min, limit, defaultRequest, maxLimitRequestRatio].flatMap((all) => Object.keys(all ?? {})),
    );
    for (const name of names)
      w.write(0, `${prefix}${[type, name, ...columns.map((amounts) => amounts?.[name] ?? '-')].join('\t')}\n`);
  }
}
