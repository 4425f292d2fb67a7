import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';

/** Settings of postgresql.conf and what they are by themselves; others that a file sets are refused. */
const DEFAULTS: Readonly<Record<string, string>> = {
  application_name: 'psql',
  archive_command: '',
  archive_mode: 'off',
  autovacuum: 'on',
  checkpoint_completion_target: '0.9',
  checkpoint_timeout: '5min',
  client_encoding: 'UTF8',
  data_directory: '',
  datestyle: 'ISO, MDY',
  default_text_search_config: 'pg_catalog.english',
  dynamic_shared_memory_type: 'posix',
  effective_cache_size: '4GB',
  effective_io_concurrency: '16',
  fsync: 'on',
  hba_file: '',
  hot_standby: 'on',
  lc_messages: 'en_US.utf8',
  lc_monetary: 'en_US.utf8',
  lc_numeric: 'en_US.utf8',
  lc_time: 'en_US.utf8',
  listen_addresses: '*',
  log_destination: 'stderr',
  log_line_prefix: '%m [%p] ',
  log_min_duration_statement: '-1',
  log_connections: 'off',
  log_disconnections: 'off',
  log_statement: 'none',
  log_timezone: 'Etc/UTC',
  logging_collector: 'off',
  maintenance_work_mem: '64MB',
  max_connections: '100',
  max_wal_senders: '10',
  max_wal_size: '1GB',
  max_worker_processes: '8',
  max_parallel_workers: '8',
  max_parallel_workers_per_gather: '2',
  min_wal_size: '80MB',
  password_encryption: 'scram-sha-256',
  port: '5432',
  random_page_cost: '4',
  search_path: '"$user", public',
  server_version: '',
  shared_buffers: '128MB',
  shared_preload_libraries: '',
  ssl: 'off',
  statement_timeout: '0',
  superuser_reserved_connections: '3',
  synchronous_commit: 'on',
  timezone: 'Etc/UTC',
  unix_socket_directories: '/var/run/postgresql',
  wal_buffers: '4MB',
  wal_keep_size: '0',
  wal_level: 'replica',
  work_mem: '4MB',
};

/** The settings of a server, or what is wrong with its file. */
export type Settings = { readonly values: ReadonlyMap<string, string> } | { readonly wrong: string };

/** Reads the configuration file and what the command line adds (`-c name=value`, `-p`, `-h`). */
export function readSettings(sys: Sys, data: string, args: readonly string[]): Settings {
  const values = new Map(Object.entries(DEFAULTS));
  const given = new Map<string, string>();
  let file = `${data}/postgresql.conf`;
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    const [, long, value] = /^--([\w-]+)=(.*)$/.exec(arg) ?? [];
    if (long !== undefined) given.set(long.replaceAll('-', '_'), value ?? '');
    else if (arg === '-p' || arg === '-h' || arg === '-N' || arg === '-B') {
      at += 1;
      given.set(
        { '-p': 'port', '-h': 'listen_addresses', '-N': 'max_connections', '-B': 'shared_buffers' }[arg],
        args[at] ?? '',
      );
    } else if (/^-c/.test(arg)) {
      if (arg.length === 2) at += 1;
      const pair = arg.length > 2 ? arg.slice(2) : (args[at] ?? '');
      given.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
  }
  file = given.get('config_file') ?? file;
  given.delete('config_file');
  let text: string;
  try {
    text = Buffer.from(sys.readFile(file)).toString('utf8');
  } catch (error) {
    if (!isErrno(error)) throw error;
    return { wrong: `postgres: could not access the server configuration file "${file}": ${error.message}\n` };
  }
  for (const [at, raw] of text.split('\n').entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const [, name = '', quoted, plain] = /^([\w.]+)\s*=?\s*(?:'((?:[^']|'')*)'|([^\s#]+))/.exec(line) ?? [];
    if (name === '')
      return {
        wrong: logLine(
          sys,
          `syntax error in file "${file}" line ${at + 1}, near token "${line.split(/\s/)[1] ?? line}"`,
          file,
        ),
      };
    if (!values.has(name.toLowerCase()) && !name.includes('.'))
      return {
        wrong: logLine(sys, `unrecognized configuration parameter "${name}" in file "${file}" line ${at + 1}`, file),
      };
    values.set(name.toLowerCase(), quoted ?? plain ?? '');
  }
  for (const [name, value] of given) {
    if (!values.has(name)) return { wrong: `${stamp(sys)} FATAL:  unrecognized configuration parameter "${name}"\n` };
    values.set(name, value);
  }
  return { values };
}

/** The beginning of a line of the log: `2026-11-21 20:42:22.637 UTC [1]`. */
export function stamp(sys: Sys): string {
  const at = new Date(Math.floor(sys.now() / 1000)).toISOString();
  return `${at.slice(0, 10)} ${at.slice(11, 23)} UTC [${sys.pid}]`;
}

function logLine(sys: Sys, problem: string, file: string): string {
  return `${stamp(sys)} LOG:  ${problem}\n${stamp(sys)} FATAL:  configuration file "${file}" contains errors\n`;
}
