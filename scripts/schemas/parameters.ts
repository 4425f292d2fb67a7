/** What is said of the options of requests: they have no schema of their own, but client-node documents them as parameters. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FactType } from '../../src/sim/api/facts/fact-types.js';
import { readDeclaration, type TypeText } from './interface-text.js';
import { clientProse, type ModelFolders } from './models.js';

/** A request of client-node that has the options of a type. */
const REQUESTS: Readonly<Record<string, string>> = {
  'core.v1.NodeProxyOptions': 'ConnectGetNodeProxy',
  'core.v1.PodAttachOptions': 'ConnectGetNamespacedPodAttach',
  'core.v1.PodExecOptions': 'ConnectGetNamespacedPodExec',
  'core.v1.PodLogOptions': 'ReadNamespacedPodLog',
  'core.v1.PodPortForwardOptions': 'ConnectGetNamespacedPodPortforward',
  'core.v1.PodProxyOptions': 'ConnectGetNamespacedPodProxy',
  'core.v1.ServiceProxyOptions': 'ConnectGetNamespacedServiceProxy',
  'meta.v1.CreateOptions': 'CreateNamespacedPod',
  'meta.v1.ListOptions': 'ListNamespacedPod',
  'meta.v1.PatchOptions': 'PatchNamespacedPod',
  'meta.v1.UpdateOptions': 'ReplaceNamespacedPod',
};

let declarations: string | undefined;

/** What client-node says of the options of a request; undefined for other types. */
export function parameterText({ client }: ModelFolders, type: FactType): TypeText | undefined {
  const request = REQUESTS[type.id];
  if (request === undefined) return undefined;
  declarations ??= quoted(readFileSync(join(client, '..', 'types', 'ObjectParamAPI.d.ts'), 'utf8'));
  const text = readDeclaration(declarations, [`CoreV1Api${request}Request`]);
  if (!text) throw new Error(`client-node has no ${request}`);
  const fields = [...text.fields].map(([name, { description }]) => {
    return [name, { description: withLines(withoutTags(description)), required: false }] as const;
  });
  return { description: '', fields: new Map(fields) };
}

/** Names of fields stand without quotes in this file alone, and with a dash where JavaScript has the word for itself. */
function quoted(text: string): string {
  return text.replace(/^ {4}_?(\w+)(\??):/gm, '    "$1"$2:');
}

function withoutTags(description: string): string {
  return clientProse(description.replace(/\nDefaults to: [\s\S]*$/, ''));
}

/** What blanks alone do not tell: a list begins with one blank before it, and two texts have two of their own. */
function withLines(text: string): string {
  if (text.startsWith('insecureSkipTLSVerifyBackend')) return text.replaceAll('\n\n', '  ');
  return text.replace('event\n\nwill', 'event  will').replace(/ - (?=`resourceVersionMatch` set)/, '\n- ');
}
