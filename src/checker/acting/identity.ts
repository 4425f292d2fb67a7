import type { Cluster } from '../../clusters/port.js';
import { UndecidedError } from '../objects.js';
import { map, type Schema, strings, text } from '../schema/words.js';
import { lastLine } from '../words.js';

/** Who asks the API server. */
export type Identity =
  | { readonly user: string; readonly groups?: readonly string[] }
  /** `namespace/name`. */
  | { readonly serviceAccount: string };

/** The schema of who runs a script: a user of the host, or somebody the API server knows. */
export const identity: Schema = {
  description:
    'A user of the host, or who asks the API server when the script runs kubectl; the candidate when left out.',
  oneOf: [
    { type: 'string', description: 'A user of the host.' },
    map(
      {
        user: text('The name that stands in the client certificate.'),
        groups: strings('The groups that stand in the certificate.'),
      },
      ['user'],
      'Somebody with a client certificate.',
    ),
    map(
      {
        serviceAccount: text('The service account, written as namespace/name.', {
          pattern: '^(\\S+/\\S+|\\{\\{.*)$',
          examples: ['default/builder'],
        }),
      },
      ['serviceAccount'],
      'A service account with a token of its own.',
    ),
  ],
};

const PKI = '/etc/kubernetes/pki';
const ADMIN = '/etc/kubernetes/admin.conf';

/**
 * Makes a kubeconfig for somebody on a host of the control plane, as its administrator would: a certificate signed by the
 * cluster's authority, or a token. Gives what a script there must begin with. Throws `UndecidedError` where that fails.
 */
export async function kubeconfigOf(
  cluster: Cluster,
  host: string,
  who: Identity,
): Promise<{ readonly user: string; readonly prefix: string }> {
  const made = await cluster.run(host, 'root', ['bash', '-c', script(who)], { timeoutSeconds: 60 });
  const file = made.stdout.trim().split('\n').at(-1) ?? '';
  if (made.code !== 0 || file === '')
    throw new UndecidedError(`nobody could become ${nameOf(who)} on ${host}: ${lastLine(made.stderr)}`);
  return { user: 'root', prefix: `export KUBECONFIG=${file}\n` };
}

function script(who: Identity): string {
  const lines = ['set -e', 'umask 077', 'd=$(mktemp -d)', `cp ${ADMIN} $d/config`, `export KUBECONFIG=${ADMIN}`];
  if ('serviceAccount' in who) {
    const [namespace = '', name = ''] = who.serviceAccount.split('/');
    lines.push(
      `token=$(kubectl -n ${quote(namespace)} create token ${quote(name)})`,
      'kubectl --kubeconfig=$d/config config set-credentials it --token="$token" >/dev/null',
    );
  } else {
    const subject = [...(who.groups ?? []).map((group) => `/O=${group}`), `/CN=${who.user}`].join('');
    lines.push(
      'openssl genrsa -out $d/key 2048 2>/dev/null',
      `openssl req -new -key $d/key -subj ${quote(subject)} -out $d/csr`,
      `openssl x509 -req -in $d/csr -CA ${PKI}/ca.crt -CAkey ${PKI}/ca.key -set_serial 4711 -days 1 -out $d/crt 2>/dev/null`,
      'kubectl --kubeconfig=$d/config config set-credentials it --client-certificate=$d/crt --client-key=$d/key >/dev/null',
    );
  }
  lines.push('kubectl --kubeconfig=$d/config config set-context --current --user=it >/dev/null', 'echo $d/config');
  return lines.join('\n');
}

function nameOf(who: Identity): string {
  return 'serviceAccount' in who ? `the service account ${who.serviceAccount}` : who.user;
}

function quote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
