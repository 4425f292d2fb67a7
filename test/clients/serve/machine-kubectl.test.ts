import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { start } from './program.js';
import { type ServedWorld, serveWorld } from './served-world.js';

const OWN = 'kubectl';

/** Whether this machine has a kubectl of its own, of whatever version. */
function hasKubectl(): boolean {
  try {
    execFileSync(OWN, ['version', '--client'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

let world: ServedWorld;
beforeAll(async () => {
  world = await serveWorld('single-node');
});
afterAll(() => world.stop());

const LINES: readonly (readonly [line: string, out: RegExp])[] = [
  ['get nodes -o name', /^node\/controlplane\n$/],
  ['create configmap cm --from-literal=a=b', /^configmap\/cm created\n$/],
  ['get configmap cm -o jsonpath={.data.a}', /^b$/],
  ['create deployment web --image=nginx', /^deployment\.apps\/web created\n$/],
  ['rollout status deployment/web --timeout=60s', /successfully rolled out\n$/],
  ['exec deployment/web -- cat /etc/hostname', /^web-\w+-\w+\n$/],
  ['delete deployment web --wait=false', /^deployment\.apps "web" deleted/],
];

test.skipIf(!hasKubectl())("the machine's own kubectl (none on PATH skips this)", { timeout: 90_000 }, async () => {
  for (const [line, out] of LINES) {
    const ended = await start(world, { kubectl: OWN, helm: 'helm' }, line.split(' ')).end;
    expect([line, ended.code]).toEqual([line, 0]);
    expect(ended.out).toMatch(out);
  }
});
