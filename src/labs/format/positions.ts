import { EVENT_ID, type Event, getScalarValue } from 'js-yaml';

/** Which line of a source each field stands on, by the field's path (`spec/checks/0/points`). */
export type Positions = ReadonlyMap<string, number>;

interface Frame {
  readonly path: string;
  readonly kind: 'document' | 'mapping' | 'sequence';
  index: number;
  key: string | undefined;
}

/** Finds the line, counted from 1, of every field in a YAML source that was parsed into these events. */
export function fieldPositions(source: string, events: readonly Event[]): Positions {
  const lineAt = lineFinder(source);
  const positions = new Map<string, number>();
  const stack: Frame[] = [];
  for (const event of events) {
    if (event.type === EVENT_ID.POP) {
      stack.pop();
      continue;
    }
    const parent = stack.at(-1);
    if (event.type === EVENT_ID.DOCUMENT) {
      stack.push({ path: '', kind: 'document', index: 0, key: undefined });
      continue;
    }
    const offset =
      event.type === EVENT_ID.SCALAR
        ? event.valueStart
        : event.type === EVENT_ID.ALIAS
          ? event.anchorStart
          : event.start;
    if (parent?.kind === 'mapping' && parent.key === undefined) {
      parent.key = event.type === EVENT_ID.SCALAR ? getScalarValue(source, event) : '?';
      positions.set(join(parent.path, parent.key), lineAt(offset));
      if (event.type === EVENT_ID.SCALAR || event.type === EVENT_ID.ALIAS) continue;
    }
    const path = childPath(parent);
    if (!positions.has(path)) positions.set(path, lineAt(offset));
    if (event.type === EVENT_ID.MAPPING) stack.push({ path, kind: 'mapping', index: 0, key: undefined });
    else if (event.type === EVENT_ID.SEQUENCE) stack.push({ path, kind: 'sequence', index: 0, key: undefined });
  }
  return positions;
}

/** The path of the value that comes next in a frame; moves the frame on. */
function childPath(frame: Frame | undefined): string {
  if (!frame || frame.kind === 'document') return '';
  if (frame.kind === 'sequence') {
    frame.index += 1;
    return join(frame.path, String(frame.index - 1));
  }
  const path = join(frame.path, frame.key ?? '?');
  frame.key = undefined;
  return path;
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}/${name}`;
}

function lineFinder(source: string): (offset: number) => number {
  const starts = [0];
  for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  };
}
