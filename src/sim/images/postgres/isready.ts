import { print } from '../../kernel/libc/streams.js';
import type { Program } from '../../kernel/sys.js';
import { reachPostgres } from './connect.js';
import { readPsqlOptions } from './psql-options.js';

/** pg_isready: whether a server takes connections. */
export const pgIsReady: Program = function* pgIsReady(sys) {
  const { host, port, flags } = readPsqlOptions(sys, 'hpUdt');
  const reached = yield* reachPostgres(sys, { host, port });
  const there = 'connection' in reached;
  if (there) reached.connection.close();
  if (!flags.has('q'))
    yield* print(
      sys,
      `${host ?? '/var/run/postgresql'}:${port} - ${there ? 'accepting connections' : 'no response'}\n`,
    );
  return there ? 0 : 2;
};
