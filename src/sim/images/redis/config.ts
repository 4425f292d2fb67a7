import { ProtocolError, splitWords } from './resp.js';

/** Settings and what they are without being set, those that people set; all others take what they are given. */
const DEFAULTS: Readonly<Record<string, string>> = {
  appendonly: 'no',
  appendfsync: 'everysec',
  appendfilename: 'appendonly.aof',
  appenddirname: 'appendonlydir',
  'auto-aof-rewrite-percentage': '100',
  'auto-aof-rewrite-min-size': '67108864',
  bind: '* -::*',
  'client-output-buffer-limit': 'normal 0 0 0 slave 268435456 67108864 60 pubsub 33554432 8388608 60',
  'cluster-enabled': 'no',
  'cluster-config-file': 'nodes.conf',
  'cluster-node-timeout': '15000',
  daemonize: 'no',
  databases: '16',
  dbfilename: 'dump.rdb',
  dir: '',
  hz: '10',
  'lazyfree-lazy-eviction': 'no',
  logfile: '',
  loglevel: 'notice',
  maxclients: '10000',
  maxmemory: '0',
  'maxmemory-policy': 'noeviction',
  'maxmemory-samples': '5',
  'min-replicas-to-write': '0',
  'notify-keyspace-events': '',
  pidfile: '',
  port: '6379',
  'protected-mode': 'yes',
  rdbchecksum: 'yes',
  rdbcompression: 'yes',
  'replica-announce-ip': '',
  'replica-priority': '100',
  'replica-read-only': 'yes',
  'replica-serve-stale-data': 'yes',
  'repl-backlog-size': '1048576',
  requirepass: '',
  masterauth: '',
  save: '3600 1 300 100 60 10000',
  'slowlog-log-slower-than': '10000',
  'slowlog-max-len': '128',
  'stop-writes-on-bgsave-error': 'yes',
  'tcp-backlog': '511',
  'tcp-keepalive': '300',
  timeout: '0',
};
const MEMORY = new Set(['maxmemory', 'repl-backlog-size', 'auto-aof-rewrite-min-size']);
const YES_OR_NO = new Set(Object.keys(DEFAULTS).filter((name) => /^(?:yes|no)$/.test(DEFAULTS[name] ?? '')));
const NUMBERS = new Set(['port', 'databases', 'timeout', 'tcp-backlog', 'tcp-keepalive', 'hz', 'maxclients']);
const CHOICES: Readonly<Record<string, readonly string[]>> = {
  'maxmemory-policy':
    'volatile-lru volatile-lfu volatile-random volatile-ttl allkeys-lru allkeys-lfu allkeys-random noeviction'.split(
      ' ',
    ),
  loglevel: ['debug', 'verbose', 'notice', 'warning', 'nothing'],
  appendfsync: ['everysec', 'always', 'no'],
};
/** Settings that may be given once the server runs only at the start. */
const FIXED = new Set([
  'databases',
  'daemonize',
  'pidfile',
  'logfile',
  'cluster-enabled',
  'tcp-backlog',
  'appenddirname',
]);
/** Settings of the file that are taken and change nothing here. */
const TAKEN = new Set(['user', 'rename-command', 'loadmodule', 'replicaof', 'slaveof', 'include', 'supervised']);

/** A setting that the server refuses, in its words. */
export class BadSetting extends Error {}

/** A configuration file it cannot start with. */
export class ConfigFileError extends Error {}

/** The server's settings: `CONFIG GET` reads them, `CONFIG SET` changes them. */
export class RedisConfig {
  readonly values = new Map(Object.entries(DEFAULTS));
  /** Where they came from; undefined without a file. */
  file: string | undefined;

  get(name: string): string {
    return this.values.get(name) ?? '';
  }

  number(name: string): number {
    return Number(this.get(name));
  }

  /** When a dump is written by itself: after so many seconds with so many changes. */
  savePoints(): { readonly seconds: number; readonly changes: number }[] {
    const words = this.get('save').split(' ').filter(Boolean).map(Number);
    return words.flatMap((seconds, at) => (at % 2 === 0 ? [{ seconds, changes: words[at + 1] ?? 1 }] : []));
  }

  /** Sets one setting from its words. Throws `BadSetting`. */
  set(name: string, words: readonly string[]): void {
    const value = words.join(' ');
    if (MEMORY.has(name)) this.values.set(name, String(memoryOf(value)));
    else if (CHOICES[name] && !CHOICES[name].includes(value))
      throw new BadSetting(`argument(s) must be one of the following: ${CHOICES[name].join(', ')}`);
    else if (YES_OR_NO.has(name) && !/^(?:yes|no)$/i.test(value))
      throw new BadSetting("argument must be 'yes' or 'no'");
    else if (NUMBERS.has(name) && !/^\d+$/.test(value))
      throw new BadSetting("argument couldn't be parsed into an integer");
    else if (name === 'port' && Number(value) > 65_535)
      throw new BadSetting('argument must be between 0 and 65535 inclusive');
    else if (name === 'save' && (words.filter(Boolean).length % 2 === 1 || !/^[\d ]*$/.test(value)))
      throw new BadSetting('Invalid save parameters');
    else this.values.set(name, value);
  }

  isKnown(name: string): boolean {
    return this.values.has(name);
  }

  isFixed(name: string): boolean {
    return FIXED.has(name);
  }

  /**
   * Reads the text of a configuration file with what the command line adds. Throws
   * `ConfigFileError` with the report that the server ends with.
   */
  load(text: string, version: string): void {
    const seen = { saves: 0 };
    for (const [at, raw] of text.split('\n').entries()) {
      const line = raw.trim();
      if (line === '' || line.startsWith('#')) continue;
      const problem = this.loadLine(line, seen);
      if (problem === undefined) continue;
      throw new ConfigFileError(
        `\n*** FATAL CONFIG FILE ERROR (Redis ${version}) ***\nReading the configuration file, at line ${at + 1}\n>>> '${line}'\n${problem}\n`,
      );
    }
  }

  /** Takes one line of a file. Gives what is wrong with it. */
  private loadLine(line: string, seen: { saves: number }): string | undefined {
    try {
      const [word = '', ...rest] = splitWords(line);
      const name = word.toLowerCase();
      if (TAKEN.has(name)) return undefined;
      if (!this.values.has(name) || rest.length === 0) return 'Bad directive or wrong number of arguments';
      // The first line about dumps replaces the points there are by themselves, the others add to them.
      const added = name === 'save' && seen.saves > 0 && rest[0] !== '';
      this.set(name, added ? [this.get('save'), ...rest].filter(Boolean) : rest);
      if (name === 'save') seen.saves += 1;
      return undefined;
    } catch (error) {
      if (error instanceof ProtocolError) return 'Unbalanced quotes in configuration line';
      if (error instanceof BadSetting) return error.message;
      throw error;
    }
  }
}

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  k: 1000,
  kb: 1024,
  m: 1_000_000,
  mb: 1024 ** 2,
  g: 1_000_000_000,
  gb: 1024 ** 3,
};

function memoryOf(text: string): number {
  const [, digits, unit = ''] = /^(\d+)([a-z]*)$/i.exec(text) ?? [];
  const factor = UNITS[unit.toLowerCase()];
  if (digits === undefined || factor === undefined) throw new BadSetting('argument must be a memory value');
  return Number(digits) * factor;
}
