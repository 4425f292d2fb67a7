import { resolverConfig } from '../../client/resolver.js';
import { isErrno } from '../../kernel/errno.js';
import type { Command } from './command.js';

/** agnhost dns-suffix: the search list. */
export const dnsSuffix: Command = {
  name: 'dns-suffix',
  short: "Prints the host's DNS suffix list",
  flags: [],
  *run(sys) {
    yield* sys.write(1, `${resolverConfig(sys).search.join(',')}\n`);
    return 0;
  },
};

/** agnhost dns-server-list: the name servers. */
export const dnsServerList: Command = {
  name: 'dns-server-list',
  short: "Prints the host's DNS Server list",
  flags: [],
  *run(sys) {
    yield* sys.write(1, `${resolverConfig(sys).servers.join(',')}\n`);
    return 0;
  },
};

/** agnhost etc-hosts: the hosts file. */
export const etcHosts: Command = {
  name: 'etc-hosts',
  short: "Prints the host's /etc/hosts file",
  flags: [],
  *run(sys) {
    try {
      yield* sys.write(1, sys.readFile('/etc/hosts'));
      yield* sys.write(1, '\n');
      return 0;
    } catch (error) {
      if (!isErrno(error)) throw error;
      yield* sys.write(2, `panic: open /etc/hosts: ${error.message.toLowerCase()}\n`);
      return 2;
    }
  },
};

/** agnhost entrypoint-tester: all of its own words. */
export const entrypointTester: Command = {
  name: 'entrypoint-tester',
  short: "Prints the args it's passed and exits",
  flags: [],
  operands: { least: 0, most: Number.POSITIVE_INFINITY },
  *run(sys) {
    yield* sys.write(1, `[${sys.args.join(' ')}]\n`);
    return 0;
  },
};
