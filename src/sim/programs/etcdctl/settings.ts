import { formatMicroTime } from '../../api/time.js';
import { durationMicros, type FlagSpec } from '../../kernel/libc/pflag.js';
import { printError } from '../../kernel/libc/streams.js';
import type { Sys } from '../../kernel/sys.js';
import type { Micros } from '../../kernel/time.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';

/** Exit codes of etcdctl's cobrautl. */
export const EXIT = { error: 1, badFeature: 4, interrupted: 5, io: 5, badArguments: 128 } as const;

/** An end with `Error: …` on standard error and a status. */
export class CommandError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Flags that stand before or after any command. */
export const GLOBAL_FLAGS: readonly FlagSpec[] = [
  { name: 'cacert' },
  { name: 'cert' },
  { name: 'command-timeout', kind: 'duration' },
  { name: 'debug', truth: true },
  { name: 'dial-timeout', kind: 'duration' },
  { name: 'discovery-srv', short: 'd' },
  { name: 'discovery-srv-name' },
  { name: 'endpoints' },
  { name: 'help', short: 'h', truth: true },
  { name: 'hex', truth: true },
  { name: 'insecure-discovery', truth: true },
  { name: 'insecure-skip-tls-verify', truth: true },
  { name: 'insecure-transport', truth: true },
  { name: 'keepalive-time', kind: 'duration' },
  { name: 'keepalive-timeout', kind: 'duration' },
  { name: 'key' },
  { name: 'max-recv-bytes', kind: 'number' },
  { name: 'max-request-bytes', kind: 'number' },
  { name: 'password' },
  { name: 'user' },
  { name: 'write-out', short: 'w' },
];

const NOT_FROM_ENVIRONMENT = new Set(['help']);

/** The flags of a command line, completed from the environment. */
export class Settings {
  private readonly values: Map<string, string>;
  /** What was given on the command line itself. */
  private readonly given: ReadonlyMap<string, string>;

  constructor(given: ReadonlyMap<string, string>) {
    this.given = given;
    this.values = new Map(given);
  }

  text(name: string): string {
    return this.values.get(name) ?? '';
  }

  truth(name: string): boolean {
    return this.values.get(name) === 'true';
  }

  number(name: string): number {
    return Number(this.values.get(name) ?? 0);
  }

  has(name: string): boolean {
    return this.values.has(name);
  }

  get endpoints(): readonly string[] {
    return (this.values.get('endpoints') ?? '127.0.0.1:2379').split(',').map((endpoint) => endpoint.trim());
  }

  get commandTimeout(): Micros {
    return durationMicros(this.values.get('command-timeout') ?? '5s') ?? 5 * SECOND;
  }

  get format(): string {
    return this.values.get('write-out') ?? 'simple';
  }

  /**
   * Takes the `ETCDCTL_…` variables in for flags that were not given. One that is given both ways ends the program, and
   * one that names no flag is warned of.
   */
  *addEnvironment(sys: Sys): Waiting<void> {
    const names = new Map(
      GLOBAL_FLAGS.filter(({ name }) => !NOT_FROM_ENVIRONMENT.has(name)).map(({ name }) => [
        `ETCDCTL_${name.toUpperCase().replaceAll('-', '_')}`,
        name,
      ]),
    );
    for (const [variable, name] of names) {
      const value = sys.environment.get(variable);
      if (value !== undefined && value !== '' && !this.given.has(name)) this.values.set(name, value);
    }
    for (const [variable, value] of sys.environment) {
      if (!variable.startsWith('ETCDCTL_')) continue;
      const name = names.get(variable);
      if (name !== undefined && this.given.has(name)) {
        yield* printError(
          sys,
          zapLine(sys, 'fatal', 'flags/flag.go:86', SHADOWED, { 'environment-variable': variable, stacktrace: STACK }),
        );
        throw new CommandError(EXIT.error, '');
      }
      if (name === undefined) {
        const field = { 'environment-variable': `${variable}=${value}` };
        yield* printError(sys, zapLine(sys, 'warn', 'flags/flag.go:94', 'unrecognized environment variable', field));
      }
    }
  }
}

const SHADOWED =
  'conflicting environment variable is shadowed by corresponding command-line flag (either unset environment variable or disable flag))';
const STACK =
  'go.etcd.io/etcd/pkg/v3/flags.verifyEnv\n\tgo.etcd.io/etcd/pkg/v3@v3.6.8/flags/flag.go:86\ngo.etcd.io/etcd/pkg/v3/flags.SetPflagsFromEnv\n\tgo.etcd.io/etcd/pkg/v3@v3.6.8/flags/flag.go:64\nmain.main\n\tgo.etcd.io/etcd/etcdctl/v3/main.go:23\nruntime.main\n\truntime/proc.go:283';

/** One line of zap's JSON log. */
export function zapLine(
  sys: Sys,
  level: string,
  caller: string,
  message: string,
  fields: Readonly<Record<string, unknown>> = {},
  logger?: string,
): string {
  const named = logger === undefined ? {} : { logger };
  return `${JSON.stringify({ level, ts: formatMicroTime(sys.now()), ...named, caller, msg: message, ...fields })}\n`;
}
