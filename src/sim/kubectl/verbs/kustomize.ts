import { printYamlDocuments } from '../../api/yaml/print.js';
import type { Command } from '../cobra/command.js';
import { CommandError } from '../errors.js';
import { buildKustomization } from '../kustomize/build.js';

/** `kubectl kustomize`: what `-k` would apply, as text. */
export const kustomize: Command = {
  name: 'kustomize',
  short: 'Build a kustomization target from a directory or URL',
  run: function* (session, _flags, args) {
    if (args.length > 1) throw new CommandError('specify one path to kustomization.yaml');
    yield* session.out(printYamlDocuments(buildKustomization(session, args[0] ?? '.')));
  },
};
