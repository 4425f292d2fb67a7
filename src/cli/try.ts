import { decodeText, readText, type TextOrProblem } from '../labs/content/read-text.js';
import type { PlayAttemptOptions } from '../labs/session/attempt.js';
import type { CliCommand } from './command.js';
import { findLab, instanceOf, readSeed } from './find-lab.js';
import { type CommandIo, ExpectedError, say, tell } from './io.js';
import { PLAIN_COLUMNS, plainTerminal } from './plain-terminal.js';
import { reportJson, reportText } from './report-text.js';

interface TryOptions {
  readonly seed?: string;
  readonly script?: string;
  readonly json?: boolean;
  readonly fromBase?: boolean;
}

/** `kubedrill try LAB`: plays a script at a lab and grades the end. Exit code 0 when it earned everything. */
export const tryLab: CliCommand = {
  name: 'try',
  declare(command, io, exit) {
    command
      .description('play a script at a lab and grade it')
      .argument('<lab>', 'such as cka/drain-a-node')
      .option('--seed <number>', 'which draw of the lab')
      .option('--script <file>', 'commands to type, - for the standard input; nothing is typed without it')
      .option('--from-base', 'begin at the base host')
      .option('--json', 'the report as JSON')
      .action(async (name: string, options: TryOptions) => {
        const instance = await instanceOf(
          findLab(name, io),
          options.seed === undefined ? undefined : readSeed(options.seed),
        );
        const { scriptSteps } = await import('../labs/session/script.js');
        const { playAttempt } = await import('../labs/session/attempt.js');
        const script = options.script === undefined ? '' : await readScript(options.script, io);
        const { report, crashes } = await playAttempt(instance, script === '' ? [] : [{ steps: scriptSteps(script) }], {
          ...shown(io, options),
          ...(options.fromBase ? { fromBase: true } : {}),
        });
        for (const { command: broken, host, message } of crashes)
          tell(io, `a simulated program broke: ${broken} on ${host}: ${message}`);
        if (options.json) say(io, JSON.stringify(reportJson(instance.lab.id, instance.seed, report), undefined, 2));
        else say(io, `\n\n${reportText(instance.lab.content.metadata.title, report)}\n\nseed ${instance.seed}`);
        exit(report.passed ? 0 : 1);
      });
  },
};

/** The terminal goes to a terminal as it is, and as plain text to anything else. */
function shown({ stdout }: CommandIo, { json }: TryOptions): PlayAttemptOptions {
  if (json) return {};
  if (stdout.isTTY) return { onOutput: (bytes) => void stdout.write(bytes) };
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
