import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { thisProcess } from '../holder.js';
import { type Capability, ClusterError } from '../port.js';
import { type ApiSide, openApiSide } from '../real/api-side.js';
import { findKubectl, type Kubectl, skewNote } from '../real/kubectl.js';
import type { OpenHow, RealCluster, RealSource } from '../real/real-cluster.js';
import type { Surroundings } from '../real/surroundings.js';
import { ContextCluster } from './context-cluster.js';
import { namespaceIn, readContext, writePrivate } from './kubeconfig.js';
import { deleteQuestion, LeftAttempts } from './left-attempts.js';
import { type Looks, lookAt } from './look.js';
import {
  type AttemptRecord,
  attemptFolder,
  folderOfAttempts,
  forget,
  type KnownPlace,
  keepRecord,
  mayBeOf,
  readRecord,
} from './record.js';
import { checkRights } from './rights.js';
import type { Standing } from './what-stands.js';

/** Versions that labs are written for. */
const [FIRST_MINOR, LAST_MINOR] = [34, 36];
const STEPS = 4;

/** A context of the person's kubeconfigs, by its name. */
export function contextSource(context: string, surroundings: Surroundings): RealSource {
  return new ContextSource(context, surroundings);
}

/** Who is asked before something goes, and told what is done. */
interface DeleteHow extends Pick<OpenHow, 'onStep' | 'signal'> {
  readonly agreed: (record: AttemptRecord, stands: Standing) => Promise<boolean>;
}

/** What went, in words, and from which API server. */
interface Deleted {
  readonly deleted: readonly string[];
  readonly server: string;
}

/** Takes away what attempts left on a context, each when it is agreed to. Throws `ClusterError`. */
export function deleteLeft(context: string, surroundings: Surroundings, how: DeleteHow): Promise<Deleted> {
  return new ContextSource(context, surroundings).deleteLeft(how);
}

/** A way to the cluster, and what was found at its end. */
interface Reached extends KnownPlace {
  readonly kubectl: Kubectl;
  readonly side: ApiSide;
  readonly kubeconfig: string;
  readonly looks: Looks;
}

class ContextSource implements RealSource {
  readonly name: string;
  private readonly context: string;
  private readonly environment: Surroundings['environment'];
  private readonly folder: string;
  private readonly thread: Surroundings['thread'];
  private readonly left: LeftAttempts;

  constructor(context: string, { environment, home, thread }: Surroundings) {
    this.thread = thread;
    this.name = `context=${context}`;
    this.context = context;
    this.environment = environment;
    this.folder = folderOfAttempts(home);
    this.left = new LeftAttempts(this.folder, context);
  }

  async capabilities(): Promise<ReadonlySet<Capability>> {
    const folder = attemptFolder(this.folder, `look-${randomBytes(4).toString('hex')}`);
    try {
      const { side, looks } = await this.reach(folder);
      await side.close();
      return looks.capabilities;
    } finally {
      forget(folder);
    }
  }

  async open(_wanted: unknown, how: OpenHow): Promise<RealCluster> {
    const attempt = how.attempt ?? randomBytes(6).toString('hex');
    const folder = attemptFolder(this.folder, attempt);
    const before = readRecord(folder);
    let side: ApiSide | undefined;
    try {
      const reached = await this.reach(folder, how);
      side = reached.side;
      await checkRights(side.request, this.context);
      step(how, 4, 'looking for what other attempts left');
      await this.cleanUp(reached, attempt, how);
      await this.agree(reached, how);
      const { server, cluster } = reached;
      const began = new Date().toISOString();
      const nothing = { made: [], used: [], objects: [], foreign: [], nodes: false };
      const opened = this.cluster(reached, folder, {
        version: 1,
        attempt,
        context: this.context,
        server,
        cluster,
        began,
        ...nothing,
      });
      // Another may have begun while the person was asked; of two at the same moment each sees the other.
      this.left.refuseHeld(reached, attempt);
      return opened;
    } catch (error) {
      await side?.close();
      // What an attempt of this name left is still to be found.
      if (before) keepRecord(folder, before);
      else forget(folder);
      throw error;
    }
  }

  async takeUp(attempt: string, how: OpenHow): Promise<RealCluster | undefined> {
    const folder = attemptFolder(this.folder, attempt);
    const record = readRecord(folder);
    if (record?.context !== this.context) return undefined;
    const reached = await this.reach(folder, how);
    try {
      this.left.refuseHeld(reached, attempt);
      if (mayBeOf(record, reached) && (await isThereYet(reached.side, record)))
        return this.cluster(reached, folder, record);
    } catch (error) {
      await reached.side.close();
      throw error;
    }
    await reached.side.close();
    return undefined;
  }

  /** Takes away what attempts left there; `agreed` is asked of each. Throws `ClusterError`. */
  async deleteLeft({ agreed, onStep, signal }: DeleteHow): Promise<Deleted> {
    const folder = attemptFolder(this.folder, `look-${randomBytes(4).toString('hex')}`);
    try {
      const reached = await this.reach(folder, { onStep, ...(signal ? { signal } : {}) });
      const deleted: string[] = [];
      try {
        for (const one of this.left.others(reached))
          deleted.push(...((await this.left.remove(reached.side, one, agreed, onStep)) ?? []));
        return { deleted, server: reached.server };
      } finally {
        await reached.side.close();
      }
    } finally {
      forget(folder);
    }
  }

  private cluster(reached: Reached, folder: string, record: AttemptRecord): RealCluster {
    const { side, kubectl, kubeconfig, looks } = reached;
    const notes = [skewNote(kubectl, looks.version), versionNote(looks)].filter((note) => note !== undefined);
    const { environment, thread } = this;
    // Whoever goes on with what was dropped meanwhile has not given it up.
    const { givenUp: _, ...wanted } = record;
    const held = { ...wanted, holder: thisProcess() };
    keepRecord(folder, held);
    return new ContextCluster({
      thread,
      side,
      capabilities: looks.capabilities,
      notes,
      record: held,
      folder,
      kubeconfig,
      environment,
    });
  }

  private async reach(folder: string, how?: Pick<OpenHow, 'onStep' | 'signal'>): Promise<Reached> {
    step(how, 1, 'reading the kubeconfig');
    const kubectl = await findKubectl(this.environment);
    const kubeconfig = join(folder, 'kubeconfig');
    const chosen = await namespaceIn(kubectl.path, kubeconfig, this.environment);
    const { text, server } = await readContext(kubectl.path, this.context, this.environment, chosen);
    writePrivate(kubeconfig, text);
    step(how, 2, 'reaching the cluster');
    const { environment } = this;
    const side = await openApiSide({ kubectl: kubectl.path, kubeconfig, environment, signal: how?.signal });
    try {
      step(how, 3, 'looking at what it can do');
      const [looks, cluster] = [await lookAt(side.request), await identityOf(side)];
      return { kubectl, side, server, cluster, kubeconfig, looks };
    } catch (error) {
      await side.close();
      throw error;
    }
  }

  /** What attempts left that ended without cleaning up: taken away when the person agrees. */
  private async cleanUp(reached: Reached, attempt: string, how: OpenHow): Promise<void> {
    this.left.refuseHeld(reached, attempt);
    const agreed = async (record: AttemptRecord, stands: Standing): Promise<boolean> => {
      const { question, about } = deleteQuestion(record, stands);
      return await how.confirm(question, about);
    };
    for (const one of this.left.others(reached, attempt))
      await this.left.remove(reached.side, one, agreed, ({ says }) => step(how, STEPS, says));
  }

  private async agree({ looks, server }: Reached, { confirm }: OpenHow): Promise<void> {
    if (looks.foreign.length === 0) return;
    const there = `The cluster of context ${this.context} (${server}) runs what is not kubedrill's: ${looks.foreign.join('; ')}`;
    const question = `${there}. Nothing of that is touched: what is made is in namespaces of its own, which are deleted in the end. Go on?`;
    if (!(await confirm(question)))
      throw new ClusterError(`Context ${this.context} is left as it is: it was not agreed to`);
  }
}

function step(how: Pick<OpenHow, 'onStep' | 'signal'> | undefined, number: number, says: string): void {
  if (how?.signal?.aborted) throw new ClusterError('it was interrupted');
  how?.onStep({ says, number, of: STEPS });
}

/** What no other cluster has: the uid of the namespace that every one has first. */
async function identityOf({ request }: ApiSide): Promise<string | undefined> {
  const { body } = await request({ method: 'GET', path: '/api/v1/namespaces/kube-system' });
  return (body as { metadata?: { uid?: string } } | undefined)?.metadata?.uid;
}

/** Whether the cluster is yet the one that an attempt was left on. Namespaces that a task wants made may not be there. */
async function isThereYet({ request }: ApiSide, { made, used }: AttemptRecord): Promise<boolean> {
  for (const name of made) {
    const { status } = await request({ method: 'GET', path: `/api/v1/namespaces/${name}` });
    if (status !== 404) return true;
  }
  return used.length > 0 || made.length === 0;
}

function versionNote({ version }: Looks): string | undefined {
  if (version.minor < FIRST_MINOR)
    return `The cluster is ${version.text}, older than what labs are written for (v1.${LAST_MINOR}): some things may differ`;
  if (version.minor > LAST_MINOR)
    return `The cluster is ${version.text}, newer than what labs are written for (v1.${LAST_MINOR}): some things may differ`;
  return undefined;
}
