import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { mysql } from '../../../../src/sim/images/repositories/mysql.js';
import { oneHost } from '../one-host.js';

interface Recorded {
  readonly sql: string;
  readonly out: string;
  readonly err: string;
  readonly code: number;
}

/** What the client of MariaDB 10.11.19 printed (`mysql -t -D x -e …`), statement by statement. */
const RECORDED = ['mysql-common', 'mysql-own'].flatMap((name) =>
  readFileSync(new URL(`./${name}.jsonl`, import.meta.url), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Recorded),
);

/** Statements that MySQL answers otherwise than MariaDB, and how: types without widths, another collation, other names. */
const OTHERWISE = new Map([
  ['show databases', 'MariaDB brings a database test'],
  ['describe t', 'int(11)'],
  ['show create table t', 'int(11), utf8mb4_general_ci'],
  ["select user, host from mysql.user where user = 'app'", 'MariaDB spells the columns as they are defined'],
]);

/** MariaDB's client repeats a wrong statement, and its server calls some things otherwise. */
function asMysql(err: string): string {
  return err
    .replace(/^-----[\s\S]*?-------\n\n/, '')
    .replace("in 'SELECT'", "in 'field list'")
    .replace("for key 'PRIMARY'", "for key 'users.PRIMARY'")
    .replace('your MariaDB server version', 'your MySQL server version');
}

const PATH = { PATH: '/usr/local/bin:/usr/bin:/usr/sbin', MYSQL_VERSION: '8.4.7' };
const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

function started(more: Readonly<Record<string, string>>) {
  const host = oneHost(mysql.files('8.4.7'), PATH);
  const server = host.start('exec docker-entrypoint.sh mysqld', { more });
  host.settle(15);
  return { host, server };
}

describe('mysql', () => {
  test('answers as the real one', () => {
    const { host } = started({ MYSQL_ROOT_PASSWORD: 'pw', MYSQL_DATABASE: 'x' });
    const differences = RECORDED.flatMap(({ sql, out, err, code }) => {
      const ours = host.run(`MYSQL_PWD=pw mysql -uroot -t -D x -e ${quote(sql)}`, { seconds: 0.1 });
      const same = ours.out === out && ours.err === asMysql(err) && JSON.stringify(ours.status) === `{"code":${code}}`;
      return same === OTHERWISE.has(sql) ? [{ sql, out, err: asMysql(err), ours }] : [];
    });
    expect(differences).toEqual([]);
  });

  test('keeps its data, its accounts and what it was first told', () => {
    const { host, server } = started({
      MYSQL_ROOT_PASSWORD: 'pw',
      MYSQL_DATABASE: 'shop',
      MYSQL_USER: 'app',
      MYSQL_PASSWORD: 'a',
    });
    expect(server.out.replace(/^\S+ \S+ /gm, '')).toContain(
      `[Note] [Entrypoint]: Temporary server started.
[Note] [Entrypoint]: Creating database shop
[Note] [Entrypoint]: Creating user app
[Note] [Entrypoint]: Giving user app access to schema shop
[Note] [Entrypoint]: Stopping temporary server
[Note] [Entrypoint]: Temporary server stopped

process done. Ready for start up.
`.replace('process done', '[Note] [Entrypoint]: MySQL init process done'),
    );
    host.run("MYSQL_PWD=a mysql -uapp -h127.0.0.1 shop -e 'create table t (id int); insert into t values (1)'");
    host.run(`kill -TERM ${server.pid}`, { seconds: 3 });
    expect(server.status).toEqual({ code: 0 });
    host.start('exec docker-entrypoint.sh mysqld');
    host.settle(5);
    expect(host.run("MYSQL_PWD=a mysql -uapp shop -Ne 'select * from t; show databases'").out).toBe(
      '1\ninformation_schema\nperformance_schema\nshop\n',
    );
    expect(host.run('mysqladmin ping -uroot -ppw').out).toBe('mysqld is alive\n');
  });

  test('refuses in its own words', () => {
    const { host } = started({ MYSQL_ROOT_PASSWORD: 'pw' });
    for (const [line, said] of [
      [
        'mysql -uroot -pno -e "select 1"',
        "mysql: [Warning] Using a password on the command line interface can be insecure.\nERROR 1045 (28000): Access denied for user 'root'@'localhost' (using password: YES)\n",
      ],
      [
        'mysql -uroot -e "select 1"',
        "ERROR 1045 (28000): Access denied for user 'root'@'localhost' (using password: NO)\n",
      ],
      ['MYSQL_PWD=pw mysql -D nodb -e "select 1"', "ERROR 1049 (42000): Unknown database 'nodb'\n"],
      [
        'MYSQL_PWD=pw mysql -S /nope',
        "ERROR 2002 (HY000): Can't connect to local MySQL server through socket '/nope' (2)\n",
      ],
      [
        'MYSQL_PWD=pw mysql -h127.0.0.1 -P1',
        "ERROR 2003 (HY000): Can't connect to MySQL server on '127.0.0.1:1' (111)\n",
      ],
    ] as const)
      expect(host.run(line, { seconds: 3 }).err).toBe(said);
  });

  test('does not start without a password, or with a setting it does not know', () => {
    const { server } = started({});
    expect([server.err.replace(/^\S+ \S+ /, ''), server.status]).toEqual([
      `[ERROR] [Entrypoint]: Database is uninitialized and password option is not specified
    You need to specify one of the following as an environment variable:
    - MYSQL_ROOT_PASSWORD
    - MYSQL_ALLOW_EMPTY_PASSWORD
    - MYSQL_RANDOM_ROOT_PASSWORD
`,
      { code: 1 },
    ]);
    const host = oneHost(
      [...mysql.files('8.4.7'), { path: '/etc/mysql/conf.d/my.cnf', content: '[mysqld]\nfoo=bar\n' }],
      PATH,
    );
    const wrong = host.start('exec docker-entrypoint.sh mysqld', { more: { MYSQL_ROOT_PASSWORD: 'pw' } });
    host.settle(5);
    expect(wrong.err).toContain("[ERROR] [MY-000067] [Server] unknown variable 'foo=bar'.");
    expect(wrong.status).toEqual({ code: 1 });
  });
});
