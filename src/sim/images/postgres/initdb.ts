import { isErrno } from '../../kernel/errno.js';
import { findUser } from '../../kernel/libc/accounts.js';
import { print, printError } from '../../kernel/libc/streams.js';
import type { Program, Sys } from '../../kernel/sys.js';
import { SECOND } from '../../kernel/time.js';
import { SqlDatabase } from '../sql/catalog.js';
import { DiskKeeper } from '../sql/disk.js';
import { POSTGRES_LAYOUT } from './layout.js';
import { postgresVersionOf } from './versions.js';

const INITIALIZE_TIME = SECOND;
const FOLDERS = ['base', 'global', 'pg_wal', 'pg_xact', 'pg_stat', 'pg_tblspc', 'pg_logical'];
const HBA = `# TYPE  DATABASE        USER            ADDRESS                 METHOD
local   all             all                                     trust
host    all             all             127.0.0.1/32            trust
host    all             all             ::1/128                 trust
`;
const CONFIG = `listen_addresses = '*'
max_connections = 100
shared_buffers = 128MB
dynamic_shared_memory_type = posix
max_wal_size = 1GB
min_wal_size = 80MB
log_timezone = 'Etc/UTC'
datestyle = 'iso, mdy'
timezone = 'Etc/UTC'
lc_messages = 'en_US.utf8'
default_text_search_config = 'pg_catalog.english'
`;

/** initdb: makes a data directory with its first databases and its first role. */
export const initdb: Program = function* initdb(sys) {
  const option = (name: string) => sys.args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
  const data = option('pgdata') ?? sys.environment.get('PGDATA') ?? '';
  const user = option('username') ?? 'postgres';
  const version = sys.environment.get('PG_VERSION') ?? postgresVersionOf('latest');
  if (sys.credentials.uid === 0) {
    yield* printError(
      sys,
      'initdb: error: cannot be run as root\ninitdb: hint: Please log in (using, e.g., "su") as the (unprivileged) user that will own the server process.\n',
    );
    return 1;
  }
  const owner = findUser(sys, sys.credentials.uid)?.name ?? String(sys.credentials.uid);
  yield* print(
    sys,
    `The files belonging to this database system will be owned by user "${owner}".\nThis user must also own the server process.\n\nThe database cluster will be initialized with locale "en_US.utf8".\nThe default database encoding has accordingly been set to "UTF8".\nThe default text search configuration will be set to "english".\n\nData page checksums are ${Number.parseInt(version, 10) >= 18 ? 'enabled' : 'disabled'}.\n\n`,
  );
  try {
    const there = sys.readDirectory(data);
    if (there.length > 0) {
      const lost = there.some(({ name }) => name === 'lost+found');
      const hint = lost
        ? 'initdb: detail: It contains a lost+found directory, perhaps due to it being a mount point.\ninitdb: hint: Using a mount point directly as the data directory is not recommended.\nCreate a subdirectory under the mount point.\n'
        : `initdb: hint: If you want to create a new database system, either remove or empty the directory "${data}" or run initdb with an argument other than "${data}".\n`;
      yield* printError(sys, `initdb: error: directory "${data}" exists but is not empty\n${hint}`);
      return 1;
    }
    yield* print(sys, `fixing permissions on existing directory ${data} ... `);
    sys.changeMode(data, 0o700);
    yield* print(sys, 'ok\ncreating subdirectories ... ');
    fill(sys, data, user, version, option('pwfile'));
  } catch (error) {
    if (!isErrno(error)) throw error;
    yield* printError(sys, `initdb: error: could not change permissions of directory "${data}": ${error.message}\n`);
    return 1;
  }
  yield* sys.sleep(INITIALIZE_TIME);
  yield* print(
    sys,
    `ok\nselecting dynamic shared memory implementation ... posix\nselecting default "max_connections" ... 100\nselecting default "shared_buffers" ... 128MB\nselecting default time zone ... Etc/UTC\ncreating configuration files ... ok\nrunning bootstrap script ... ok\nperforming post-bootstrap initialization ... ok\nsyncing data to disk ... ok\n\n\nSuccess. You can now start the database server using:\n\n    pg_ctl -D ${data} -l logfile start\n\n`,
  );
  yield* printError(
    sys,
    'initdb: warning: enabling "trust" authentication for local connections\ninitdb: hint: You can change this by editing pg_hba.conf or using the option -A, or --auth-local and --auth-host, the next time you run initdb.\n',
  );
  return 0;
};

function fill(sys: Sys, data: string, user: string, version: string, passwordFile: string | undefined): void {
  for (const folder of FOLDERS) sys.makeDirectory(`${data}/${folder}`, 0o700);
  sys.writeFile(`${data}/PG_VERSION`, `${Number.parseInt(version, 10)}\n`, 0o600);
  sys.writeFile(`${data}/postgresql.conf`, CONFIG, 0o600);
  sys.writeFile(`${data}/pg_hba.conf`, HBA, 0o600);
  const keeper = new DiskKeeper(sys, data, POSTGRES_LAYOUT);
  for (const name of ['postgres', 'template0', 'template1']) keeper.database(new SqlDatabase(name, user));
  const password =
    passwordFile === undefined ? undefined : Buffer.from(sys.readFile(passwordFile)).toString('utf8').split('\n')[0];
  keeper.roles([{ name: user, host: '%', password: password === '' ? undefined : password, superuser: true }]);
}
