import type { Sys } from '../../kernel/sys.js';
import { HOUR, type Micros, SECOND } from '../../kernel/time.js';
import type { TokenLimits } from '../parts.js';
import { readPlugins } from './admission-plugins.js';
import { readModes } from './authorization.js';
import { encryptionProblems } from './encryption.js';
import { ownProblems, refuseGates, servingProblems, storageProblems } from './flag-problems.js';
import type { Flags } from './flags.js';
import { neededApis, unknownApis } from './runtime-config.js';

/** What the flags come to. */
export interface ServerOptions {
  readonly advertiseAddress: string;
  readonly bindAddress: string;
  readonly securePort: number;
  readonly anonymousAuth: boolean;
  readonly authorizationModes: readonly string[];
  readonly enabledPlugins: readonly string[];
  readonly disabledPlugins: readonly string[];
  readonly etcdServers: readonly string[];
  readonly serviceRanges: readonly string[];
  readonly nodePortRange: readonly [low: number, high: number];
  readonly issuers: readonly string[];
  readonly audiences: readonly string[];
  readonly tokenLimits: TokenLimits;
  readonly kubeletAddressTypes: readonly string[];
  readonly eventTtl: Micros;
}

/** Reads the options and what does not fit together in them, in the server's words. */
export function readOptions(
  sys: Pick<Sys, 'readFile'>,
  flags: Flags,
  ownAddress: string,
): { options: ServerOptions; problems: string[] } {
  const problems: string[] = [];
  const issuers = flags.list('service-account-issuer');
  refuseGates(flags);
  problems.push(...servingProblems(flags));
  const port = flags.number('secure-port', 6443);
  if (port < 1 || port > 65535) {
    problems.push(`--secure-port ${port} must be between 1 and 65535, inclusive. It cannot be turned off with 0`);
  }
  const etcdServers = flags.list('etcd-servers');
  if (etcdServers.length === 0) problems.push('--etcd-servers must be specified');
  problems.push(...storageProblems(flags), ...encryptionProblems(flags), ...neededApis(flags));
  const authorization = readModes(sys, flags);
  problems.push(...authorization.problems);
  const plugins = readPlugins(flags, problems);
  problems.push(...unknownApis(flags));
  const signing = flags.text('service-account-signing-key-file');
  if (signing === '' && issuers.length === 0) {
    problems.push('--service-account-signing-key-file and --service-account-issuer are required flags');
  } else if (signing === '' || issuers.length === 0) {
    problems.push(
      '--service-account-signing-key-file, --service-account-issuer, and --api-audiences should be specified together',
    );
  }
  const range = flags.text('service-cluster-ip-range', '10.0.0.0/24');
  problems.push(...ownProblems(flags));
  const advertised = flags.text('advertise-address', ownAddress);
  return {
    problems,
    options: {
      advertiseAddress: advertised === '0.0.0.0' ? ownAddress : advertised,
      bindAddress: flags.text('bind-address', '0.0.0.0'),
      securePort: port,
      anonymousAuth: flags.boolean('anonymous-auth', true) && !stompsAnonymous(flags, authorization.modes),
      authorizationModes: authorization.modes,
      enabledPlugins: plugins.enabled,
      disabledPlugins: plugins.disabled,
      etcdServers,
      serviceRanges: range.split(',').map((text) => text.trim()),
      nodePortRange: readPortRange(flags.text('service-node-port-range', '30000-32767')),
      issuers,
      audiences: flags.list('api-audiences', issuers),
      tokenLimits: readTokenLimits(flags),
      eventTtl: flags.duration('event-ttl', HOUR),
      kubeletAddressTypes: flags.list('kubelet-preferred-address-types', [
        'Hostname',
        'InternalDNS',
        'InternalIP',
        'ExternalDNS',
        'ExternalIP',
      ]),
    },
  };
}

/** Nobody may come without a name where everybody may do everything; a file of authorizers is not looked at for that. */
export function stompsAnonymous(flags: Flags, modes: readonly string[]): boolean {
  const isAsked = flags.boolean('anonymous-auth', true) && flags.text('authorization-config') === '';
  return isAsked && modes.includes('AlwaysAllow');
}

function readPortRange(text: string): [low: number, high: number] {
  const match = /^(\d+)-(\d+)$/.exec(text);
  return match ? [Number(match[1]), Number(match[2])] : [30000, 32767];
}

function readTokenLimits(flags: Flags): TokenLimits {
  const longest = flags.duration('service-account-max-token-expiration', 0);
  return {
    secondsMax: longest === 0 ? undefined : Math.floor(longest / SECOND),
    extends: flags.boolean('service-account-extend-token-expiration', true),
  };
}
