import { formatDuration } from '../../api/duration.js';
import type { KubeObject } from '../../api/object.js';
import { parseOptionalTime } from '../../api/time.js';
import type { Pod } from '../../api/types/pod.js';
import { RESOURCES } from '../../client/resource-types.js';
import { MINUTE } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Flags } from '../cobra/flags.js';
import { CommandError } from '../errors.js';
import { alignTabs, TABLE_LAYOUT } from '../output/tabwriter.js';
import type { Query } from '../rest.js';
import type { Session } from '../session.js';
import { askMetrics, requireMetrics } from './ask.js';
import { amountOf, amountText, MEASURES, type Measure, rankOf, sumOf, type UsageTexts } from './measures.js';

/** A pod may be so old without anybody knowing what it uses. */
const CREATION_DELAY = 2 * MINUTE;
const LINE = '________';

interface ContainerMetrics {
  readonly name: string;
  readonly usage?: UsageTexts;
}

interface PodMetrics extends KubeObject {
  readonly containers?: readonly ContainerMetrics[];
}

/** How the table is to look. */
interface Look {
  readonly all: boolean;
  readonly containers: boolean;
  readonly sortBy: string;
  readonly measures: readonly Measure[];
}

/** `kubectl top pod`: what pods use, or their containers. */
export function* topPods(session: Session, flags: Flags, name: string | undefined): Waiting<void> {
  yield* requireMetrics(session);
  const all = flags.bool('all-namespaces');
  const namespace = all ? '' : session.namespace().name;
  const query = {
    labelSelector: flags.text('selector') || undefined,
    fieldSelector: flags.text('field-selector') || undefined,
  };
  const metrics = yield* askMetrics<PodMetrics>(session, 'pods', { name, namespace, query });
  if (metrics.length === 0) {
    yield* explainNothing(session, query);
    return yield* session.err(all ? 'No resources found\n' : `No resources found in ${namespace} namespace.\n`);
  }
  const swap = flags.bool('show-swap');
  const look: Look = {
    all,
    containers: flags.bool('containers'),
    sortBy: flags.text('sort-by'),
    measures: swap ? [...MEASURES, 'swap'] : MEASURES,
  };
  const head = [
    ...(all ? ['NAMESPACE'] : []),
    ...(look.containers ? ['POD'] : []),
    ...['NAME', 'CPU(cores)', 'MEMORY(bytes)'],
    ...(swap ? ['SWAP(bytes)'] : []),
  ];
  const rows = sorted(metrics, look).flatMap((pod) => rowsOf(pod, look));
  // Without a head its extra columns are not counted, as in the real one.
  const width = flags.bool('no-headers') ? 3 + Number(swap) : head.length;
  const sum = flags.bool('sum') ? sumRows(metrics, look, width) : [];
  const lines = [...(flags.bool('no-headers') ? [] : [head]), ...rows, ...sum];
  yield* session.out(alignTabs(lines.map((row) => `${row.join('\t')}\t\n`).join(''), TABLE_LAYOUT));
}

/** Why there are no metrics of pods. Throws `CommandError`, unless there are no pods either. */
function* explainNothing(session: Session, query: Query): Waiting<void> {
  const { items } = yield* session.rest().list<Pod>(RESOURCES.pods, session.namespace().name, query);
  if (items.length === 0) return;
  for (const { metadata } of items) {
    const age = session.now() - (parseOptionalTime(metadata.creationTimestamp) ?? 0);
    if (age > CREATION_DELAY)
      throw new CommandError(
        `Metrics not available for pod ${metadata.namespace}/${metadata.name}, age: ${formatDuration(age)}`,
      );
  }
  throw new CommandError('metrics not available yet');
}

function usagesOf({ containers }: PodMetrics): UsageTexts[] {
  return (containers ?? []).map(({ usage }) => usage);
}

function sorted(metrics: readonly PodMetrics[], { all, sortBy }: Look): PodMetrics[] {
  const key = ({ metadata }: PodMetrics) => `${all ? metadata.namespace : ''}/${metadata.name}`;
  const byName = [...metrics].sort((one, other) => (key(one) < key(other) ? -1 : 1));
  if (sortBy === '') return byName;
  const rank = (pod: PodMetrics) => rankOf(sumOf(usagesOf(pod), sortBy as Measure), sortBy);
  return byName.sort((one, other) => rank(one) - rank(other));
}

function rowsOf(pod: PodMetrics, look: Look): string[][] {
  const { metadata, containers = [] } = pod;
  const place = look.all ? [metadata.namespace ?? ''] : [];
  if (!look.containers) {
    const cells = look.measures.map((measure) => amountText(sumOf(usagesOf(pod), measure), measure));
    return [[...place, metadata.name ?? '', ...cells]];
  }
  const byName = [...containers].sort((one, other) => (one.name < other.name ? -1 : 1));
  const rank = ({ usage }: ContainerMetrics) => rankOf(amountOf(usage, look.sortBy as Measure), look.sortBy);
  if (look.sortBy !== '') byName.sort((one, other) => rank(one) - rank(other));
  return byName.map(({ name, usage }) => [
    ...place,
    metadata.name ?? '',
    name,
    ...look.measures.map((measure) => amountText(amountOf(usage, measure), measure)),
  ]);
}

function sumRows(metrics: readonly PodMetrics[], { measures }: Look, width: number): string[][] {
  const usages = metrics.flatMap(usagesOf);
  const blanks = (count: number) => Array.from({ length: Math.max(0, count) }, () => '');
  const cells = measures.map((measure) => amountText(sumOf(usages, measure), measure));
  return [
    [...blanks(width - 2), LINE, LINE],
    [...blanks(width - 3), '', ...cells],
  ];
}
