import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import type { CommandIo } from '../../src/cli/io.js';
import { runProgram } from '../../src/cli/program.js';

/** Lines are typed when a program in the container asks for them, not when kubectl takes bytes. */
const SCRIPT = `kubectl run one --image=busybox --restart=Never -- sleep 3600
kubectl wait --for=condition=Ready pod/one --timeout=60s
kubectl exec -it one -- sh
sleep 5; echo "in $(hostname)" > /tmp/where
read answer
exit 9
cat /tmp/where; echo "answer $answer"
exit 3
echo "back $? on $(hostname)"
kubectl run -it --rm two --image=busybox --restart=Never -- sh
sleep 3; echo "now in $(hostname)"
exit
echo "last on $(hostname)"
exit 5
`;

test('lines of a script go into kubectl exec -it and kubectl run -it --rm, and on behind them', async () => {
  const stdin = new PassThrough();
  stdin.end(SCRIPT);
  const stdout = new PassThrough();
  const chunks: Buffer[] = [];
  stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  const io = { stdin, stdout, stderr: new PassThrough(), environment: {} } as unknown as CommandIo;
  const code = await runProgram(['shell', '--on', 'controlplane', '--seed', '1'], io);
  const lines = Buffer.concat(chunks).toString('utf8').split('\n');
  const told = lines.filter((line) => /^(?:in|answer|back|now in|last on|pod "two") /.test(line));
  expect(told).toEqual([
    'in one',
    'answer exit 9',
    'back 3 on controlplane',
    'now in two',
    'pod "two" deleted from default namespace',
    'last on controlplane',
  ]);
  expect(code).toBe(5);
}, 60_000);
