import { beforeAll, expect, test } from 'vitest';
import type { KubeObject } from '../../../src/sim/api/object.js';
import type { Program } from '../../../src/sim/kernel/sys.js';
import { bash } from '../../../src/sim/shell/bash.js';
import { coreutils } from '../../../src/sim/shell/coreutils/index.js';
import { pod, testNode } from './node.js';

const programs: Record<string, Program> = { ...coreutils, bash };

/** A container, what is run in it, and what is seen of that: its output, or why it waits, or why the pod failed. */
export interface Row {
  readonly says: string;
  /** Run by the container's shell. */
  readonly script: string;
  readonly container?: Record<string, unknown>;
  readonly spec?: Record<string, unknown>;
  readonly metadata?: Record<string, unknown>;
  /** `POD` stands for the pod's name, `UID` for its UID, `IP` for its address. */
  readonly output: string;
}

/** Plays all rows on one node at the same time, and tests what each container saw. */
export function playRows(
  rows: readonly Row[],
  { files = {}, objects = [] }: { files?: Record<string, string>; objects?: readonly KubeObject[] } = {},
): void {
  const outputs: string[] = [];

  beforeAll(() => {
    const node = testNode({ programs, files });
    node.advance(5);
    for (const object of objects)
      node.create(
        { ...object, metadata: { namespace: 'default', ...object.metadata } },
        `${object.kind.toLowerCase()}s`,
      );
    rows.forEach(({ script, container, spec, metadata }, index) => {
      const object = pod(
        `row-${index}`,
        { command: ['sh', '-c', script], ...container },
        { restartPolicy: 'Never', ...spec },
      );
      node.create({ ...object, metadata: { ...object.metadata, ...metadata } });
    });
    node.advance(15);
    rows.forEach((_, index) => {
      const { metadata, status } = node.pod(`row-${index}`);
      const { waiting } = status?.containerStatuses?.[0]?.state ?? {};
      const refused = status?.reason ? `${status.reason}: ${status.message}` : undefined;
      const why = refused ?? (waiting && [waiting.reason, waiting.message].filter(Boolean).join(': '));
      const log = why ?? node.file(`/var/log/pods/default_row-${index}_${metadata.uid}/main/0.log`);
      const { uid = '', name = '' } = metadata;
      const plain = log
        .replace(/^\S+ std(?:out|err) F /gm, '')
        .replaceAll(uid, 'UID')
        .replaceAll(name, 'POD');
      outputs.push(status?.podIP ? plain.replaceAll(status.podIP, 'IP') : plain);
    });
  });

  test.each(rows.map((row, index) => ({ ...row, index })))('$says', ({ index, output }) => {
    expect(outputs[index]).toBe(output);
  });
}
