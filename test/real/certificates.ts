import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Whom a certificate is for. */
export interface Holder {
  readonly name: string;
  readonly commonName: string;
  readonly organization?: string;
  /** Names and addresses of a server, as openssl writes them: `DNS:localhost`. */
  readonly names?: readonly string[];
}

/** A certificate authority in a folder of its own, whose certificates lie beside it as `NAME.crt` and `NAME.key`. */
export class Authority {
  readonly #folder: string;
  readonly #name: string;

  constructor(folder: string, name: string) {
    this.#folder = folder;
    this.#name = name;
    mkdirSync(folder, { recursive: true });
    openssl(
      ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '30', '-subj', `/CN=${name}`],
      ['-addext', 'keyUsage=critical,digitalSignature,keyEncipherment,keyCertSign'],
      ['-keyout', this.path(`${name}.key`), '-out', this.path(`${name}.crt`)],
    );
  }

  /** The path of one of its files. */
  path(file: string): string {
    return join(this.#folder, file);
  }

  /** A file of its folder as kubeconfigs carry it. */
  data(file: string): string {
    return readFileSync(this.path(file)).toString('base64');
  }

  sign({ name, commonName, organization, names = [] }: Holder): void {
    const subject = `${organization ? `/O=${organization}` : ''}/CN=${commonName}`;
    const [key, request, extensions] = [`${name}.key`, `${name}.csr`, `${name}.ext`].map((file) => this.path(file));
    openssl([
      'req',
      '-new',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-subj',
      subject,
      '-keyout',
      `${key}`,
      '-out',
      `${request}`,
    ]);
    const usage = 'keyUsage=critical,digitalSignature,keyEncipherment\nextendedKeyUsage=clientAuth,serverAuth\n';
    writeFileSync(`${extensions}`, usage + (names.length > 0 ? `subjectAltName=${names.join(',')}\n` : ''));
    openssl(
      ['x509', '-req', '-in', `${request}`, '-days', '30', '-extfile', `${extensions}`, '-CAcreateserial'],
      ['-CA', this.path(`${this.#name}.crt`), '-CAkey', this.path(`${this.#name}.key`)],
      ['-out', this.path(`${name}.crt`)],
    );
  }
}

/** A kubeconfig with one context, in JSON, which is YAML too. */
export function kubeconfigOf(authority: Authority, server: string, holder: string, context: string): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: context, cluster: { server, 'certificate-authority-data': authority.data('ca.crt') } }],
    users: [
      {
        name: holder,
        user: {
          'client-certificate-data': authority.data(`${holder}.crt`),
          'client-key-data': authority.data(`${holder}.key`),
        },
      },
    ],
    contexts: [{ name: context, context: { cluster: context, user: holder, namespace: 'default' } }],
    'current-context': context,
  });
}

function openssl(...words: readonly (readonly string[])[]): void {
  const { status, stderr, error } = spawnSync('openssl', words.flat(), { encoding: 'utf8' });
  if (error || status !== 0) throw new Error(`openssl failed: ${error?.message ?? stderr}`);
}
