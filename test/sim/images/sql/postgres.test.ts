import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { postgres } from '../../../../src/sim/images/repositories/postgres.js';
import { oneHost } from '../one-host.js';

interface Recorded {
  readonly sql: string;
  readonly out: string;
  readonly err: string;
  readonly code: number;
}

/** What psql 15.18 printed (`psql -U postgres -c …`), statement by statement. */
const RECORDED = ['postgres-common', 'postgres-own'].flatMap((name) =>
  readFileSync(new URL(`./${name}.jsonl`, import.meta.url), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Recorded),
);
/** The recorded server had another locale than the image's. */
const OTHERWISE = new Set(['\\l']);

const ENVIRONMENT = {
  PATH: '/usr/local/bin:/usr/bin:/usr/lib/postgresql/15/bin',
  PG_VERSION: '15.15',
  PGDATA: '/var/lib/postgresql/data',
};
const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

function started(more: Readonly<Record<string, string>>) {
  const host = oneHost(postgres.files('15.15'), ENVIRONMENT);
  const server = host.start('exec docker-entrypoint.sh postgres', { more });
  host.settle(10);
  return { host, server };
}

describe('postgres', () => {
  test('answers as the real one', () => {
    const { host } = started({ POSTGRES_PASSWORD: 'pw' });
    const differences = RECORDED.flatMap(({ sql, out, err, code }) => {
      const ours = host.run(`psql -U postgres -c ${quote(sql)}`, { seconds: 0.1 });
      const same = ours.out === out && ours.err === err && JSON.stringify(ours.status) === `{"code":${code}}`;
      return same === OTHERWISE.has(sql) ? [{ sql, out, err, ours }] : [];
    });
    expect(differences).toEqual([]);
  });

  test('keeps its data over a restart', () => {
    const { host, server } = started({ POSTGRES_PASSWORD: 'pw', POSTGRES_USER: 'app', POSTGRES_DB: 'shop' });
    expect(server.out).toContain('\nPostgreSQL init process complete; ready for start up.\n\n');
    host.run("psql -U app shop -c 'create table t (id int)' -c 'insert into t values (1), (2)'");
    host.run(`kill -INT ${server.pid}`);
    expect(server.status).toEqual({ code: 0 });
    const again = host.start('exec docker-entrypoint.sh postgres');
    host.settle(3);
    expect(host.run("psql -U app shop -At -c 'select sum(id) from t'; pg_isready").out).toBe(
      '3\n/var/run/postgresql:5432 - accepting connections\n',
    );
    expect(again.out).toBe(
      '\nPostgreSQL Database directory appears to contain a database; Skipping initialization\n\n',
    );
  });

  test('does not start without a password', () => {
    const { server } = started({});
    expect(server.err).toMatch(
      /^Error: Database is uninitialized and superuser password is not specified\.\n {7}You must specify POSTGRES_PASSWORD/,
    );
    expect(server.status).toEqual({ code: 1 });
  });
});
