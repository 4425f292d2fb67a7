import { SECOND } from '../../kernel/time.js';
import type { Server } from './server.js';

/** Counters that are shown between those that a server is asked about most; they stay at nothing here. */
const IDLE = 'cmd_meta';

/** `stats`, in the order of memcached 1.6. */
export function generalStats(server: Server): string {
  const { sys, items, options } = server;
  const count = (name: string) => server.counts.get(name) ?? 0;
  const now = Math.floor(sys.now() / SECOND);
  const { own } = sys.times();
  const used = `${Math.floor(own / SECOND)}.${String(own % SECOND).padStart(6, '0')}`;
  const rows: [name: string, value: string | number][] = [
    ['pid', sys.pid],
    ['uptime', now - server.started],
    ['time', now],
    ['version', server.version],
    ['libevent', '2.1.12-stable'],
    ['pointer_size', 64],
    ['rusage_user', used],
    ['rusage_system', '0.000000'],
    ['max_connections', options.connections],
    ['curr_connections', server.connections + 1],
    ['total_connections', count('connections') + 1],
    ['rejected_connections', 0],
    ['connection_structures', server.connections + 2],
    ...['cmd_get', 'cmd_set', 'cmd_flush', 'cmd_touch', IDLE].map((name): [string, number] => [name, count(name)]),
    ...['get_hits', 'get_misses', 'get_expired', 'get_flushed'].map((name): [string, number] => [name, count(name)]),
    ...['delete', 'incr', 'decr', 'cas'].flatMap((name): [string, number][] => [
      [`${name}_misses`, count(`${name}_misses`)],
      [`${name}_hits`, count(`${name}_hits`)],
    ]),
    ['cas_badval', count('cas_badval')],
    ['touch_hits', count('touch_hits')],
    ['touch_misses', count('touch_misses')],
    ['store_too_large', count('store_too_large')],
    ['store_no_memory', count('store_no_memory')],
    ['auth_cmds', 0],
    ['auth_errors', 0],
    ['bytes_read', count('bytes_read')],
    ['bytes_written', count('bytes_written')],
    ['limit_maxbytes', options.megabytes * 1_048_576],
    ['accepting_conns', 1],
    ['listen_disabled_num', 0],
    ['time_in_listen_disabled_us', 0],
    ['threads', options.threads],
    ['conn_yields', 0],
    ['hash_power_level', 16],
    ['hash_bytes', 524_288],
    ['hash_is_expanding', 0],
    ['bytes', items.bytes],
    ['curr_items', items.count],
    ['total_items', count('total_items')],
    ['evictions', items.evictions],
    ['reclaimed', 0],
  ];
  return rows.map(([name, value]) => `STAT ${name} ${value}\r\n`).join('');
}

/** `stats settings`: what can be set on the command line here. */
export function settingStats({ options }: Server): string {
  const rows: [name: string, value: string | number][] = [
    ['maxbytes', options.megabytes * 1_048_576],
    ['maxconns', options.connections],
    ['tcpport', options.port],
    ['udpport', options.udpPort],
    ['inter', options.address ?? 'NULL'],
    ['verbosity', options.verbosity],
    ['oldest', 0],
    ['evictions', options.evicts ? 'on' : 'off'],
    ['num_threads', options.threads],
    ['item_size_max', options.largest],
    ['flush_enabled', options.flushes ? 'yes' : 'no'],
  ];
  return rows.map(([name, value]) => `STAT ${name} ${value}\r\n`).join('');
}
