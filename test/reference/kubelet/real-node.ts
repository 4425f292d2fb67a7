import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import type { KubeObject } from '../../../src/sim/api/object.js';
import { type RealServer, startRealServer } from '../real-server.js';
import { EVENTS, pathOf, resourceOf, WATCHED } from '../workloads/resources.js';
import { NODE, type Scenario, type Step } from './scenario.js';
import { Story, type Told } from './story.js';

const JSON_TYPE = { 'content-type': 'application/json' };
const PATIENCE_MS = 60_000;
const APART_MS = 400;
const PODS = WATCHED.find(({ resource }) => resource === 'pods') as (typeof WATCHED)[number];

/** What a call of the runtime is written down as. */
interface Call {
  readonly at: number;
  readonly namespace: string;
  readonly pod: string;
  readonly call: string;
  readonly container: string;
  readonly more: string;
}

/** A real API server and a real kubelet over a runtime that runs containers as processes. */
export interface RealNode {
  /** Plays scenarios side by side. */
  play(scenarios: readonly Scenario[], names: readonly string[]): Promise<Told[]>;
  stop(): Promise<void>;
}

/** Starts a server and a node that is ready. */
export async function startRealNode(): Promise<RealNode> {
  const folder = mkdtempSync(join(tmpdir(), 'kubelet-'));
  const [calls, manifests] = [join(folder, 'calls.jsonl'), join(folder, 'manifests')];
  mkdirSync(manifests);
  const flags = [`--root=${folder}`, `--calls=${calls}`, `--manifests=${manifests}`, `--name=${NODE}`];
  const server = await startRealServer({ kubelet: flags });
  await untilReady(server);
  return {
    async play(scenarios, names) {
      const stories = names.map((name) => new Story(name));
      // Not all at once: how busy the machine is must not be seen.
      const spans = await Promise.all(
        scenarios.map(async (one, at) => {
          await after(at * APART_MS);
          return await play(server, manifests, one, names[at] as string, stories[at] as Story);
        }),
      );
      for (const line of readFileSync(calls, 'utf8').trim().split('\n')) {
        const call = JSON.parse(line) as Call;
        const at = names.indexOf(call.namespace);
        const words = [call.call, call.container, call.more].filter((one) => one !== '').join(' ');
        const { began = 0, ended = 0 } = spans[at] ?? {};
        if (call.at <= ended) stories[at]?.called((call.at - began) / 1000, call.pod, words);
      }
      return stories.map((story, at) => story.tell((scenarios[at] as Scenario).title));
    },
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function play(server: RealServer, manifests: string, one: Scenario, namespace: string, story: Story) {
  const send = async (method: string, target: string, body?: object, type = JSON_TYPE): Promise<void> => {
    const { status, text } = await server.send(method, target, type, body && JSON.stringify(body));
    if (status >= 300)
      story.refused(`${method} ${target}: ${status} ${(JSON.parse(text) as { message: string }).message}`);
  };
  const inside = `/api/v1/namespaces/${namespace}`;
  await send('POST', '/api/v1/namespaces', { metadata: { name: namespace } });
  await send('POST', `${inside}/serviceaccounts`, { metadata: { name: 'default' } });
  const began = Date.now();
  const hears = (line: string): void => {
    const { type, object } = JSON.parse(line) as { type: string; object: KubeObject };
    story.hears((Date.now() - began) / 1000, type, object);
  };
  const watches = [PODS, EVENTS].map((type) => server.follow(`${pathOf(type, namespace)}?watch=true`, hears));
  await after(500);
  for (const step of one.steps) {
    await after(Math.max(0, began + 500 + step.at * 1000 - Date.now()));
    await take(step);
  }
  await after(Math.max(0, began + 500 + one.seconds * 1000 - Date.now()));
  const ended = Date.now();
  for (const watch of watches) watch.stop();
  for (const step of one.steps) if (step.kind === 'manifest') rmSync(file(step.name), { force: true });
  return { began, ended };

  async function take(step: Step): Promise<void> {
    switch (step.kind) {
      case 'give':
        for (const object of step.objects) await send('POST', pathOf(resourceOf(object.kind), namespace), object);
        return;
      case 'patch':
        return await send('PATCH', `${inside}/${step.of}`, step.body, {
          'content-type': `application/${step.type}+json`,
        });
      case 'remove':
        return await send('DELETE', `${inside}/${step.of}`, step.options);
      default: {
        if (!step.pod) return rmSync(file(step.name), { force: true });
        const metadata = { ...step.pod.metadata, namespace };
        writeFileSync(file(step.name), JSON.stringify({ ...step.pod, metadata }));
      }
    }
  }

  function file(name: string): string {
    return join(manifests, `${namespace}-${name}.yaml`);
  }
}

async function untilReady(server: RealServer): Promise<void> {
  for (const began = Date.now(); Date.now() - began < PATIENCE_MS; await after(500)) {
    const { status, text } = await server.send('GET', `/api/v1/nodes/${NODE}`, {});
    if (status === 200 && /"type":"Ready","status":"True"/.test(text)) return;
  }
  throw new Error('the node does not become ready');
}
