import { expect } from 'vitest';
import type { Person } from './person.js';
import { scenario } from './scenario.js';

const LAB = 'ckad/write-a-networkpolicy';

/** The names the task gives this time, read as a person reads them. */
function namesIn(rows: readonly string[]): { namespace: string; client: string; server: string } {
  const [namespace, client, server] = [/In namespace (\w+)/, /app=(\w+)/, /to pods with.*?app=(\w+)/s].map(
    (pattern) => pattern.exec(rows.join(' '))?.[1],
  );
  if (!namespace || !client || !server) throw new Error(`the task names nothing:\n${rows.join('\n')}`);
  return { namespace, client, server };
}

function denyAll(namespace: string): string[] {
  return [
    'apiVersion: networking.k8s.io/v1',
    'kind: NetworkPolicy',
    'metadata:',
    '  name: default-deny',
    `  namespace: ${namespace}`,
    'spec:',
    '  podSelector: {}',
    '  policyTypes: [Ingress]',
  ];
}

function allowOne({ namespace, client, server }: { namespace: string; client: string; server: string }): string[] {
  return [
    'apiVersion: networking.k8s.io/v1',
    'kind: NetworkPolicy',
    `metadata: {name: ${client}-to-${server}, namespace: ${namespace}}`,
    'spec:',
    `  podSelector: {matchLabels: {app: ${server}}}`,
    '  policyTypes: [Ingress]',
    '  ingress:',
    `  - from: [{podSelector: {matchLabels: {app: ${client}}}}]`,
    '    ports: [{protocol: TCP, port: 80}]',
  ];
}

/** Writes a file in vi: pasted in insert mode, so that nothing is moved, and one line put right by hand. */
async function writesInVi(me: Person, file: string, lines: readonly string[]): Promise<void> {
  await me.enters(`vi ${file}`);
  await me.sees('[New]');
  me.types('i');
  me.pastes(`${lines.slice(0, -1).join('\n')}\n`);
  await me.sees(lines.at(-2) as string);
  me.types(lines.at(-1) as string);
  await me.sees(lines.at(-1) as string);
  me.presses('Escape');
  me.types(':wq');
  await me.sees(':wq');
  me.presses('Enter');
  await me.seesPrompt();
}

async function writesHere(me: Person, file: string, lines: readonly string[]): Promise<void> {
  me.types(`cat > ${file} <<EOF\r${lines.map((line) => `${line}\r`).join('')}EOF\r`);
  await me.seesPrompt();
}

scenario('a lab is picked, solved, graded to full marks, and still in the progress after a restart', async (stage) => {
  const me = stage.person();
  await me.sees('search');
  me.types('/');
  await me.sees('Enter done');
  me.types('networkpolicy');
  await me.sees('/ networkpolicy');
  me.presses('Enter');
  await me.sees('Enter start');
  me.presses('Enter');
  await me.seesPrompt();
  const names = namesIn(me.rows());
  await writesHere(me, 'allow.yaml', allowOne(names));
  await writesInVi(me, 'deny.yaml', denyAll(names.namespace));
  await me.runs('clear; k apply -f allow.yaml -f deny.yaml');
  await me.seesRow('networkpolicy.networking.k8s.io/default-deny created');
  me.presses('F10');
  await me.sees('Finish this attempt?');
  me.presses('Enter');
  await me.sees('Really finish?');
  me.presses('Enter');
  await me.sees('points · ');
  const [, points, total] = /(\d+) of (\d+) points/.exec(me.rows().join('\n')) ?? [];
  expect({ points, screen: me.rows() }).toMatchObject({ points: total });
  me.presses('Ctrl-C');
  expect(await me.ended).toMatchObject({ exitCode: 0 });

  const later = stage.person();
  await later.sees('search');
  later.types('/');
  await later.sees('Enter done');
  later.types('networkpolicy');
  await later.sees(`best ${total}/${total}`);
  later.presses('Enter');
  await later.sees('Enter start');
  later.types('p');
  await later.sees('What to do next');
  later.types('\x1b[F');
  await later.sees(LAB);
  later.presses('Ctrl-C');
  expect(await later.ended).toMatchObject({ exitCode: 0 });
  const { labs } = JSON.parse(stage.ran('progress', '--json').stdout);
  expect(labs).toMatchObject([{ lab: LAB, attempts: 1, passed: true }]);
});
