import { describe, expect, it } from 'vitest';
import { testServer } from '../sim/apiserver/harness.js';
import { KubectlMachine } from '../sim/kubectl/machine.js';
import { DISCOVERED } from './openapi/asked.js';
import { compareOpenApi, ourDocuments, type Share, textOf } from './openapi/compared-openapi.js';
import { readOpenApi } from './openapi/recording-openapi.js';
import { shortHash } from './openapi/texts.js';

/** What shares must agree. They only ever rise. */
const FLOORS = { documents: 1, schemas: 1, paths: 1, types: 1, fields: 1 };

const recorded = readOpenApi();

describe(`what ${recorded.server} says of its kinds`, () => {
  const server = testServer();
  const compared = compareOpenApi(ourDocuments(server), textOf(server.request({ target: '/openapi/v2' })), recorded);

  it.each(['documents', 'schemas', 'paths', 'types'] as const)('is what we say: %s', (part) => {
    const share = compared[part];
    console.log(row(part, share));
    expect(share.equal / share.all, share.wrong.join('\n')).toBeGreaterThanOrEqual(FLOORS[part]);
  });

  it.each([...compared.fields])('is what explain prints of every field of %s', (group, share) => {
    console.log(row(group, share));
    expect(share.equal / share.all, share.wrong.join('\n')).toBeGreaterThanOrEqual(FLOORS.fields);
  });

  it('is said of many fields', () => {
    const all = [...compared.fields.values()].reduce((sum, { all: count }) => sum + count, 0);
    expect(all).toBeGreaterThan(20_000);
  });

  it.each(DISCOVERED)('is what discovery answers: %s', (id, target, headers) => {
    const answer = server.request({ target, headers });
    expect(textOf(answer)).toBe(recorded.discovery[id]);
  });
});

describe('kubectl in the simulated shell', () => {
  const machine = new KubectlMachine();
  const lines = Object.entries(recorded.lines);

  it.each(lines.filter(([line]) => !line.startsWith('explain')))(
    'prints what the real one prints: %s',
    (line, said) => {
      expect(machine.shell(`kubectl ${line}`).out).toBe(said);
    },
  );

  it('explains as the real one does', () => {
    const explained = lines.filter(([line]) => line.startsWith('explain'));
    const wrong = explained.filter(([line, hash]) => {
      const { out, err } = machine.shell(`kubectl ${line}`);
      return shortHash(out + err) !== hash;
    });
    expect(wrong.map(([line]) => line)).toEqual([]);
    expect(explained.length).toBeGreaterThanOrEqual(120);
  });
});

function row(name: string, { equal, all }: Share): string {
  return `${((100 * equal) / all).toFixed(1).padStart(5)} %  ${equal} of ${all}  ${name}`;
}
