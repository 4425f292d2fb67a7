import { readFileSync } from 'node:fs';
import type { CliCommand } from './command.js';
import { findLab, instanceOf, readSeed } from './find-lab.js';
import { ExpectedError, say } from './io.js';
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
        const instance = instanceOf(findLab(name), options.seed === undefined ? undefined : readSeed(options.seed));
        const { scriptSteps } = await import('../labs/session/script.js');
        const { playAttempt } = await import('../labs/session/attempt.js');
        const script = options.script === undefined ? '' : readScript(options.script);
        const { report, crashes } = await playAttempt(instance, script === '' ? [] : [{ steps: scriptSteps(script) }], {
          onOutput: (bytes) => {
            if (!options.json) io.stdout.write(bytes);
          },
          ...(options.fromBase ? { fromBase: true } : {}),
        });
        for (const { command: broken, host, message } of crashes)
          io.stderr.write(`a simulated program broke: ${broken} on ${host}: ${message}\n`);
        if (options.json) say(io, JSON.stringify(reportJson(instance.lab.id, instance.seed, report), undefined, 2));
        else say(io, `\n\n${reportText(instance.lab.content.metadata.title, report)}\n\nseed ${instance.seed}`);
        exit(report.passed ? 0 : 1);
      });
  },
};

function readScript(path: string): string {
  try {
    return readFileSync(path === '-' ? 0 : path, 'utf8');
  } catch (error) {
    throw new ExpectedError(
      `The script ${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
