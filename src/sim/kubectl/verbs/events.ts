import { compareText } from '../../api/go-text.js';
import type { Event } from '../../api/types/event.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Command } from '../cobra/command.js';
import type { Flags } from '../cobra/flags.js';
import { since } from '../describe/writer.js';
import { CommandError } from '../errors.js';
import { escapeTerminal } from '../output/escape-terminal.js';
import { TABLE_LAYOUT, Tabwriter } from '../output/tabwriter.js';
import { outputPrinter } from '../print-flags.js';
import { apiVersionOf, mappingFor } from '../resource/mapper.js';
import { openWatch } from '../resource/watch.js';
import type { Session } from '../session.js';

const EVENTS = { group: '', version: 'v1', resource: 'events', kind: 'Event', namespaced: true };

/** `kubectl events`. */
export const events: Command = { name: 'events', short: 'List events', run: runEvents };

function* runEvents(session: Session, flags: Flags): Waiting<void> {
  const all = flags.bool('all-namespaces');
  const { name } = session.namespace();
  const namespace = all ? '' : name;
  const fieldSelector = yield* selectorOf(session, flags.text('for'));
  const types = flags.list('types').map((type) => type.toLowerCase());
  const printer = outputPrinter(session);
  if (types.some((type) => type !== 'normal' && type !== 'warning'))
    throw new CommandError('valid --types are Normal or Warning');
  const isWanted = ({ type = '' }: Event): boolean => types.length === 0 || types.includes(type.toLowerCase());
  const table = new Tabwriter(TABLE_LAYOUT);
  const line = (event: Event): string => eventLine(event, session, all);
  let head = flags.bool('no-headers') ? '' : `${all ? 'NAMESPACE\t' : ''}LAST SEEN\tTYPE\tREASON\tOBJECT\tMESSAGE\n`;
  if (flags.bool('watch')) {
    const watch = yield* openWatch(session, EVENTS, namespace, { fieldSelector });
    for (let change = yield* watch.next(); change !== undefined; change = yield* watch.next()) {
      const event = change.object as unknown as Event;
      if (change.type === 'DELETED' || change.type === 'BOOKMARK' || change.type === 'ERROR' || !isWanted(event))
        continue;
      yield* session.out(printer ? printer.print(event) : table.write(head + line(event)) + table.flush());
      head = '';
    }
    return;
  }
  const { items } = yield* session.rest().list<Event>(EVENTS, namespace, { fieldSelector, limit: '500' });
  const found = items.filter(isWanted).sort((a, b) => compareText(timeOf(a), timeOf(b)));
  if (found.length === 0)
    return yield* session.err(all ? 'No events found.\n' : `No events found in ${name} namespace.\n`);
  if (printer) yield* session.out(printer.print({ apiVersion: 'v1', items: found, kind: 'EventList', metadata: {} }));
  else yield* session.out(table.write(head + found.map(line).join('')) + table.flush());
}

function* selectorOf(session: Session, text: string): Waiting<string | undefined> {
  if (text === '') return undefined;
  const parts = text.split('/');
  if (parts.length !== 2) throw new CommandError('--for must be in resource/name form');
  const [type = '', name = ''] = parts;
  const mapping = yield* mappingFor(session, type);
  return `involvedObject.kind=${mapping.kind},involvedObject.apiVersion=${apiVersionOf(mapping)},involvedObject.name=${name}`;
}

function timeOf({ series, lastTimestamp, eventTime }: Event): string {
  return series?.lastObservedTime ?? lastTimestamp ?? eventTime ?? '';
}

function eventLine(event: Event, session: Session, all: boolean): string {
  const now = session.now();
  const first = event.eventTime ? since(event.eventTime, now) : since(event.firstTimestamp, now);
  let age = first;
  if (event.series) age = `${since(event.series.lastObservedTime, now)} (x${event.series.count} over ${first})`;
  else if ((event.count ?? 0) > 1) age = `${since(event.lastTimestamp, now)} (x${event.count} over ${first})`;
  const { kind = '', name = '' } = event.involvedObject;
  const cells = [age, event.type ?? '', event.reason ?? '', `${kind}/${name}`, (event.message ?? '').trim()].map(
    escapeTerminal,
  );
  return `${all ? `${event.metadata.namespace}\t` : ''}${cells.join('\t')}\n`;
}
