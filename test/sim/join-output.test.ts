import { expect, test } from 'vitest';
import { joinOutput } from '../../src/sim/join-output.js';
import type { OutsideEvent } from '../../src/sim/machine.js';

const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text));
const output = (terminal: number, text: string): OutsideEvent => ({ kind: 'output', terminal, bytes: bytes(text) });
const data = (id: number, stream: number, text: string): OutsideEvent =>
  ({ kind: 'line', side: 'called', id, message: { kind: 'data', stream, bytes: bytes(text) } }) as OutsideEvent;
const command: OutsideEvent = { kind: 'command-line', line: 'ls', at: 5 };

test.each<[string, OutsideEvent[], OutsideEvent[]]>([
  ['nothing', [], []],
  ['neighbours of one terminal', [output(1, 'a'), output(1, 'b')], [output(1, 'ab')]],
  [
    'not those of two',
    [output(1, 'a'), output(2, 'b'), output(1, 'c')],
    [output(1, 'a'), output(2, 'b'), output(1, 'c')],
  ],
  ['not over what came between', [output(1, 'a'), command, output(1, 'b')], [output(1, 'a'), command, output(1, 'b')]],
  ['what one stream of a line carries', [data(1, 1, 'a'), data(1, 1, 'b')], [data(1, 1, 'ab')]],
  [
    'not two streams or lines',
    [data(1, 1, 'a'), data(1, 2, 'b'), data(2, 2, 'c')],
    [data(1, 1, 'a'), data(1, 2, 'b'), data(2, 2, 'c')],
  ],
  [
    'other messages stay as they are',
    [data(1, 1, 'a'), { kind: 'line', side: 'called', id: 1 }, data(1, 1, 'b')],
    [data(1, 1, 'a'), { kind: 'line', side: 'called', id: 1 }, data(1, 1, 'b')],
  ],
])('%s', (_, events, joined) => {
  expect(structuredClone(joinOutput(events))).toEqual(joined);
});
