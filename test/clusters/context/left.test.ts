import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { deleteLeft } from '../../../src/clusters/context/context-source.js';
import { giveUpOnCluster, leftAttempts } from '../../../src/clusters/context/known-attempts.js';
import { thisProcess } from '../../../src/clusters/holder.js';
import type { RealCluster } from '../../../src/clusters/real/real-cluster.js';
import { runProgram } from '../../../src/clusters/real/run-program.js';
import type { Surroundings } from '../../../src/clusters/real/surroundings.js';
import { run } from '../../cli/run.js';
import { realClients } from '../../clients/real-kubectl.js';
import { LAB } from './small-lab.js';
import { runShop, somebodysOwn, WANTED, worldOf } from './stage.js';

const clients = realClients();
const NOBODY = { ...thisProcess(), pid: 2 ** 30 };
const HARBOUR = '/api/v1/namespaces/harbour';

describe.skipIf(clients.kubectl === undefined)(
  `a cluster on which an attempt was left (${clients.reason ?? 'served'})`,
  { timeout: 90_000 },
  () => {
    const { asked, how, source, open, status, ...stage } = somebodysOwn(clients.kubectl as string);
    let surroundings: Surroundings;
    beforeAll(async () => {
      ({ surroundings } = stage.served());
      await runShop(stage.served().side);
    });
    /** An attempt that was left, and something of its record. */
    async function left(attempt: string, more: object = {}): Promise<void> {
      const cluster = await open({ attempt });
      await cluster.setUp(worldOf(LAB), how([], { lasting: true }));
      await cluster.close();
      const path = join(surroundings.home, 'clusters', attempt, 'made.json');
      writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), ...more }));
    }

    test('is taken up again, and cleaned of what was left there', async () => {
      const cluster = await open({ attempt: 'left' });
      await cluster.setUp(worldOf(LAB), how());
      const { KUBECONFIG = '' } = cluster.shell.environment;
      await runProgram(clients.kubectl as string, [
        ...['config', `--kubeconfig=${KUBECONFIG}`, 'set-context', '--current', '--namespace=harbour'],
      ]);
      writeFileSync(join(cluster.place.answers, 'cause'), 'oom\n');
      await cluster.close();
      const record = join(surroundings.home, 'clusters', 'left', 'made.json');
      const kept = readFileSync(record, 'utf8');
      writeFileSync(record, JSON.stringify({ ...JSON.parse(kept), cluster: 'of one that had the address before' }));
      expect(await source().takeUp?.('left', how())).toBeUndefined();
      writeFileSync(record, kept);
      const again = (await source().takeUp?.('left', how())) as RealCluster;
      expect(
        Buffer.from((await again.file('workstation', join(again.place.answers, 'cause')))?.content ?? []).toString(),
      ).toBe('oom\n');
      expect(
        (await again.run('workstation', 'candidate', ['kubectl', '-n', 'harbour', 'get', 'cm', '-o', 'name'])).stdout,
      ).toContain('configmap/settings');
      expect(readFileSync(KUBECONFIG, 'utf8')).toContain('"namespace":"harbour"');
      await again.close();
      const other = await source().open(WANTED, how([false, true]));
      await expect(other.setUp(worldOf(LAB), how())).rejects.toThrow(/harbour/);
      await expect(source().takeUp?.('left', how())).rejects.toThrow('Another kubedrill (process');
      await other.close();
      expect(await source().takeUp?.('nobody', how())).toBeUndefined();
      asked.length = 0;
      const next = await source().open(WANTED, how([true, true]));
      expect(asked[0]).toMatch(
        /^An attempt \(\S+ \S+ UTC\) that you can go on with was left on mine: namespace harbour; ClusterRole sailor\. Delete/,
      );
      expect(await status('/api/v1/namespaces/harbour')).toBe(404);
      await next.close();
    });

    test('is not cleaned of what another kubedrill works on', async () => {
      const cluster = await open({ attempt: 'running' });
      await cluster.setUp(worldOf(LAB), how());
      // Nor by another name of the same cluster.
      const path = join(surroundings.home, 'clusters', 'running', 'made.json');
      const record = readFileSync(path, 'utf8');
      writeFileSync(
        path,
        JSON.stringify({ ...JSON.parse(record), context: 'alias', server: 'https://by-another-way' }),
      );
      await expect(open({ attempt: 'next' })).rejects.toThrow('works on context alias since');
      writeFileSync(path, record);
      await expect(open({ attempt: 'next' })).rejects.toThrow(
        /^Another kubedrill \(process \d+\) works on context mine since \S+ \S+ UTC\. End that first, or use another cluster\.$/,
      );
      expect(await status('/api/v1/namespaces/harbour')).toBe(200);
      expect(existsSync(join(surroundings.home, 'clusters', 'next'))).toBe(false);
      await cluster.restore(how());
      await cluster.close();
      // Nor is it begun on when the other one began while the person was asked.
      const quicker: RealCluster[] = [];
      const confirm = async (): Promise<boolean> => quicker.push(await open()) > 0;
      await expect(open({ attempt: 'slower', confirm })).rejects.toThrow('Another kubedrill (process');
      expect(existsSync(join(surroundings.home, 'clusters', 'slower'))).toBe(false);
      await quicker[0]?.restore(how());
      await quicker[0]?.close();
    });

    test.each<[string, object, RegExp, string]>([
      [
        'can be gone on with',
        { holder: NOBODY },
        /^An attempt .* that you can go on with was left on mine: .* Delete that, with your work/,
        'own-work',
      ],
      [
        'had not begun',
        { holder: NOBODY, lasting: false },
        /^An earlier attempt .* left on mine: .* Delete that now\?$/,
        'stray',
      ],
      [
        'was dropped',
        { givenUp: true },
        /^An attempt that you dropped .* left on mine: .* Delete that now\?$/,
        'stray',
      ],
    ])('is cleaned of what was left by one that %s', async (_, more, words, about) => {
      await left('killed', more);
      const abouts: unknown[] = [];
      asked.length = 0;
      const confirm = async (question: string, of?: string) => {
        asked.push(question);
        abouts.push(of);
        return true;
      };
      await (await source().open(WANTED, { ...how(), confirm })).close();
      expect([asked[0], abouts[0]]).toEqual([expect.stringMatching(words), about]);
      expect(await status(HARBOUR)).toBe(404);
    });

    test('is cleaned by a command, too, when that is agreed to', async () => {
      await left('dropped');
      const known = () =>
        leftAttempts(surroundings.home).map(({ context, stands, namespaces, objects }) => [
          context,
          stands,
          ...namespaces,
          ...objects,
        ]);
      const things = ['harbour', 'clusterroles.rbac.authorization.k8s.io/sailor'];
      expect(known()).toEqual([['mine', 'left', ...things]]);
      giveUpOnCluster(surroundings.home, 'another');
      giveUpOnCluster(surroundings.home, 'dropped');
      expect(known()).toEqual([['mine', 'dropped', ...things]]);
      const agreed = (agrees: boolean) => ({ onStep: () => {}, agreed: async () => agrees });
      const server = expect.stringMatching(/^https:/);
      expect(await deleteLeft('mine', surroundings, agreed(false))).toEqual({ deleted: [], server });
      expect(await status(HARBOUR)).toBe(200);
      expect(await deleteLeft('mine', surroundings, agreed(true))).toEqual({
        deleted: ['namespace harbour', 'ClusterRole sailor'],
        server,
      });
      expect([await status(HARBOUR), known()]).toEqual([404, []]);
    });

    test('says at the prompt what went, and what stays since another cluster has the address', async () => {
      await left('typed', { cluster: 'of one that had the address before' });
      const path = join(surroundings.home, 'clusters', 'typed', 'made.json');
      const record = JSON.parse(readFileSync(path, 'utf8'));
      const typed = () =>
        run(['cluster', 'delete', 'context=mine', '--yes'], {
          ...surroundings.environment,
          KUBEDRILL_HOME: surroundings.home,
        });
      const stays = await typed();
      expect([stays.code, stays.stderr]).toEqual([
        1,
        expect.stringContaining('What is left was made on another cluster, which had the same address; context mine'),
      ]);
      expect(await status(HARBOUR)).toBe(200);
      // What somebody else may have made since is asked about, whatever was said before.
      const { cluster: _, ...known } = record;
      writeFileSync(path, JSON.stringify({ ...known, attempt: 'renamed' }));
      expect((await typed()).stderr).toContain('some of that may be somebody else');
      expect(await status(HARBOUR)).toBe(200);
      writeFileSync(path, JSON.stringify(known));
      expect((await typed()).stdout).toBe('Deleted namespace harbour.\nDeleted ClusterRole sailor.\n');
      expect(await status(HARBOUR)).toBe(404);
    });

    test('nothing goes by a command of one that another kubedrill has begun, or goes on with', async () => {
      const never = { onStep: () => {}, agreed: async () => expect.unreachable('nothing stands') };
      // It has made nothing yet.
      const begun = await open({ attempt: 'begun' });
      const folder = join(surroundings.home, 'clusters', 'begun');
      await expect(deleteLeft('mine', surroundings, never)).rejects.toThrow('Another kubedrill (process');
      expect(existsSync(join(folder, 'kubeconfig'))).toBe(true);
      await begun.restore(how());
      await begun.close();
      await left('dropped', { givenUp: true });
      const again = (await source().takeUp?.('dropped', how())) as RealCluster;
      await again.close();
      expect(leftAttempts(surroundings.home).map(({ attempt, stands }) => [attempt, stands])).toEqual([
        ['dropped', 'left'],
      ]);
      await deleteLeft('mine', surroundings, { ...never, agreed: async () => true });
    });
  },
);
