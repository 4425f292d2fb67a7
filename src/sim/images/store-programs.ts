import type { Program } from '../kernel/sys.js';
import { gosu } from './gosu.js';
import { memcached } from './memcached/memcached.js';
import { mysqlAdmin } from './mysql/admin.js';
import { mysqlClient } from './mysql/client.js';
import { mysqld } from './mysql/mysqld.js';
import { node } from './node/node.js';
import { perl } from './perl.js';
import { initdb } from './postgres/initdb.js';
import { pgIsReady } from './postgres/isready.js';
import { psql } from './postgres/psql.js';
import { postgres } from './postgres/server.js';
import { python } from './python/python.js';
import { redisCli } from './redis/cli.js';
import { redisServer } from './redis/server.js';

/** Programs of the images that keep state or run scripts, by the name their binaries carry. */
export const storePrograms: Readonly<Record<string, Program>> = {
  gosu,
  initdb,
  memcached,
  mysql: mysqlClient,
  mysqladmin: mysqlAdmin,
  mysqld,
  node,
  perl,
  pg_isready: pgIsReady,
  postgres,
  psql,
  python3: python,
  'redis-cli': redisCli,
  'redis-server': redisServer,
};
