import type { Capability } from '../../clusters/port.js';
import { SYSTEM_FOLDER, type TaskPlace } from './host-needs.js';
import { needsOfManifests } from './manifest-needs.js';

const KUBECTL = String.raw`\b(?:k|kubectl)\b[^|;&\n]*\s`;
const CHANGES = '(?:annotate|apply|create|delete|edit|label|patch|replace|rollout|scale|set)\\b';
const KUBE_NAMESPACE = '(?:-n|--namespace)[ =]?kube-';
/** Where a command begins: at the beginning of a line, behind what joins commands, in a substitution, behind a keyword. */
const COMMAND = String.raw`(?:^|[;&|({]|\b(?:do|then|else|if|while|until|sudo|xargs|exec|!)\s|\btimeout\s+\S+\s)\s*`;

const kubectl = (words: string): RegExp => new RegExp(`${KUBECTL}${words}`);
const command = (words: string): RegExp => new RegExp(`${COMMAND}(?:${words})(?=\\s|$)`, 'm');

/** What of a line asks for what. Programs of a node look at that node, and connections from it are made from a node. */
const SIGNS: readonly (readonly [RegExp, readonly Capability[]])[] = [
  [kubectl('(?:attach|cp|exec|logs?|port-forward)\\b'), ['containers']],
  [kubectl('run\\b[^|;&\\n]*\\s(?:-it?|-ti|--rm|--attach|--stdin)\\b'), ['containers']],
  [kubectl('(?:cordon|drain|taint|uncordon)\\b'), ['nodes']],
  [kubectl('(?:annotate|delete|edit|label|patch|replace)\\s+(?:nodes?|no)[\\s/]'), ['nodes']],
  [kubectl('debug\\s+(?:\\S+\\s+)*?nodes?/'), ['nodes-root']],
  [kubectl(`${KUBE_NAMESPACE}[^|;&\\n]*\\s${CHANGES}`), ['system']],
  [kubectl(`${CHANGES}[^|;&\\n]*\\s${KUBE_NAMESPACE}`), ['system']],
  [command('scp|ssh|sudo'), ['nodes-root']],
  [command('curl|dig|nc|nslookup|ping|tcpdump|telnet|wget'), ['nodes-root']],
  [command('containerd|crictl|ctr|iptables|journalctl|kubelet|ss|systemctl'), ['nodes-root']],
  [command('etcdctl|etcdutl'), ['etcd', 'nodes-root']],
  [command('kubeadm'), ['kubeadm', 'nodes-root']],
  [command('buildah|docker|podman'), ['workstation']],
];

/** A path that is an argument or a flag's value, or that is written to or read from. */
const PATH = /(?:^|[\s<>(]|--[\w-]+=)(\/[\w.-]+\/[^\s'"`;|&)]*)/g;
/** What is only printed is no path that anybody goes to. */
const PRINTED = /\b(?:echo|printf)\b[^|;&<>\n]*/g;
const ANYWHERE = /^\/(?:dev|home|tmp)\//;

/**
 * What lines for bash need besides somebody who runs them, as far as it is seen in them. What runs in a container is none
 * of the host's.
 */
export function needsOfScript(script: string, { answers }: Pick<TaskPlace, 'answers'>): Capability[] {
  const { lines, documents } = withoutDocuments(script);
  const typed = lines.replace(/(\b(?:k|kubectl)\b[^|;&\n]*?)\s--\s[^\n]*/g, '$1');
  const needs = new Set(documents.flatMap(needsOfManifests));
  for (const [sign, asks] of SIGNS) if (sign.test(typed)) for (const need of asks) needs.add(need);
  for (const [, path = ''] of typed.replace(PRINTED, '').matchAll(PATH)) {
    if (ANYWHERE.test(path) || `${path}/`.startsWith(`${answers}/`)) continue;
    needs.add(SYSTEM_FOLDER.test(path) ? 'nodes-root' : 'workstation');
  }
  return [...needs];
}

/** The lines of a script, and apart from them what stands in its here-documents. */
function withoutDocuments(script: string): { readonly lines: string; readonly documents: readonly string[] } {
  const documents: string[] = [];
  const lines = script.replace(
    /(?<!<)<<-?(?!<)\s*(['"]?)(\w+)\1([^\n]*\n)([\s\S]*?)\n[ \t]*\2(?=\n|$)/g,
    (_all, _quote, _word, rest: string, body: string) => {
      documents.push(body);
      return rest;
    },
  );
  return { lines, documents };
}
