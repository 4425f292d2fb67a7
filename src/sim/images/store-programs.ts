import type { Program } from '../kernel/sys.js';
import { gosu } from './gosu.js';
import { redisCli } from './redis/cli.js';
import { redisServer } from './redis/server.js';

/** Programs of the images that keep state or run scripts, by the name their binaries carry. */
export const storePrograms: Readonly<Record<string, Program>> = {
  gosu,
  'redis-cli': redisCli,
  'redis-server': redisServer,
};
