import { compareText } from '../../api/go-text.js';
import type { Command } from '../cobra/command.js';
import { UsageError } from '../errors.js';

/** `kubectl api-versions`. */
export const apiVersions: Command = {
  name: 'api-versions',
  short: 'Print the supported API versions on the server, in the form of "group/version"',
  run: function* (session, _flags, args) {
    if (args.length > 0) throw new UsageError('api-versions', `unexpected arguments: [${args.join(' ')}]`);
    const groups = yield* session.discovery().groups();
    const all = groups.flatMap(({ name, versions }) =>
      versions.map((version) => (name === '' ? version : `${name}/${version}`)),
    );
    yield* session.out(
      all
        .sort(compareText)
        .map((each) => `${each}\n`)
        .join(''),
    );
  },
};
