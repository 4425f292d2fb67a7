import { goQuote } from '../../../api/go-text.js';
import type { JsonObject } from '../../../api/object.js';
import type { Command } from '../../cobra/command.js';
import { embedded } from '../../config/embed.js';
import { fileFor, writeFile } from '../../config/file.js';
import { refuseArgs } from '../../config/refuse.js';
import { CommandError } from '../../errors.js';

/** `kubectl config set-cluster`. */
export const setCluster: Command = {
  name: 'set-cluster',
  short: 'Set a cluster entry in kubeconfig',
  run: function* (session, flags, args) {
    if (args.length !== 1) return yield* refuseArgs(session, setCluster, args);
    const name = args[0] as string;
    if (name === '') throw new CommandError('you must specify a non-empty cluster name');
    const insecure = flags.bool('insecure-skip-tls-verify');
    const authority = flags.text('certificate-authority');
    if (insecure && authority !== '')
      throw new CommandError('you cannot specify a certificate authority and insecure mode at the same time');
    if (flags.bool('embed-certs') && authority === '')
      throw new CommandError('you must specify a --certificate-authority to embed');
    const file = fileFor(session, 'clusters', name);
    const entry: JsonObject = { ...file.clusters.get(name) };
    if (flags.has('server')) entry['server'] = flags.text('server').replace(/\/+$/, '');
    if (flags.has('tls-server-name')) entry['tls-server-name'] = flags.text('tls-server-name');
    if (flags.has('proxy-url')) entry['proxy-url'] = flags.text('proxy-url');
    if (flags.has('insecure-skip-tls-verify')) {
      entry['insecure-skip-tls-verify'] = insecure;
      if (insecure) {
        delete entry['certificate-authority'];
        delete entry['certificate-authority-data'];
      }
    }
    if (flags.has('certificate-authority')) {
      delete entry['insecure-skip-tls-verify'];
      embedded(session, entry, 'certificate-authority', authority);
    }
    file.clusters.set(name, entry);
    writeFile(session, file);
    yield* session.out(`Cluster ${goQuote(name)} set.\n`);
  },
};
