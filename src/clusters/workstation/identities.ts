import { X509Certificate } from 'node:crypto';
import type { FarResponse as Answer, FarRequest as Asked } from '../sim/sim-cluster.js';
import type { FarServer } from './far-server.js';
import { type Impersonated, impersonationRefusal, wantedImpersonations } from './impersonation.js';
import { statusAnswer } from './status-answer.js';

/** As whom a request is to be made, by headers; or how it is refused. */
export type Asker = { readonly headers: Readonly<Record<string, string>> } | { readonly refusal: Answer };

interface Person {
  readonly user: string;
  readonly groups: readonly string[];
  readonly uid?: string | undefined;
  readonly extra?: Readonly<Record<string, readonly string[]>> | undefined;
}

const ANONYMOUS: Person = { user: 'system:anonymous', groups: ['system:unauthenticated'] };
const ROOT_CERTIFICATES = '/api/v1/namespaces/kube-system/configmaps/kube-root-ca.crt';
const ACCESS_REVIEWS = '/apis/authorization.k8s.io/v1/subjectaccessreviews';
const TOKEN_REVIEWS = '/apis/authentication.k8s.io/v1/tokenreviews';
/** How long the far server may take to say who somebody is. */
const PATIENCE_MILLISECONDS = 10_000;

/**
 * Who asks: the workstation's administrator is the far cluster's. Others that it knows (by tokens, or by certificates that
 * the cluster signed) are acted for by the administrator; so they may what they may there. That is no protection, for
 * whoever is on the workstation can be its administrator, but what one expects.
 */
export class Identities {
  private readonly far: FarServer;
  private readonly administrator: string;
  private authority: Promise<X509Certificate | undefined> | undefined;

  constructor(far: FarServer, administrator: string) {
    this.far = far;
    this.administrator = administrator.trim();
  }

  async of({ headers, certificate }: Asked): Promise<Asker> {
    if (certificate?.trim() === this.administrator) return { headers: {} };
    const person = await this.personOf(certificate, headers['authorization']);
    if (!person) return { refusal: statusAnswer(401, 'Unauthorized', 'Unauthorized') };
    if (headers['impersonate-user'] === undefined) return { headers: asHeaders(person) };
    for (const wanted of wantedImpersonations(headers))
      if (!(await this.mayImpersonate(person, wanted))) return { refusal: impersonationRefusal(person, wanted) };
    return { headers: {} };
  }

  private async mayImpersonate({ user, groups, uid, extra }: Person, attributes: Impersonated): Promise<boolean> {
    const spec = { user, groups, uid, extra, resourceAttributes: { verb: 'impersonate', ...attributes } };
    const review = { apiVersion: 'authorization.k8s.io/v1', kind: 'SubjectAccessReview', spec };
    const answer = (await this.ask('POST', ACCESS_REVIEWS, review)) as { status?: { allowed?: boolean } } | undefined;
    return answer?.status?.allowed === true;
  }

  private async personOf(
    certificate: string | undefined,
    authorization: string | undefined,
  ): Promise<Person | undefined> {
    if (certificate !== undefined) {
      const signed = await this.signed(certificate);
      if (signed) return signed;
      if (authorization === undefined) return undefined;
    }
    if (authorization === undefined) return ANONYMOUS;
    const token = /^bearer\s+(\S+)/i.exec(authorization)?.[1];
    return token === undefined ? undefined : await this.holder(token);
  }

  /** Whose certificate it is, when the cluster's authority signed it. */
  private async signed(pem: string): Promise<Person | undefined> {
    try {
      this.authority ??= this.readAuthority();
      const authority = await this.authority;
      // Who got no answer asks again.
      if (!authority) this.authority = undefined;
      const certificate = new X509Certificate(pem);
      const now = Date.now();
      const isDue = Date.parse(certificate.validFrom) <= now && now <= Date.parse(certificate.validTo);
      if (!authority || !isDue || !certificate.checkIssued(authority) || !certificate.verify(authority.publicKey))
        return undefined;
      const named = (key: string): string[] =>
        certificate.subject
          .split('\n')
          .flatMap((line) => (line.startsWith(`${key}=`) ? [line.slice(key.length + 1)] : []));
      const [user] = named('CN');
      return user === undefined ? undefined : { user, groups: [...named('O'), 'system:authenticated'] };
    } catch {
      // What is no certificate identifies nobody.
      return undefined;
    }
  }

  private async readAuthority(): Promise<X509Certificate | undefined> {
    const found = (await this.ask('GET', ROOT_CERTIFICATES)) as { data?: Record<string, string> } | undefined;
    const pem = found?.data?.['ca.crt'];
    return pem === undefined ? undefined : new X509Certificate(pem);
  }

  private async holder(token: string): Promise<Person | undefined> {
    const review = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenReview', spec: { token } };
    const { status: told } = ((await this.ask('POST', TOKEN_REVIEWS, review)) ?? {}) as {
      status?: {
        authenticated?: boolean;
        user?: { username?: string; groups?: string[]; uid?: string; extra?: Record<string, string[]> };
      };
    };
    if (!told?.authenticated || told.user?.username === undefined) return undefined;
    const { username: user, groups = [], uid, extra } = told.user;
    return { user, groups, uid, extra };
  }

  /** One question of our own; undefined when there is no good answer. */
  private ask(method: string, path: string, body?: object): Promise<unknown> {
    return new Promise((resolve) => {
      const pieces: Uint8Array[] = [];
      const done = (): void => {
        clearTimeout(timer);
        resolve(readJson(Buffer.concat(pieces)));
      };
      const headers = { accept: 'application/json', ...(body ? { 'content-type': 'application/json' } : {}) };
      const timer = setTimeout(() => {
        exchange.disconnect();
        resolve(undefined);
      }, PATIENCE_MILLISECONDS);
      const exchange = this.far.exchange(
        { method, path, headers, ...(body ? { body: Buffer.from(JSON.stringify(body)) } : {}) },
        {
          response: (response, streaming) => {
            if (response.body) pieces.push(response.body);
            if (!streaming) done();
          },
          chunk: (_, bytes) => void pieces.push(bytes),
          end: done,
        },
      );
    });
  }
}

function asHeaders({ user, groups, uid, extra = {} }: Person): Record<string, string> {
  return {
    'impersonate-user': user,
    ...(groups.length > 0 ? { 'impersonate-group': groups.join('\n') } : {}),
    ...(uid ? { 'impersonate-uid': uid } : {}),
    ...Object.fromEntries(
      Object.entries(extra).map(([key, values]) => [
        `impersonate-extra-${encodeURIComponent(key.toLowerCase())}`,
        values.join('\n'),
      ]),
    ),
  };
}

function readJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return undefined;
  }
}
