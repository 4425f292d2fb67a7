import { PflagError, parseFlags } from '../../kernel/libc/pflag.js';
import type { Program } from '../../kernel/sys.js';
import type { Command } from './command.js';
import { connect } from './connect.js';
import { liveness } from './liveness.js';
import { logsGenerator } from './logs-generator.js';
import { netexec } from './netexec.js';
import { pause } from './pause.js';
import { porter } from './porter.js';
import { dnsServerList, dnsSuffix, entrypointTester, etcHosts } from './print.js';
import { serveHostname } from './serve-hostname.js';
import { testWebserver } from './test-webserver.js';

/** The subcommands, by name. */
const COMMANDS: readonly Command[] = [
  connect,
  dnsServerList,
  dnsSuffix,
  entrypointTester,
  etcHosts,
  liveness,
  logsGenerator,
  netexec,
  pause,
  porter,
  serveHostname,
  testWebserver,
];

/** registry.k8s.io/e2e-test-images/agnhost: many small servers and clients in one program. */
export const agnhost: Program = function* agnhost(sys) {
  const [name, ...words] = sys.args.slice(1);
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    yield* sys.write(1, help());
    return 0;
  }
  if (name === '--version') {
    yield* sys.write(1, 'app version 2.63.0\n');
    return 0;
  }
  const command = COMMANDS.find((one) => one.name === name);
  if (!command) {
    const what = name.startsWith('-') ? `unknown flag: ${name}` : `unknown command "${name}" for "app"`;
    yield* sys.write(2, `Error: ${what}\n`);
    return 1;
  }
  try {
    const { given, operands } = parseFlags(words, command.flags);
    const { least = 0, most = 0 } = command.operands ?? {};
    if (least === most && most > 0 && operands.length !== most)
      throw new PflagError(`accepts ${most} arg(s), received ${operands.length}`);
    if (operands.length > most)
      throw new PflagError(
        most === 0 && least === 0
          ? `accepts at most 0 arg(s), received ${operands.length}`
          : `accepts at most ${most} arg(s), received ${operands.length}`,
      );
    return yield* command.run(sys, given, operands);
  } catch (error) {
    if (!(error instanceof PflagError)) throw error;
    yield* sys.write(2, `Error: ${error.message}\n`);
    return 1;
  }
};

function help(): string {
  const width = Math.max(...COMMANDS.map(({ name }) => name.length));
  const rows = COMMANDS.map(({ name, short }) => `  ${name.padEnd(width)} ${short}\n`);
  return `Usage:\n  app [command]\n\nAvailable Commands:\n${rows.join('')}\nFlags:\n  -h, --help      help for app\n  -v, --version   version for app\n\nUse "app [command] --help" for more information about a command.\n`;
}
