import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { memcached } from '../../../../src/sim/images/repositories/memcached.js';
import { oneHost } from '../one-host.js';

/** What memcached 1.6.18 answered to what a client sent, one connection after the other. */
const RECORDED = readFileSync(new URL('./recorded.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line) as { readonly input: string; readonly output: string });

function cacheHost() {
  return oneHost(
    [
      ...memcached.files('1.6'),
      { path: '/usr/bin/bash', program: 'bash', mode: 0o755 },
      { path: '/usr/bin/nc', program: 'nc', mode: 0o755 },
    ],
    { PATH: '/usr/local/bin:/usr/bin:/bin', MEMCACHED_VERSION: '1.6.18' },
  );
}

describe('memcached', () => {
  test('answers as the real one', () => {
    const host = cacheHost();
    host.start('memcached -u nobody');
    host.settle(1);
    const differences = RECORDED.flatMap(({ input, output }) => {
      const ours = host.run('nc -w 1 localhost 11211', { input, seconds: 2 }).out;
      return ours === output ? [] : [{ input, output, ours }];
    });
    expect(differences).toEqual([]);
  });

  // The words and statuses of memcached 1.6.18.
  test.each([
    ['memcached', "can't run as root without the -u switch\n", 64],
    ['memcached -u nosuch', "can't find the user nosuch to switch to\n", 67],
    ['memcached -x', 'memcached: invalid option -- \'x\'\nIllegal argument "?"\n', 64],
    ['memcached -m 1 -u nobody', 'Cannot set item size limit higher than 1/2 of memory max.\n', 64],
    [
      'memcached -u nobody & sleep 0.2; memcached -u nobody',
      'failed to listen on TCP port 11211: Address already in use\n',
      71,
    ],
    ['memcached -V', '', 0],
  ])('%s', (line, err, code) => {
    expect(cacheHost().run(line)).toMatchObject({ err, status: { code } });
  });

  test('what has ended is gone, and the oldest goes when there is no more room', () => {
    const host = cacheHost();
    const server = host.start('exec memcached -u nobody -m 2');
    host.settle(1);
    const ask = (input: string) => host.run('nc -w 1 localhost 11211', { input, seconds: 2 }).out;
    expect(ask('set a 0 5 1\r\n1\r\nget a\r\n')).toBe('STORED\r\nVALUE a 0 1\r\n1\r\nEND\r\n');
    host.settle(5);
    expect(ask('get a\r\n')).toBe('END\r\n');
    const large = 'x'.repeat(900_000);
    for (const key of ['one', 'two', 'three']) ask(`set ${key} 0 0 900000\r\n${large}\r\n`);
    expect(ask('get one\r\n')).toBe('END\r\n');
    expect(ask('stats\r\n')).toMatch(/STAT get_misses 2\r\n.*STAT curr_items 2\r\n.*STAT evictions 1\r\n/s);
    host.run(`kill ${server.pid}`);
    expect(server.status).toEqual({ code: 0 });
  });
});
