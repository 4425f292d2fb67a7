import type { KubeObject } from '../../api/object.js';
import { parseQuantity, quantityMilliValue } from '../../api/quantity.js';
import type { Node } from '../../api/types/node.js';
import { RESOURCES } from '../../client/resource-types.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Flags } from '../cobra/flags.js';
import { CommandError } from '../errors.js';
import { alignTabs, TABLE_LAYOUT } from '../output/tabwriter.js';
import type { Session } from '../session.js';
import { askMetrics, requireMetrics } from './ask.js';
import { amountOf, amountText, MEASURES, type Measure, rankOf, type UsageTexts } from './measures.js';

interface NodeMetrics extends KubeObject {
  readonly usage?: UsageTexts;
}

const UNKNOWN = '<unknown>';

/** `kubectl top node`: what nodes use, and how much of what they have that is. */
export function* topNodes(session: Session, flags: Flags, name: string | undefined): Waiting<void> {
  yield* requireMetrics(session);
  const labelSelector = flags.text('selector') || undefined;
  const metrics = yield* askMetrics<NodeMetrics>(session, 'nodes', { name, namespace: '', query: { labelSelector } });
  if (metrics.length === 0) throw new CommandError('metrics not available yet');
  const nodes =
    name === undefined
      ? (yield* session.rest().list<Node>(RESOURCES.nodes, undefined, { labelSelector })).items
      : [yield* session.rest().get<Node>(RESOURCES.nodes, name)];
  const measures: readonly Measure[] = flags.bool('show-swap') ? [...MEASURES, 'swap'] : MEASURES;
  const which = flags.bool('show-capacity') ? 'capacity' : 'allocatable';
  const available = new Map(nodes.map(({ metadata, status }) => [metadata.name ?? '', status?.[which]]));
  const lines = sorted(metrics, flags.text('sort-by')).map(({ metadata, usage }) => {
    const own = available.get(metadata.name ?? '');
    available.delete(metadata.name ?? '');
    return [metadata.name, ...measures.flatMap((measure) => cells(usage, own, measure))];
  });
  const missing = [...available.keys()].map((node) => [node, ...measures.flatMap(() => [UNKNOWN, UNKNOWN])]);
  const head = ['NAME', 'CPU(cores)', 'CPU(%)', 'MEMORY(bytes)', 'MEMORY(%)'];
  if (flags.bool('show-swap')) head.push('SWAP(bytes)', 'SWAP(%)');
  const rows = [...(flags.bool('no-headers') ? [] : [head]), ...lines, ...missing];
  yield* session.out(alignTabs(rows.map((row) => `${row.join('\t')}\t\n`).join(''), TABLE_LAYOUT));
}

function sorted(metrics: readonly NodeMetrics[], by: string): NodeMetrics[] {
  const byName = [...metrics].sort((one, other) => ((one.metadata.name ?? '') < (other.metadata.name ?? '') ? -1 : 1));
  if (by === '') return byName;
  const rank = ({ usage }: NodeMetrics) => rankOf(amountOf(usage, by as Measure), by);
  return byName.sort((one, other) => rank(one) - rank(other));
}

function cells(usage: UsageTexts, available: UsageTexts, measure: Measure): string[] {
  // Nodes here have no swap.
  if (measure === 'swap') return [UNKNOWN, UNKNOWN];
  const amount = amountOf(usage, measure);
  const text = available?.[measure];
  if (text === undefined) return [amountText(amount, measure)];
  const whole = quantityMilliValue(parseQuantity(text));
  const percent = whole === 0 ? 0 : Math.trunc((quantityMilliValue(amount) / whole) * 100);
  return [amountText(amount, measure), `${percent}%`];
}
