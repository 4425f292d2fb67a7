import { findEngine } from '../../clusters/kind/engine.js';
import { ownPrograms, type Programs } from '../../clusters/kind/programs.js';
import { findKind, NO_ENGINE } from '../../clusters/kind/tools.js';
import type { Variables } from '../../clusters/kind/variables.js';
import { versionText } from '../../clusters/kind/versions.js';
import { ClusterError } from '../../clusters/port.js';
import { findKubectl, type Kubectl, skewNote } from '../../clusters/real/kubectl.js';
import { runProgram } from '../../clusters/real/run-program.js';
import { pseudoTerminals } from '../../labs/real/pseudo-terminal.js';
import type { Finding } from './finding.js';

/** Who does not answer within this is not waited for. */
const SECONDS_MAX = 5;
/** What labs are written for. */
const LABS = { text: 'v1.36', minor: 36 };
const CONTEXTS_MAX = 8;

/**
 * What there is for real clusters, none of which anything else needs: asked at the same time, and no cluster is asked at all.
 * What is not there is no fault.
 */
export async function realClusterFindings(environment: Variables): Promise<readonly Finding[]> {
  const programs = hurried(ownPrograms(environment));
  const kubectl = findKubectl(environment, SECONDS_MAX).catch(orWords);
  const findings = await Promise.all([
    kubectl.then(kubectlFinding),
    kubectl.then((found) => contextsFinding(found, environment)),
    kindFinding(programs),
    engineFinding(programs, environment),
    pseudoTerminals(process.env).then(ptyFinding),
  ]);
  return findings;
}

function kubectlFinding(found: Kubectl | string): Finding {
  const what = 'kubectl';
  if (typeof found === 'string') return lacking(what, found);
  const skew = skewNote(found, LABS);
  const { path, version } = found;
  return there(
    what,
    `${version.text}, ${path}`,
    skew && [`labs are written for ${LABS.text}: get one within a minor version`],
  );
}

/** Contexts of the kubeconfig, for `--cluster context=NAME`. */
async function contextsFinding(kubectl: Kubectl | string, environment: Variables): Promise<Finding> {
  const what = 'contexts';
  if (typeof kubectl === 'string') return lacking(what, 'not known without kubectl');
  const options = { variables: environment, timeoutSeconds: SECONDS_MAX };
  const { code, stdout, stderr } = await runProgram(kubectl.path, ['config', 'get-contexts', '--output=name'], options);
  if (code !== 0) return lacking(what, `the kubeconfig cannot be read: ${stderr.trim().replace(/^error: /, '')}`);
  const names = stdout.split('\n').filter(Boolean);
  if (names.length === 0) return lacking(what, 'none in the kubeconfig', 'KUBECONFIG names one that has some');
  const more = names.length > CONTEXTS_MAX ? ` and ${names.length - CONTEXTS_MAX} more` : '';
  return there(what, `${names.slice(0, CONTEXTS_MAX).join(', ')}${more}`, ['--cluster context=NAME takes one of them']);
}

async function kindFinding(programs: Programs): Promise<Finding> {
  const found = await findKind(programs);
  if ('says' in found) return lacking('kind', found.says, found.remedy);
  return there('kind', `v${versionText(found.version)}, ${found.path}`);
}

async function engineFinding(programs: Programs, environment: Variables): Promise<Finding> {
  const engine = await findEngine(programs, environment);
  if ('path' in engine) return there('engine', `${engine.name} ${versionText(engine.version)}, ${engine.path}`);
  const [{ failure, remedy } = { failure: NO_ENGINE.says, remedy: NO_ENGINE.remedy }] = engine;
  return lacking('engine', failure, remedy);
}

function ptyFinding(open: object | undefined): Finding {
  const what = 'node-pty';
  if (open) return there(what, 'your own shell stands beside the task');
  return lacking(
    what,
    'not there, so your own shell takes the whole window',
    'npm install @lydell/node-pty beside kubedrill',
  );
}

function there(what: string, found: string, also?: readonly string[] | string): Finding {
  return { what, ok: true, found, ...(Array.isArray(also) ? { also } : {}) };
}

function lacking(what: string, found: string, remedy?: string): Finding {
  return { what, ok: true, missing: true, found, ...(remedy === undefined ? {} : { also: [remedy] }) };
}

function hurried(programs: Programs): Programs {
  return {
    find: (name) => programs.find(name),
    run: (path, args, options) => programs.run(path, args, { ...options, timeoutSeconds: SECONDS_MAX }),
  };
}

function orWords(error: unknown): string {
  if (error instanceof ClusterError) return error.message;
  throw error;
}
