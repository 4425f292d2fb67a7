import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { redis } from '../../../../src/sim/images/repositories/redis.js';
import { oneHost } from '../one-host.js';

interface Recorded {
  readonly args: readonly string[];
  readonly out: string;
  readonly code: number;
  readonly tty?: string;
}

/** What redis-cli 7.0.15 printed of a redis-server 7.0.15, command by command: into a pipe, and with --no-raw. */
const RECORDED = readFileSync(new URL('./recorded.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line) as Recorded);

const quote = (words: readonly string[]) => words.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');

function redisHost(version = '7.0.15') {
  return oneHost([...redis.files(version), { path: '/usr/bin/bash', program: 'bash', mode: 0o755 }], {
    PATH: '/usr/local/bin:/usr/bin:/bin',
    REDIS_VERSION: version,
  });
}

describe('redis', () => {
  test('answers and redis-cli prints as the real ones', () => {
    const host = redisHost();
    host.start('cd /data; redis-server');
    host.settle(1);
    const differences = RECORDED.flatMap(({ args, out, code, tty }) => {
      const ours = host.run(`redis-cli ${quote(args)}`, { seconds: 0.15 });
      const pretty =
        tty === undefined ? undefined : host.run(`redis-cli --no-raw ${quote(args)}`, { seconds: 0.15 }).out;
      const same = ours.out + ours.err === out && pretty === tty && JSON.stringify(ours.status) === `{"code":${code}}`;
      return same ? [] : [{ args, out, ours: ours.out + ours.err, status: ours.status, tty, pretty }];
    });
    expect(differences).toEqual([]);
  });

  test('starts, saves at SIGTERM and reads it again', () => {
    const host = redisHost();
    const first = host.start('cd /data; exec redis-server --port 7001');
    host.settle(1);
    expect(host.run('redis-cli -p 7001 set a b; redis-cli -p 7001 -n 3 rpush l 1 2').out).toBe('OK\n2\n');
    host.run(`kill -TERM ${first.pid}`);
    expect(first.status).toEqual({ code: 0 });
    const second = host.start('cd /data; exec redis-server --port 7001');
    host.settle(1);
    expect(host.run('redis-cli -p 7001 get a; redis-cli -p 7001 -n 3 lrange l 0 -1').out).toBe('b\n1\n2\n');
    expect(masked(first.out)).toBe(`P:C T # oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo
P:C T # Redis version=7.0.15, bits=64, commit=00000000, modified=0, pid=P, just started
P:C T # Configuration loaded
P:M T * monotonic clock: POSIX clock_gettime
P:M T * Running mode=standalone, port=7001.
P:M T # Server initialized
P:M T * Ready to accept connections
P:signal-handler (S) Received SIGTERM scheduling shutdown...
P:M T # User requested shutdown...
P:M T * Saving the final RDB snapshot before exiting.
P:M T * DB saved on disk
P:M T # Redis is now ready to exit, bye bye...
`);
    expect(masked(second.out)).toContain(
      'keys loaded: 2, keys expired: 0.\nP:M T * DB loaded from disk: 0.000 seconds\n',
    );
  });

  test.each([
    ['requirepass secret', 'redis-cli get a', 'NOAUTH Authentication required.\n\n'],
    ['requirepass secret', 'redis-cli -a secret --no-auth-warning set a 1', 'OK\n'],
    [
      'requirepass secret',
      'redis-cli -a no --no-auth-warning ping',
      'AUTH failed: WRONGPASS invalid username-password pair or user is disabled.\nNOAUTH Authentication required.\n\n',
    ],
    [
      'maxmemory 900kb',
      'redis-cli set a 1; redis-cli append a $(printf %060000d 1); redis-cli set b 1',
      "OK\n60001\nOOM command not allowed when used memory > 'maxmemory'.\n\n",
    ],
    [
      'appendonly yes',
      'redis-cli set a 1 >/dev/null; cat /data/appendonlydir/appendonly.aof.manifest',
      'file appendonly.aof.1.base.rdb seq 1 type b\nfile appendonly.aof.1.incr.aof seq 1 type i\n',
    ],
    ['port 7002', 'redis-cli ping', 'Could not connect to Redis at 127.0.0.1:6379: Connection refused\n'],
    ['save ""', 'redis-cli config get save', 'save\n\n'],
  ])('%s: %s', (setting, line, said) => {
    const host = redisHost();
    host.run(`cd /data; echo '${setting}' > redis.conf`);
    host.start('cd /data; redis-server ./redis.conf');
    host.settle(1);
    const { out, err } = host.run(line, { seconds: 3 });
    expect(err + out).toBe(said);
  });

  test('what it was told is in its log of commands, and read again', () => {
    const host = redisHost('7.4.7');
    const first = host.start('cd /data; exec redis-server --appendonly yes --save ""');
    host.settle(1);
    host.run('redis-cli set a b; redis-cli incr n; redis-cli incr n; redis-cli setex e 100 x');
    host.kernel.advance(1);
    host.run(`kill -KILL ${first.pid}`);
    host.start('cd /data; exec redis-server --appendonly yes --save ""');
    host.settle(1);
    expect(host.run('redis-cli get a; redis-cli get n; redis-cli ttl e').out).toMatch(/^b\n2\n9\d\n$/);
  });

  test.each([
    [
      'foo bar',
      "\n*** FATAL CONFIG FILE ERROR (Redis 7.0.15) ***\nReading the configuration file, at line 1\n>>> 'foo bar'\nBad directive or wrong number of arguments\n",
    ],
    [
      'dir /nope',
      "\n*** FATAL CONFIG FILE ERROR (Redis 7.0.15) ***\nReading the configuration file, at line 1\n>>> 'dir /nope'\nNo such file or directory\n",
    ],
  ])('a wrong file: %s', (text, said) => {
    const host = redisHost();
    const ended = host.run(`echo '${text}' > /tmp/r.conf; redis-server /tmp/r.conf`);
    expect([ended.err, ended.status]).toEqual([said, { code: 1 }]);
  });
});

function masked(log: string): string {
  return log
    .replace(/^\d+:/gm, 'P:')
    .replace(/pid=\d+/g, 'pid=P')
    .replace(/\d\d \w{3} \d{4} [\d:.]+/g, 'T')
    .replace(/\(\d+\)/g, '(S)');
}
