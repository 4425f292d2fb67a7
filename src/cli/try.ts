import type { Report } from '../checker/rubric.js';
import type { Place } from '../clusters/real/real-cluster.js';
import { decodeText, readText, type TextOrProblem } from '../labs/content/read-text.js';
import type { LabInstance } from '../labs/format/instance.js';
import type { Lab } from '../labs/format/lab.js';
import type { ProofCase } from '../labs/proof/case.js';
import type { PlayAttemptOptions, Scripted } from '../labs/session/attempt.js';
import { TerminalFilter } from '../ui/terminal/terminal-filter.js';
import { causeOption, fixedDraw } from './cause.js';
import type { CliCommand } from './command.js';
import { findLabOrFile, instanceOf, newSeed, readLabSeed } from './find-lab.js';
import { type CommandIo, ExpectedError, say, tell, UsageError } from './io.js';
import { PLAIN_COLUMNS, plainTerminal } from './plain-terminal.js';
import { type ClusterOptions, clusterOptions, type RealChoice, readCluster } from './real/cluster-option.js';
import { reportJson, reportText } from './report-text.js';

interface TryOptions {
  readonly seed?: string;
  readonly script?: string;
  readonly json?: boolean;
  readonly fromBase?: boolean;
  readonly cause?: readonly string[];
  readonly case?: string;
}

type TryAllOptions = TryOptions & ClusterOptions;

/** `kubedrill try LAB`: plays a script at a lab and grades the end. Exit code 0 when it earned everything. */
export const tryLab: CliCommand = {
  name: 'try',
  declare(command, io, exit) {
    clusterOptions(causeOption(command))
      .description('play a script at a lab and grade it')
      .argument('<lab>', "such as cka/drain-a-node, or a lab's file")
      .option('--seed <number>', 'which draw of the lab')
      .option('--script <file>', 'commands to type, - for the standard input; nothing is typed without it')
      .option(
        '--case <case>',
        "what the lab itself proves instead of a script: solution, 'mistake: …', 'alternative: …'",
      )
      .option('--from-base', 'begin at the base host')
      .option('--json', 'the report as JSON')
      .action(async (name: string, options: TryAllOptions) => {
        if (options.case !== undefined && options.script !== undefined)
          throw new UsageError('--case and --script exclude each other');
        const real = readCluster(options.cluster);
        const lab = findLabOrFile(name, io);
        const seed = options.seed === undefined ? newSeed() : readLabSeed(options.seed);
        const { instance, report } = real
          ? await tryOnReal(io, lab, seed, real, options)
          : await trySimulated(io, lab, seed, options);
        if (options.json) say(io, JSON.stringify(reportJson(instance.lab.id, instance.seed, report), undefined, 2));
        else say(io, `\n\n${reportText(instance.lab.content.metadata.title, report)}\n\nseed ${instance.seed}`);
        exit(report.passed ? 0 : 1);
      });
  },
};

/** An attempt at a lab that was played. */
interface Tried {
  readonly instance: LabInstance;
  readonly report: Report;
}

async function trySimulated(io: CommandIo, lab: Lab, seed: string, options: TryOptions): Promise<Tried> {
  const instance = await instanceOf(lab, seed, fixedDraw(lab, options.cause));
  const { playAttempt } = await import('../labs/session/attempt.js');
  const scripts = await scriptsToPlay(instance, options, io);
  const { report, crashes } = await playAttempt(instance, scripts, {
    ...shown(io, options),
    ...(options.fromBase ? { fromBase: true } : {}),
  });
  for (const { command: broken, host, message } of crashes)
    tell(io, `a simulated program broke: ${broken} on ${host}: ${message}`);
  return { instance, report };
}

async function tryOnReal(
  io: CommandIo,
  lab: Lab,
  seed: string,
  choice: RealChoice,
  options: TryAllOptions,
): Promise<Tried> {
  const { realSource } = await import('./real/real-source.js');
  const { tryReal } = await import('./real/try-real.js');
  const { ANY_PLACE } = await import('../labs/real/real-world.js');
  const { onOutput } = shown(io, options);
  const instantiate = (place: Place): Promise<LabInstance> =>
    instanceOf(lab, seed, fixedDraw(lab, options.cause), place);
  // What is wrong with what is to be typed is told before a cluster is asked.
  const scripts = await scriptsToPlay(await instantiate(ANY_PLACE), options, io);
  return tryReal(io, lab, await realSource(choice, io), {
    yes: options.yes,
    instantiate,
    // A case has the names of the cluster in it.
    scripts: async (there) => (options.case === undefined ? scripts : scriptsToPlay(there, options, io)),
    ...(onOutput ? { onOutput } : {}),
    ...(options.fromBase ? { fromBase: true } : {}),
  });
}

/** What is typed: a case of the lab's own proof, a person's script, or nothing. */
async function scriptsToPlay(
  instance: LabInstance,
  { case: named, script: path }: TryOptions,
  io: CommandIo,
): Promise<readonly Scripted[]> {
  if (named !== undefined) {
    const { steps } = caseNamed(named, (await import('../labs/proof/case.js')).proofCases(instance));
    return steps.length === 0 ? [] : [{ steps }];
  }
  const script = path === undefined ? '' : await readScript(path, io);
  if (script === '') return [];
  const { scriptSteps } = await import('../labs/session/script.js');
  return [{ steps: scriptSteps(script) }];
}

/** The case that a person names by its words, or by some that no other has. */
function caseNamed(named: string, cases: readonly ProofCase[]): ProofCase {
  const words = named === 'solution' ? 'the solution earns everything' : named;
  const exact = cases.filter(({ says }) => says === words);
  const found = exact.length > 0 ? exact : cases.filter(({ says }) => says.includes(named));
  const [first] = found;
  if (first && (exact.length > 0 || found.length === 1)) return first;
  const listed = (found.length > 0 ? found : cases).map(({ says }) => `\n  ${says}`).join('');
  throw new UsageError(
    `${found.length > 0 ? `"${named}" names several cases` : `There is no case "${named}" with this draw`}:${listed}`,
  );
}

/** The terminal goes to a terminal as it is, as far as it stays on the screen, and as plain text to anything else. */
function shown({ stdout }: CommandIo, { json }: TryOptions): PlayAttemptOptions {
  if (json) return {};
  const filter = new TerminalFilter();
  if (stdout.isTTY) return { onOutput: (bytes) => void stdout.write(filter.pass(bytes)) };
  return { columns: PLAIN_COLUMNS, onOutput: plainTerminal((text) => void stdout.write(text)) };
}

/** The commands of a script. Throws with what is wrong with the file, and what to do. */
async function readScript(path: string, { stdin }: CommandIo): Promise<string> {
  const { text, problem } = path === '-' ? await readStream(stdin) : readText(path);
  if (problem === undefined) return text.replaceAll('\r\n', '\n');
  const what = path === '-' ? 'The standard input' : `The script ${path}`;
  throw new ExpectedError(
    `${what} cannot be read: ${problem}. Name a file with the commands to type, or - for the standard input.`,
  );
}

async function readStream(stream: NodeJS.ReadableStream): Promise<TextOrProblem> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return decodeText(Buffer.concat(chunks));
}
