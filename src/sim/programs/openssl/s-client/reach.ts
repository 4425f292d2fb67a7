import { type Connected, connectAny, NoServer } from '../../../client/connect-any.js';
import { resolveHost } from '../../../client/resolver.js';
import { ipVersion } from '../../../client/tls/ip.js';
import type { Errno } from '../../../kernel/errno.js';
import type { Sys } from '../../../kernel/sys.js';
import type { Waiting } from '../../../kernel/wait.js';
import { Failure, queued } from '../failure.js';
import type { Options } from '../options.js';
import type { Place } from './options.js';

/** Linux's numbers of what connecting ends in. */
const NUMBERS: Readonly<Record<string, number>> = {
  ECONNREFUSED: 111,
  ECONNRESET: 104,
  EHOSTUNREACH: 113,
  ENETUNREACH: 101,
  ETIMEDOUT: 110,
};
/** Names of services that people connect to. */
const SERVICES: Readonly<Record<string, number>> = { http: 80, https: 443, ldaps: 636, ssh: 22 };

/** Connects to the first address that takes it. Throws `Failure` with OpenSSL's lines. */
export function* reach(sys: Sys, options: Options, { host, service }: Place): Waiting<Connected> {
  const port = /^\d+$/.test(service) ? Number(service) : SERVICES[service];
  if (port === undefined) throw unknownPlace(sys, 'Servname not supported for ai_socktype');
  const addresses = yield* addressesOf(sys, options, host);
  const failures: Errno[] = [];
  try {
    return yield* connectAny(
      sys,
      { addresses, port },
      {
        *trying(_address, before) {
          if (before) failures.push(before);
        },
      },
    );
  } catch (problem) {
    if (!(problem instanceof NoServer)) throw problem;
    failures.push(problem.error);
    const lines = failures.flatMap((error) => refused(sys, error));
    throw new Failure([...lines, `connect:errno=${NUMBERS[problem.error.code] ?? 0}`]);
  }
}

function* addressesOf(sys: Sys, options: Options, host: string): Waiting<readonly string[]> {
  if (ipVersion(host) !== 0) return [host];
  const families = options.has('6') ? [6 as const] : options.has('4') ? [4 as const] : undefined;
  const found = yield* resolveHost(sys, host, families);
  if ('addresses' in found) return found.addresses;
  const isLasting = found.failure === 'not-found' || found.failure === 'no-data';
  throw unknownPlace(sys, isLasting ? 'Name or service not known' : 'Temporary failure in name resolution');
}

function unknownPlace(sys: Sys, why: string): Failure {
  const place = 'BIO routines:BIO_lookup_ex:system lib:../crypto/bio/bio_addr.c:746';
  return new Failure([queued(sys, '10080002', `${place}:${why}`), 'connect:errno=0']);
}

function refused(sys: Sys, error: Errno): string[] {
  const code = (0x80000000 + (NUMBERS[error.code] ?? 0)).toString(16).toUpperCase();
  const place = '../crypto/bio/bio_sock2.c';
  return [
    queued(sys, code, `system library:BIO_connect:${error.message}:${place}:117:calling connect()`),
    queued(sys, '10000067', `BIO routines:BIO_connect:connect error:${place}:119:`),
  ];
}
