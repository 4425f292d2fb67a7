import type { Program } from '../kernel/sys.js';
import { gosu } from './gosu.js';
import { mysqlAdmin } from './mysql/admin.js';
import { mysqlClient } from './mysql/client.js';
import { mysqld } from './mysql/mysqld.js';
import { redisCli } from './redis/cli.js';
import { redisServer } from './redis/server.js';

/** Programs of the images that keep state or run scripts, by the name their binaries carry. */
export const storePrograms: Readonly<Record<string, Program>> = {
  gosu,
  mysql: mysqlClient,
  mysqladmin: mysqlAdmin,
  mysqld,
  'redis-cli': redisCli,
  'redis-server': redisServer,
};
