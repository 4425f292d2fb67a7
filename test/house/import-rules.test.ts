import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { afterAll, beforeAll, expect, test } from 'vitest';

/** An import between two files, and the rule that it breaks (undefined: it is allowed). */
const imports: readonly [from: string, to: string, breaks: string | undefined][] = [
  ['src/main.ts', 'src/cli/run.ts', undefined],
  ['src/cli/show.ts', 'src/ui/app.ts', undefined],
  ['src/cli/serve.ts', 'src/clusters/port.ts', undefined],
  ['src/ui/pick.ts', 'src/labs/catalogue.ts', undefined],
  ['src/ui/peek.ts', 'src/sim/index.ts', 'sim-only-from-clusters'],
  ['src/labs/finish.ts', 'src/checker/grade.ts', undefined],
  ['src/checker/grade-lab.ts', 'src/labs/catalogue.ts', 'nothing-below-imports-labs'],
  ['src/checker/draw.ts', 'src/ui/app.ts', 'nothing-below-imports-ui'],
  ['src/labs/save.ts', 'node:fs', undefined],
  ['src/ui/save.ts', 'node:fs', 'no-disk-in-screens-and-checks'],
  ['src/clusters/sim/worker.ts', 'src/sim/index.ts', undefined],
  ['src/clusters/sim/deep.ts', 'src/sim/kernel/time.ts', 'sim-by-its-door'],
  ['src/clusters/sim/serve.ts', 'src/sim/http/door.ts', undefined],
  ['src/sim/cluster.ts', 'src/sim/apiserver/handler.ts', undefined],
  ['src/sim/cluster-http.ts', 'src/sim/http/door.ts', 'nothing-in-sim-imports-http'],
  ['src/sim/store/store.ts', 'src/sim/kernel/time.ts', undefined],
  ['src/sim/store/reach.ts', 'src/sim/client/client.ts', 'sim-store-imports'],
  ['src/sim/apiserver/write.ts', 'src/sim/store/store.ts', undefined],
  ['src/sim/kubectl/get.ts', 'src/sim/apiserver/handler.ts', 'sim-kubectl-imports'],
  ['src/sim/kubectl/list.ts', 'src/sim/client/client.ts', undefined],
  ['src/sim/programs/cat.ts', 'src/sim/hosts/tree.ts', 'sim-programs-imports'],
  ['src/sim/programs/curl.ts', 'src/sim/network/dial.ts', 'sim-programs-imports'],
  ['src/sim/shell/run.ts', 'src/sim/kernel/sys.ts', undefined],
  ['src/sim/shell/pods.ts', 'src/sim/api/pod.ts', 'shell-knows-no-kubernetes'],
  ['src/sim/kernel/loop.ts', 'src/sim/api/pod.ts', 'sim-kernel-imports'],
  ['src/sim/controllers/job/sync.ts', 'src/sim/controllers/cron-job/sync.ts', 'controllers-apart'],
  ['src/sim/controllers/job/status.ts', 'src/sim/controllers/job/counts.ts', undefined],
  ['src/sim/controllers/wiring.ts', 'src/sim/cluster.ts', 'only-the-wiring-imports-all'],
  ['src/sim/hosts/disk.ts', 'node:fs', 'sim-sees-no-outside'],
  ['src/sim/hosts/digest.ts', 'node:crypto', undefined],
  ['src/sim/http/socket.ts', 'node:net', undefined],
  ['src/ui/pane/screen.ts', 'src/ui/store/state.ts', 'pane-is-a-screen'],
  ['src/sim/api/ring-a.ts', 'src/sim/api/ring-b.ts', 'no-cycle'],
  // A ring is reported once, at its first file.
  ['src/sim/api/ring-b.ts', 'src/sim/api/ring-a.ts', undefined],
  ['src/cli/try-out.ts', 'test/house.ts', 'no-tests-in-the-program'],
];

const { forbidden, options } = createRequire(import.meta.url)('../../.dependency-cruiser.cjs');
const house = realpathSync(mkdtempSync(join(tmpdir(), 'kubedrill-imports-')));
const broken = new Map<string, string[]>();

/** A module specifier for a file, as seen from another. */
function specifier(from: string, to: string): string {
  if (to.startsWith('node:')) return to;
  return `${'../'.repeat(from.split('/').length - 1)}${to}`.replace(/^(?!\.)/, './').replace(/\.ts$/, '.js');
}

beforeAll(async () => {
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(house, path)), { recursive: true });
    writeFileSync(join(house, path), text);
  };
  for (const [, to] of imports) if (!to.startsWith('node:')) write(to, 'export {};\n');
  for (const [from, to] of imports) write(from, `import '${specifier(from, to)}';\nexport {};\n`);
  const { tsConfig: _, ...rest } = options;
  const { output } = await cruise(['src'], { ...rest, baseDir: house, validate: true, ruleSet: { forbidden } });
  for (const { from, to, rule } of (output as ICruiseResult).summary.violations) {
    const key = `${from} → ${to.replace(/^(?=fs|net|crypto)/, 'node:')}`;
    broken.set(key, [...(broken.get(key) ?? []), rule.name]);
  }
});

afterAll(() => rmSync(house, { recursive: true, force: true }));

test.each(imports)('%s → %s', (from, to, breaks) => {
  const found = broken.get(`${from} → ${to}`) ?? [];
  if (breaks === undefined) expect(found).toEqual([]);
  else expect(found).toContain(breaks);
});
