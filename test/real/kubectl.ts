import { spawn } from 'node:child_process';
import { realClients } from '../clients/real-kubectl.js';

/** Runs the official kubectl and gives what it printed; throws with what it said where it fails. */
export async function kubectl(kubeconfig: string, words: readonly string[], input = ''): Promise<string> {
  const clients = realClients();
  if (clients.kubectl === undefined) throw new Error(clients.reason);
  const child = spawn(clients.kubectl, ['--kubeconfig', kubeconfig, ...words], { stdio: ['pipe', 'pipe', 'pipe'] });
  const told = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (told.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (told.stderr += text));
  child.stdin.end(input);
  const status = await new Promise<number | null>((done, failed) => void child.on('error', failed).on('close', done));
  if (status !== 0) throw new Error(`kubectl ${words.join(' ')} failed: ${told.stderr.trim()}\n${told.stdout}`);
  return told.stdout;
}
