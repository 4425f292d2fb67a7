import { klogLine } from '../../client/klog.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Session } from '../session.js';
import { buildKustomization } from './build.js';
import type { ResourceMap } from './resource/resource-map.js';

/** Builds a directory for a command; what kustomize warns of goes to standard error. Throws KustomizeError. */
export function* runKustomize(session: Session, directory: string, loadAnywhere = false): Waiting<ResourceMap> {
  const { sys } = session;
  const lines: string[] = [];
  try {
    return buildKustomization(sys, directory, {
      loadAnywhere,
      warn: (line) => void lines.push(`${line}\n`),
      unused: (names) => {
        const words = `well-defined vars that were never replaced: ${names.join(',')}`;
        lines.push(klogLine(sys, 'I', 'log.go:244', words));
      },
    });
  } finally {
    yield* session.err(lines.join(''));
  }
}
