import type { Commands } from './command.js';
import { hashes } from './hashes.js';
import { keys } from './keys.js';
import { lists } from './lists.js';
import { serverCommands } from './server.js';
import { sets } from './sets.js';
import { sortedSets } from './sorted-sets.js';
import { strings } from './strings.js';

/** Every command that needs nothing but what it is given. */
export const COMMANDS: Commands = {
  ...hashes,
  ...keys,
  ...lists,
  ...serverCommands,
  ...sets,
  ...sortedSets,
  ...strings,
};

/** Real commands that this server has not: it says so rather than that there are none. */
export const NOT_SIMULATED: ReadonlySet<string> = new Set(
  (
    'bitcount bitfield bitop bitpos brpoplpush blmove bzpopmax bzpopmin debug dump eval evalsha fcall function geoadd geodist ' +
    'geosearch hello hrandfield hscan latency lmpop migrate module monitor pfadd pfcount pfmerge psync restore script setbit ' +
    'getbit slowlog sort sscan sync watch unwatch xack xadd xdel xgroup xinfo xlen xrange xread xreadgroup xrevrange xtrim ' +
    'zinter zlexcount zrangebylex zscan zunion zunionstore zinterstore'
  ).split(' '),
);
