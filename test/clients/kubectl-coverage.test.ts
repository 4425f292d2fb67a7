import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { DIFFERENCES } from './kubectl/differences.js';
import { readTranscript } from './transcript.js';

const FOLDER = fileURLToPath(new URL('./kubectl/', import.meta.url));
const LINES_MIN = 1000;
const PER_VERB_MIN = 5;
const REFUSALS_MIN = 1 / 3;
const EXCUSED_MAX = 1 / 10;

/** What candidates type, in one or more words behind `kubectl`, with the aliases that mean the same. */
// biome-ignore format: a table
const VERBS: readonly string[] = [
  'annotate', 'api-resources', 'api-versions', 'apply', 'attach', 'auth can-i', 'autoscale', 'cluster-info', 'completion',
  'config current-context', 'config delete-context', 'config get-contexts', 'config rename-context', 'config set', 'config set-cluster',
  'config set-context', 'config set-credentials', 'config unset', 'config use-context', 'config view', 'cordon', 'cp',
  'create', 'create clusterrole', 'create configmap', 'create cronjob', 'create deployment', 'create ingress', 'create job',
  'create namespace', 'create poddisruptionbudget', 'create quota', 'create role', 'create rolebinding', 'create secret',
  'create service', 'create serviceaccount', 'create token', 'debug', 'delete', 'describe', 'diff', 'drain', 'edit', 'events', 'exec', 'explain',
  'expose', 'get', 'kustomize', 'label', 'logs', 'patch', 'port-forward', 'replace', 'rollout history', 'rollout pause',
  'rollout restart', 'rollout resume', 'rollout status', 'rollout undo', 'run', 'scale', 'set env', 'set image', 'set resources',
  'set selector', 'set serviceaccount', 'taint', 'top', 'uncordon', 'version', 'wait', '__completeNoDesc',
];
// biome-ignore format: a table
const ALIASES: Readonly<Record<string, string>> = {
  cj: 'cronjob', cm: 'configmap', configmaps: 'configmap', deploy: 'deployment', ing: 'ingress', ns: 'namespace', pdb: 'poddisruptionbudget',
  sa: 'serviceaccount', svc: 'service', use: 'use-context',
};

const steps = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.txt'))
  .flatMap((name) => readTranscript(readFileSync(join(FOLDER, name), 'utf8')))
  .flatMap((step) => (step.kind === 'command' ? [step] : []));

/** The first words behind `kubectl` that are no flags, two at most, aliases written out. */
function wordsOf(line: string): string[] {
  const words = line.replace(/^.*?\bkubectl (-\S+ \S+ )?/, '').split(' ');
  const at = words.findIndex((word) => word.startsWith('-') || /[|<>;]/.test(word));
  return (at < 0 ? words : words.slice(0, at)).slice(0, 2).map((word) => ALIASES[word] ?? word);
}

function linesOf(verb: string): number {
  const wanted = verb.split(' ');
  return steps.filter(({ line }) => {
    const words = wordsOf(line);
    return wanted.every((word, i) => words[i] === word);
  }).length;
}

test.each(VERBS)(`%s is compared on at least ${PER_VERB_MIN} command lines`, (verb) => {
  expect(linesOf(verb)).toBeGreaterThanOrEqual(PER_VERB_MIN);
});

test('enough lines, a third of them refusals, few excused', () => {
  const refusals = steps.filter(({ recorded }) => recorded !== undefined && recorded.code !== 0).length;
  expect(steps.length).toBeGreaterThanOrEqual(LINES_MIN);
  expect(refusals / steps.length).toBeGreaterThanOrEqual(REFUSALS_MIN);
  expect(Object.keys(DIFFERENCES).length / steps.length).toBeLessThanOrEqual(EXCUSED_MAX);
});
