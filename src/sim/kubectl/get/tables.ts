import { humanDuration } from '../../api/duration.js';
import type { KubeObject } from '../../api/object.js';
import { StatusError } from '../../api/status.js';
import { parseTime } from '../../api/time.js';
import type { Micros } from '../../kernel/time.js';
import type { Flags } from '../cobra/flags.js';
import { kindName } from '../output/name.js';
import type { Table, TableOptions } from '../output/table.js';
import type { Mapping } from '../resource/discovery.js';
import { apiVersionOf } from '../resource/mapper.js';

/** How a mapping's table is decorated. */
export function tableOptions(flags: Flags, mapping: Mapping, mixed: boolean): TableOptions {
  const kind = mixed || flags.bool('show-kind') ? { kind: kindName(apiVersionOf(mapping), mapping.kind) } : {};
  return {
    noHeaders: flags.bool('no-headers'),
    wide: flags.text('output') === 'wide',
    withNamespace: flags.bool('all-namespaces') && mapping.namespaced,
    showLabels: flags.bool('show-labels'),
    columnLabels: flags.list('label-columns'),
    ...kind,
  };
}

/** What a server that prints no tables answers becomes one of names and ages. */
export function asTable(object: KubeObject, now: Micros): Table {
  if (object.kind === 'Table') return object as unknown as Table;
  if (object.kind === 'Status') throw new StatusError(object as never);
  const items = (object['items'] as KubeObject[] | undefined) ?? [object];
  return {
    columnDefinitions: [
      { name: 'Name', type: 'string', format: 'name' },
      { name: 'Age', type: 'string' },
    ],
    rows: items.map((item) => ({ cells: [item.metadata.name, ageOf(item, now)], object: item })),
  };
}

function ageOf({ metadata }: KubeObject, now: Micros): string {
  const born = parseTime(metadata.creationTimestamp ?? '');
  return born === undefined ? '<unknown>' : humanDuration(now - born);
}
