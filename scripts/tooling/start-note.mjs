const ERASE_LINE = '\r\u001b[K';

/**
 * One line on the standard error while there is nothing else to see. On a terminal it goes when either stream is
 * written to by somebody else, or when `end` is called; in a log each text is a line that stays.
 */
export function startNote({ stdout, stderr }) {
  const writes = new Map([stdout, stderr].map((stream) => [stream, stream.write]));
  let shown = false;
  const end = () => {
    if (!shown) return;
    shown = false;
    for (const [stream, write] of writes) stream.write = write;
    stderr.write(ERASE_LINE);
  };
  const say = (text) => {
    if (!stderr.isTTY) {
      stderr.write(`${text}\n`);
      return;
    }
    end();
    stderr.write(text);
    shown = true;
    for (const stream of writes.keys()) {
      stream.write = (...args) => {
        end();
        return stream.write(...args);
      };
    }
  };
  return { say, end };
}
