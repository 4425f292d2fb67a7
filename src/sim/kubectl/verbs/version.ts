import { KUBERNETES_VERSION, VERSION_INFO } from '../../api/version.js';
import { printYaml } from '../../api/yaml/print.js';
import { decodeText } from '../../kernel/bytes.js';
import type { Command } from '../cobra/command.js';
import { CommandError } from '../errors.js';

const KUSTOMIZE_VERSION = 'v5.8.1';

/** `kubectl version`. */
export const version: Command = {
  name: 'version',
  short: 'Print the client and server version information',
  run: function* (session, flags, args) {
    const output = flags.text('output');
    const client = flags.bool('client');
    if (args.length > 0 && !client) throw new CommandError(`extra arguments: [${args.join(' ')}]`);
    if (output !== '' && output !== 'yaml' && output !== 'json')
      throw new CommandError("--output must be 'yaml' or 'json'");
    let server: { gitVersion?: string } | undefined;
    let failure: unknown;
    if (!client) {
      try {
        const response = yield* session
          .rest()
          .response({ method: 'GET', path: '/version?timeout=32s', accept: 'application/json' });
        server = (response.object ?? JSON.parse(decodeText(response.body ?? new Uint8Array()))) as {
          gitVersion?: string;
        };
      } catch (error) {
        failure = error;
      }
    }
    // What a server emulates is no affair of a client.
    const {
      emulationMajor: _major,
      emulationMinor: _minor,
      minCompatibilityMajor: _least,
      minCompatibilityMinor: _leastMinor,
      ...clientVersion
    } = VERSION_INFO;
    const info = {
      clientVersion,
      kustomizeVersion: KUSTOMIZE_VERSION,
      ...(server ? { serverVersion: server } : {}),
    };
    if (output === 'yaml') yield* session.out(`${printYaml(info)}\n`);
    else if (output === 'json') yield* session.out(`${JSON.stringify(info, null, 2)}\n`);
    else {
      const last = server ? `Server Version: ${server.gitVersion}\n` : '';
      yield* session.out(`Client Version: ${KUBERNETES_VERSION}\nKustomize Version: ${KUSTOMIZE_VERSION}\n${last}`);
    }
    if (failure !== undefined) throw failure;
  },
};
