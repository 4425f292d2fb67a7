import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';

/** Options of mysqld that are taken; a newer server has forgotten some that older ones had. */
const KNOWN = new Set(
  (
    'basedir bind-address character-set-server collation-server datadir daemonize default-storage-engine default-time-zone general-log ' +
    'general-log-file help host-cache-size initialize initialize-insecure innodb-buffer-pool-size innodb-log-file-size innodb-redo-log-capacity ' +
    'innodb-flush-log-at-trx-commit innodb-file-per-table innodb-flush-method log-bin log-error log-output long-query-time lower-case-table-names max-allowed-packet ' +
    'max-connections mysqlx pid-file port read-only secure-file-priv server-id skip-name-resolve skip-networking slow-query-log ' +
    'slow-query-log-file socket sql-mode super-read-only symbolic-links table-open-cache tmpdir user verbose wait-timeout ' +
    'interactive-timeout thread-cache-size gtid-mode enforce-gtid-consistency relay-log binlog-format sync-binlog performance-schema ' +
    'explicit-defaults-for-timestamp log-bin-trust-function-creators mysql-native-password authentication-policy ' +
    'character-set-client-handshake skip-external-locking key-buffer-size sort-buffer-size join-buffer-size init-connect'
  ).split(' '),
);
const UNTIL_8_4 = new Set([
  'default-authentication-plugin',
  'expire-logs-days',
  'skip-host-cache',
  'query-cache-size',
  'query-cache-type',
]);

/** Options by their names with hyphens. Later ones win. */
export interface Settings {
  readonly options: ReadonlyMap<string, string>;
  /** The first option that the server does not know, as it was written. */
  readonly unknown: string | undefined;
}

/** Reads the files that mysqld reads, and its command line. */
export function readSettings(sys: Sys, args: readonly string[], version: string): Settings {
  const options = new Map<string, string>();
  let unknown: string | undefined;
  const [major = 8, minor = 0] = version.split('.').map(Number);
  const old = major < 8 || (major === 8 && minor < 4);
  const take = (line: string) => {
    const [, name = '', value = ''] = /^([^=\s]+)\s*(?:=\s*(.*))?$/.exec(line) ?? [];
    const plain = name.replaceAll('_', '-').replace(/^loose-/, '');
    if (KNOWN.has(plain) || (old && UNTIL_8_4.has(plain))) options.set(plain, value.replace(/^(["'])(.*)\1$/, '$2'));
    else if (!name.startsWith('loose'))
      unknown ??= value === '' && !line.includes('=') ? `option '--${name}'` : `variable '${name}=${value}'`;
  };
  for (const file of ['/etc/my.cnf', '/etc/mysql/my.cnf']) readFile(sys, file, take);
  for (const arg of args) if (arg.startsWith('--')) take(arg.slice(2));
  return { options, unknown };
}

/** Takes the lines of the sections for servers, and of the folders that the file includes. */
function readFile(sys: Sys, path: string, take: (line: string) => void): void {
  let section = '';
  for (const raw of read(sys, path).split('\n')) {
    const line = raw.trim();
    if (line === '' || /^[#;]/.test(line)) continue;
    const [, include] = /^!includedir\s+(\S+)/.exec(line) ?? [];
    if (include !== undefined) {
      for (const name of list(sys, include))
        if (name.endsWith('.cnf')) readFile(sys, `${include.replace(/\/$/, '')}/${name}`, take);
      continue;
    }
    const [, name] = /^\[(.*)\]$/.exec(line) ?? [];
    if (name !== undefined) section = name;
    else if (section === 'mysqld' || section === 'server') take(line.replace(/\s+#.*$/, ''));
  }
}

function read(sys: Sys, path: string): string {
  try {
    return Buffer.from(sys.readFile(path)).toString('utf8');
  } catch (error) {
    if (isErrno(error)) return '';
    throw error;
  }
}

function list(sys: Sys, folder: string): string[] {
  try {
    return sys
      .readDirectory(folder)
      .map(({ name }) => name)
      .sort();
  } catch (error) {
    if (isErrno(error)) return [];
    throw error;
  }
}
