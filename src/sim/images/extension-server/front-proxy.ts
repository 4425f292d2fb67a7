import type { ConfigMap } from '../../api/types/config.js';
import type { InformerFactory } from '../../client/informer-factory.js';
import { RESOURCES } from '../../client/resource-types.js';
import { readCertificates } from '../../client/tls/certificates.js';
import { verifyCertificate } from '../../client/tls/verify.js';
import type { Micros } from '../../kernel/time.js';
import type { GoRequest } from '../go/server.js';

const NAMESPACE = 'kube-system';
const NAME = 'extension-apiserver-authentication';

/** Who asks; undefined: somebody whose certificate nobody vouches for. */
export interface Asker {
  readonly user: string;
  /** The main server speaks for the user, and has allowed what is asked for. */
  readonly isAllowed: boolean;
}

/** Says who asks for something. */
export type Authentication = (request: GoRequest, now: Micros) => Asker | undefined;

const NOBODY: Asker = { user: 'system:anonymous', isAllowed: false };

/**
 * Believes whoever the main server trusts to speak for others, as it tells in kube-system
 * (k8s.io/apiserver's delegated authentication): those with a certificate of the front proxy's authority and one of its
 * names. The informer is started with the others of the factory.
 */
export function delegatedAuthentication(informers: InformerFactory): Authentication {
  const scope = { namespace: NAMESPACE, fieldSelector: `metadata.name=${NAME}` };
  const maps = informers.informer<ConfigMap>(RESOURCES.configMaps, scope);
  return ({ certificate, headers }, now) => {
    if (certificate === undefined) return NOBODY;
    const told = maps.get(NAMESPACE, NAME)?.data ?? {};
    const commonName = readCertificates(certificate)[0]?.commonName ?? '';
    if (isSignedBy(certificate, told['requestheader-client-ca-file'], now)) {
      const allowed = namesIn(told['requestheader-allowed-names']);
      if (allowed.length > 0 && !allowed.includes(commonName)) return undefined;
      const user = namesIn(told['requestheader-username-headers'])
        .map((header) => headers[header.toLowerCase()] ?? '')
        .find((value) => value !== '');
      return user === undefined ? NOBODY : { user, isAllowed: true };
    }
    return isSignedBy(certificate, told['client-ca-file'], now) ? { user: commonName, isAllowed: false } : undefined;
  };
}

function isSignedBy(certificate: string, authorities: string | undefined, now: Micros): boolean {
  return authorities !== undefined && !verifyCertificate(certificate, authorities, 'client', undefined, now);
}

function namesIn(text: string | undefined): readonly string[] {
  const names: unknown = text === undefined ? [] : JSON.parse(text);
  return Array.isArray(names) ? names.map(String) : [];
}
