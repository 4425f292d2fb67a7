import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import type { CommandIo } from '../../src/cli/io.js';
import { runProgram } from '../../src/cli/program.js';

/** Each `told: ` line is looked at; an editor is left by keys, as a person would. */
const SCRIPT = `vi cm.yaml
keys: :set paste<Enter>iapiVersion: v1<Enter>kind: ConfigMap<Enter>metadata:<Enter>  name: typed<Enter>data:<Enter>  colour: red<Esc>:wq<Enter>
kubectl apply -f cm.yaml
echo "told: $(kubectl get cm typed -o jsonpath='{.data.colour}')"
unset EDITOR KUBE_EDITOR
kubectl edit cm typed > edited.txt
keys: :%s/red/blue/<Enter>:wq<Enter>
echo "told: $(kubectl get cm typed -o jsonpath='{.data.colour}')"
kubectl edit cm typed
keys: :q!<Enter>
echo "told: $?"
kubectl edit cm typed
keys: :%s/data:/data: [/<Enter>:wq<Enter>
keys: :w! seen.txt<Enter>:q!<Enter>
echo "told: $(grep -c '^# configmaps "typed" was not valid:' seen.txt)"
echo "told: $(kubectl get cm typed -o jsonpath='{.data.colour}')"
kubectl run one --image=busybox --restart=Never -- sleep 3600
kubectl wait --for=condition=Ready pod/one --timeout=60s
kubectl exec -it one -- sh
vi /tmp/note
keys: iwritten inside<Esc>:wq<Enter>
exit
echo "told: $(kubectl exec one -- cat /tmp/note)"
exit 0
`;

test('editors are played by lines of keys: vi, kubectl edit, vi in a container', async () => {
  const stdin = new PassThrough();
  stdin.end(SCRIPT);
  const stdout = new PassThrough();
  const chunks: Buffer[] = [];
  stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  const io = { stdin, stdout, stderr: new PassThrough(), environment: {} } as unknown as CommandIo;
  const code = await runProgram(['shell', '--on', 'controlplane', '--seed', '1'], io);
  const shown = Buffer.concat(chunks).toString('utf8');
  const told = shown.split('\n').flatMap((line) => /told: (.*)/.exec(line)?.[1] ?? []);
  expect(told).toEqual(['red', 'blue', '0', '1', 'blue', 'written inside']);
  expect(shown).toContain('Edit cancelled, no changes made.');
  expect(code).toBe(0);
}, 60_000);
