import { readCertificates } from '../../client/tls/certificates.js';
import { verifyCertificate } from '../../client/tls/verify.js';
import { extraKey } from '../request/extra-key.js';
import { type Authenticator, CredentialError } from './authenticator.js';

/** Whom the server believes when they say for whom they ask, and in which headers (--requestheader-…). */
export interface FrontProxy {
  readonly authorities: () => string;
  /** Common names; empty: any that the authorities signed. */
  readonly allowedNames: readonly string[];
  readonly userHeaders: readonly string[];
  readonly uidHeaders: readonly string[];
  readonly groupHeaders: readonly string[];
  readonly extraPrefixes: readonly string[];
}

/** Users that an authenticating proxy names, which has to show a certificate of its own authority. */
export function requestHeaderAuthenticator(proxy: FrontProxy): Authenticator {
  return {
    name: 'requestheader',
    authenticate: ({ peer, now, request }) => {
      if (!peer.certificate) return undefined;
      const failure = verifyCertificate(peer.certificate, proxy.authorities(), 'client', undefined, now);
      if (failure) return new CredentialError(`x509: ${failure.message}`);
      const commonName = readCertificates(peer.certificate)[0]?.commonName ?? '';
      if (proxy.allowedNames.length > 0 && !proxy.allowedNames.includes(commonName)) {
        return new CredentialError(`x509: subject with cn=${commonName} is not in the allowed list`);
      }
      const first = (names: readonly string[]) =>
        names.map((name) => request.headers[name.toLowerCase()] ?? '').find((value) => value !== '') ?? '';
      const name = first(proxy.userHeaders);
      if (name === '') return undefined;
      const uid = first(proxy.uidHeaders);
      const groups = proxy.groupHeaders.flatMap((header) => valuesOf(request.headers[header.toLowerCase()]));
      const extra = extraOf(request.headers, proxy.extraPrefixes);
      return { user: { name, ...(uid === '' ? {} : { uid }), groups, extra } };
    },
  };
}

/** Headers that come several times have been joined on their way, with a space that a single one seldom has. */
function valuesOf(header = ''): string[] {
  return header.split(', ').filter((value) => value !== '');
}

function extraOf(
  headers: Readonly<Record<string, string>>,
  prefixes: readonly string[],
): Readonly<Record<string, readonly string[]>> {
  const extra: Record<string, string[]> = {};
  for (const prefix of prefixes.map((one) => one.toLowerCase())) {
    for (const [header, value] of Object.entries(headers)) {
      if (!header.startsWith(prefix)) continue;
      const key = extraKey(header.slice(prefix.length));
      extra[key] = [...(extra[key] ?? []), ...valuesOf(value)];
    }
  }
  return extra;
}
