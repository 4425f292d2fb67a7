import { X509Certificate } from 'node:crypto';
import type { CheckContext } from '../subject.js';
import { readYaml } from '../yaml.js';

/** Where a certificate, a key or an authority is. */
export interface PemSource {
  readonly host?: string;
  /** A PEM file, or a kubeconfig. */
  readonly path?: string;
  /** Of a kubeconfig: whose; the current context's when left out. */
  readonly user?: string;
  readonly secret?: { readonly namespace: string; readonly name: string; readonly key?: string };
  /** A CertificateSigningRequest that was granted. */
  readonly request?: string;
}

/** What is asked of a source: a certificate, or the key that belongs to one. */
export type PemPart = 'certificate' | 'key';

/** A source's PEM text, or why there is none. */
export type Pem = { readonly text: string } | { readonly text?: undefined; readonly reason: string };

/** A source in words. */
export function pemName({ path, secret, request }: PemSource): string {
  if (secret) return `secret/${secret.name} in ${secret.namespace}`;
  return request === undefined ? (path ?? 'nothing') : `certificatesigningrequest/${request}`;
}

/** Reads the PEM text of a source. */
export async function readPem(source: PemSource, part: PemPart, context: CheckContext): Promise<Pem> {
  if (source.secret) return ofSecret(source, part, context);
  if (source.request !== undefined) return ofRequest(source.request, context);
  const { host = 'controlplane', path = '' } = source;
  const file = await context.cluster.file(context.host(host), path);
  if (!file) return { reason: `no file ${path}` };
  const text = Buffer.from(file.content).toString('utf8');
  if (text.includes('-----BEGIN')) return { text };
  return ofKubeconfig(text, { ...source, path }, part, context);
}

async function ofSecret({ secret }: PemSource, part: PemPart, { objects }: CheckContext): Promise<Pem> {
  const { namespace, name, key = part === 'key' ? 'tls.key' : 'tls.crt' } = secret as NonNullable<PemSource['secret']>;
  const [object] = await objects.read({ apiVersion: 'v1', kind: 'Secret', namespace, name });
  if (!object) return { reason: `no secret/${name} in ${namespace}` };
  const data = (object['data'] as Record<string, string> | undefined)?.[key];
  return data === undefined ? { reason: `secret/${name} has no ${key}` } : { text: decoded(data) };
}

async function ofRequest(name: string, { objects }: CheckContext): Promise<Pem> {
  const [object] = await objects.read({
    apiVersion: 'certificates.k8s.io/v1',
    kind: 'CertificateSigningRequest',
    name,
  });
  if (!object) return { reason: `no certificatesigningrequest/${name}` };
  const { certificate } = (object['status'] ?? {}) as { certificate?: string };
  return certificate
    ? { text: decoded(certificate) }
    : { reason: `certificatesigningrequest/${name} has no certificate yet` };
}

interface Kubeconfig {
  readonly 'current-context'?: string;
  readonly contexts?: readonly { readonly name: string; readonly context?: { readonly user?: string } }[];
  readonly users?: readonly { readonly name: string; readonly user?: Readonly<Record<string, string>> }[];
}

/** The user's certificate or key in a kubeconfig, in it or in the file it names. */
async function ofKubeconfig(
  text: string,
  source: PemSource & { readonly path: string },
  part: PemPart,
  context: CheckContext,
): Promise<Pem> {
  const config = readYaml(text) as Kubeconfig | undefined;
  if (!config?.users) return { reason: `${source.path} is neither PEM nor a kubeconfig` };
  const current = config.contexts?.find(({ name }) => name === config['current-context'])?.context?.user;
  const name = source.user ?? current ?? config.users[0]?.name;
  const user = config.users.find((one) => one.name === name)?.user;
  if (!user) return { reason: `${source.path} has no user ${name ?? ''}`.trimEnd() };
  const field = `client-${part}`;
  const inside = user[`${field}-data`];
  if (inside) return { text: decoded(inside) };
  const path = user[field];
  if (!path) return { reason: `${name} has no ${field} in ${source.path}` };
  return readPem({ ...source, path: path.startsWith('/') ? path : `${folderOf(source.path)}${path}` }, part, context);
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

function decoded(data: string): string {
  return Buffer.from(data, 'base64').toString('utf8');
}

/** The certificates of a PEM text that can be read, in their order. */
export function certificatesIn(text: string): readonly X509Certificate[] {
  const blocks = text.matchAll(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g);
  return [...blocks].flatMap(([block]) => certificateIn(block) ?? []);
}

/** The first certificate of a PEM text; undefined where there is none that can be read. */
export function certificateIn(text: string): X509Certificate | undefined {
  try {
    return new X509Certificate(text);
  } catch {
    return undefined;
  }
}
