import type { Command } from '../cobra/command.js';
import { CommandError } from '../errors.js';
import { sourcesOf } from '../resource/files.js';

/** `kubectl kustomize`: a place only; there are no kustomizations here yet. */
export const kustomize: Command = {
  name: 'kustomize',
  short: 'Build a kustomization target from a directory or URL',
  run: function* (session, _flags, args) {
    if (args.length > 1) throw new CommandError('specify one path to kustomization.yaml');
    const { errors } = sourcesOf(session, { filenames: [], kustomize: args[0] ?? '.', recursive: false });
    throw errors[0];
  },
};
