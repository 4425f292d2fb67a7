import type { KeyObject } from 'node:crypto';
import { klogLine } from '../../client/klog.js';
import type { Sys } from '../../kernel/sys.js';
import { forAudiences } from '../authentication/audiences.js';
import type { Authenticator, TokenAuthenticator } from '../authentication/authenticator.js';
import { bearerAuthenticators } from '../authentication/bearer.js';
import { BOOTSTRAP_TOKENS } from '../authentication/bootstrap-token.js';
import { legacyTokenAuthenticator } from '../authentication/legacy-token.js';
import { requestHeaderAuthenticator } from '../authentication/request-header.js';
import { serviceAccountAuthenticator } from '../authentication/service-account.js';
import { tokenFileAuthenticator } from '../authentication/token-file.js';
import { x509Authenticator } from '../authentication/x509.js';
import { readAuthorities, readText, readTokenKeys, StartError } from './files.js';
import { refuseOidc } from './flag-problems.js';
import type { Flags } from './flags.js';
import type { ServerOptions } from './options.js';

/** The ways of telling who asks, in the order the server tries them. Reads the files that flags name. Throws `StartError`. */
export function readAuthenticators(sys: Sys, flags: Flags, options: ServerOptions): Authenticator[] {
  refuseOidc(flags);
  const issuerCa = flags.text('oidc-ca-file');
  if (issuerCa !== '') readText(sys, issuerCa);
  const front = readFrontProxy(sys, flags);
  const clientCa = flags.text('client-ca-file');
  const certificates: Authenticator[] = [];
  if (clientCa !== '') {
    const bundle = readAuthorities(sys, clientCa, 'client-ca-bundle', 'unable to load client CA file');
    certificates.push(x509Authenticator(() => bundle));
  }
  return [...front, ...certificates, ...bearerAuthenticators(readTokenWays(sys, flags, options))];
}

function readFrontProxy(sys: Sys, flags: Flags): Authenticator[] {
  const path = flags.text('requestheader-client-ca-file');
  if (path === '') return [];
  const what = 'unable to load requestheader client CA file';
  const bundle = readAuthorities(sys, path, 'request-header', what);
  return [
    requestHeaderAuthenticator({
      authorities: () => bundle,
      allowedNames: flags.list('requestheader-allowed-names'),
      userHeaders: flags.list('requestheader-username-headers'),
      uidHeaders: flags.list('requestheader-uid-headers'),
      groupHeaders: flags.list('requestheader-group-headers'),
      extraPrefixes: flags.list('requestheader-extra-headers-prefix'),
    }),
  ];
}

function readTokenWays(sys: Sys, flags: Flags, options: ServerOptions): TokenAuthenticator[] {
  const { issuers, audiences } = options;
  const ways: TokenAuthenticator[] = [];
  const tokenFile = flags.text('token-auth-file');
  if (tokenFile !== '') ways.push(forAudiences(audiences, readTokenFile(sys, tokenFile)));
  const keys = readAccountKeys(sys, flags);
  ways.push(legacyTokenAuthenticator({ keys, audiences }));
  ways.push(serviceAccountAuthenticator({ keys, issuers, audiences }));
  if (flags.boolean('enable-bootstrap-token-auth', false)) ways.push(forAudiences(audiences, BOOTSTRAP_TOKENS));
  return ways;
}

/** The keys that tokens of service accounts are checked with. Throws `StartError`. */
export function readAccountKeys(sys: Sys, flags: Flags): KeyObject[] {
  const given = flags.list('service-account-key-file');
  return readTokenKeys(sys, given.length > 0 ? given : [flags.text('service-account-signing-key-file')]);
}

function readTokenFile(sys: Sys, path: string): TokenAuthenticator {
  const text = readText(sys, path);
  try {
    return tokenFileAuthenticator(text, path);
  } catch (error) {
    throw new StartError((error as Error).message);
  }
}

/** Writes into the server's log why somebody was not let in; what goes without reason (nobody's request) is not told. */
export function refusalLog(sys: Sys): (message: string) => void {
  return (message) => {
    if (message === '') return;
    const text = `"Unable to authenticate the request" err=${JSON.stringify(message)}`;
    sys.thread(function* () {
      yield* sys.write(2, klogLine(sys, 'E', 'authentication.go:75', text));
    });
  };
}
