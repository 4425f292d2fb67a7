import type { Sys } from '../../kernel/sys.js';
import type { RedisConfig } from './config.js';
import { bytesUsed, type Database } from './keyspace.js';

/** What INFO tells that is counted elsewhere. */
export interface Figures {
  readonly version: string;
  readonly started: number;
  readonly connected: number;
  readonly connections: number;
  readonly commands: number;
  readonly errors: number;
  readonly changes: number;
  readonly lastSave: number;
  readonly lastSaveFailed: boolean;
  readonly runId: string;
}

/** What an empty server takes. */
const STARTUP_BYTES = 875_992;

/** About how much memory the server uses. */
export function memoryUsed(databases: readonly Database[]): number {
  let sum = STARTUP_BYTES;
  for (const { values } of databases) for (const [key, value] of values) sum += bytesUsed(key, value);
  return sum;
}

function human(bytes: number): string {
  const units = ['B', 'K', 'M', 'G'];
  let [value, unit] = [bytes, 0];
  while (value >= 1024 && unit < 3) [value, unit] = [value / 1024, unit + 1];
  return unit === 0 ? `${bytes}B` : `${value.toFixed(2)}${units[unit]}`;
}

type Section = readonly (readonly [name: string, value: string | number])[];

/** The text of INFO: all sections, or one. */
export function infoText(
  sys: Sys,
  config: RedisConfig,
  databases: readonly Database[],
  figures: Figures,
  section: string | undefined,
): string {
  const sections = sectionsOf(sys, config, databases, figures);
  const all = section === undefined || ['default', 'all', 'everything'].includes(section);
  return Object.entries(sections)
    .filter(([name]) => all || name.toLowerCase() === section)
    .map(([name, lines]) => `# ${name}\r\n${lines.map(([field, value]) => `${field}:${value}\r\n`).join('')}`)
    .join('\r\n');
}

function sectionsOf(
  sys: Sys,
  config: RedisConfig,
  databases: readonly Database[],
  figures: Figures,
): Readonly<Record<string, Section>> {
  const used = memoryUsed(databases);
  const uptime = Math.floor((sys.now() - figures.started) / 1_000_000);
  return {
    Server: [
      ['redis_version', figures.version],
      ['redis_mode', 'standalone'],
      ['os', 'Linux 6.8.0-85-generic x86_64'],
      ['arch_bits', 64],
      ['process_id', sys.pid],
      ['run_id', figures.runId],
      ['tcp_port', config.get('port')],
      ['uptime_in_seconds', uptime],
      ['uptime_in_days', Math.floor(uptime / 86_400)],
      ['hz', config.get('hz')],
      ['executable', '/usr/local/bin/redis-server'],
      ['config_file', config.file ?? ''],
    ],
    Clients: [
      ['connected_clients', figures.connected],
      ['maxclients', config.get('maxclients')],
      ['blocked_clients', 0],
    ],
    Memory: [
      ['used_memory', used],
      ['used_memory_human', human(used)],
      ['maxmemory', config.get('maxmemory')],
      ['maxmemory_human', human(config.number('maxmemory'))],
      ['maxmemory_policy', config.get('maxmemory-policy')],
    ],
    Persistence: [
      ['loading', 0],
      ['rdb_changes_since_last_save', figures.changes],
      ['rdb_bgsave_in_progress', 0],
      ['rdb_last_save_time', figures.lastSave],
      ['rdb_last_bgsave_status', figures.lastSaveFailed ? 'err' : 'ok'],
      ['aof_enabled', config.get('appendonly') === 'yes' ? 1 : 0],
    ],
    Stats: [
      ['total_connections_received', figures.connections],
      ['total_commands_processed', figures.commands],
      ['total_error_replies', figures.errors],
    ],
    Replication: [
      ['role', 'master'],
      ['connected_slaves', 0],
      ['master_replid', figures.runId],
      ['master_repl_offset', 0],
    ],
    CPU: [['used_cpu_user', (sys.times().own / 1_000_000).toFixed(6)]],
    Cluster: [['cluster_enabled', 0]],
    Keyspace: databases.flatMap(({ values, ends }, at) =>
      values.size === 0 ? [] : [[`db${at}`, `keys=${values.size},expires=${ends.size},avg_ttl=0`] as const],
    ),
  };
}
