import type { Cluster } from '../../clusters/port.js';
import { UndecidedError } from '../objects.js';
import { map, type Schema, strings, text } from '../schema/words.js';
import { userInfo } from '../who.js';
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
/** With which bash ends where a program is not there. */
const NO_PROGRAM = 127;

/**
 * Makes a kubeconfig for somebody on a host of the control plane, as its administrator would: a certificate signed by the
 * cluster's authority, or a token. Where nobody is root there, or has no openssl, the administrator acts as them. Gives
 * what a script there must begin with. Throws `UndecidedError` where that fails.
 */
export async function kubeconfigOf(
  cluster: Cluster,
  host: string,
  who: Identity,
): Promise<{ readonly user: string; readonly prefix: string }> {
  if (!cluster.capabilities.has('nodes-root')) return impersonating(cluster, host, who);
  const made = await cluster.run(host, 'root', ['bash', '-c', script(who)], { timeoutSeconds: 60 });
  if (made.code === NO_PROGRAM) return impersonating(cluster, host, who);
  const file = made.stdout.trim().split('\n').at(-1) ?? '';
  if (made.code !== 0 || file === '')
    throw new UndecidedError(`nobody could become ${nameOf(who)} on ${host}: ${lastLine(made.stderr)}`);
  return { user: 'root', prefix: `export KUBECONFIG=${file}\n` };
}

interface Kubeconfig {
  readonly users?: readonly { readonly name: string; readonly user?: object }[];
}

/** The candidate's own kubeconfig, with which they act as somebody else. */
async function impersonating(
  cluster: Cluster,
  host: string,
  who: Identity,
): Promise<{ readonly user: string; readonly prefix: string }> {
  if ('serviceAccount' in who) await mustBeThere(cluster, who.serviceAccount);
  const failed = (said: string): UndecidedError =>
    new UndecidedError(`nobody could become ${nameOf(who)} on ${host}: ${lastLine(said)}`);
  const view = ['kubectl', 'config', 'view', '--raw', '--flatten', '--minify', '-o', 'json'];
  const own = await cluster.run(host, 'candidate', view);
  if (own.code !== 0) throw failed(own.stderr);
  const config = JSON.parse(own.stdout) as Kubeconfig;
  const { user, groups } = userInfo(who);
  const users = (config.users ?? []).map((one) => ({ ...one, user: { ...one.user, as: user, 'as-groups': groups } }));
  const made = await cluster.run(host, 'candidate', ['bash', '-c', 'umask 077; f=$(mktemp) && cat > $f && echo $f'], {
    stdin: JSON.stringify({ ...config, users }),
  });
  const file = made.stdout.trim();
  if (made.code !== 0 || file === '') throw failed(made.stderr);
  return { user: 'candidate', prefix: `export KUBECONFIG=${file}\n` };
}

/** Nobody can act as a service account that there is not, though the API server would let the administrator do so. */
async function mustBeThere(cluster: Cluster, account: string): Promise<void> {
  const [namespace = '', name = ''] = account.split('/');
  const path = `/api/v1/namespaces/${namespace}/serviceaccounts/${name}`;
  const { status } = await cluster.request({ method: 'GET', path });
  if (status === 404) throw new UndecidedError(`there is no service account ${account} that anybody could become`);
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
