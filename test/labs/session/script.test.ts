import { describe, expect, test } from 'vitest';
import { keyBytes } from '../../../src/labs/session/keys.js';
import { scriptSteps } from '../../../src/labs/session/script.js';

describe('a script becomes steps', () => {
  test.each<[string, string, string[][]]>([
    ['lines', 'a\nb\n', [['a'], ['b']]],
    ['nothing', '\n\n', []],
    ['blank lines and comments are left out', 'a\n\n  # why\nb', [['a'], ['b']]],
    ['a comment behind a command stays', 'a # why', [['a # why']]],
    ['a line that goes on', 'a \\\n  b\nc', [['a \\', '  b'], ['c']]],
    ['a here-document', 'cat <<EOF\nx\n\n# kept\nEOF\nb', [['cat <<EOF', 'x', '', '# kept', 'EOF'], ['b']]],
    ['a quoted word', "cat <<'EOF' > f\nx\nEOF\nb", [["cat <<'EOF' > f", 'x', 'EOF'], ['b']]],
    ['a word in double quotes, with a dash', 'cat <<-"E"\n\tx\n\tE\nb', [['cat <<-"E"', '\tx', '\tE'], ['b']]],
    ['a tab before the word ends nothing without the dash', 'cat <<E\n\tE\nE', [['cat <<E', '\tE', 'E']]],
    ['two on one line', 'cat <<A - <<B\n1\nA\n2\nB\nc', [['cat <<A - <<B', '1', 'A', '2', 'B'], ['c']]],
    ['a here-string takes nothing', 'cat <<< EOF\nb', [['cat <<< EOF'], ['b']]],
    ['quoted arrows take nothing', "echo '<<EOF'\nb", [["echo '<<EOF'"], ['b']]],
    ['a document that never ends takes the rest', 'cat <<EOF\nx', [['cat <<EOF', 'x']]],
    ['keys are a step', 'vi f\nkeys: iabc<Esc>:wq<Enter>', [['vi f'], ['keys: iabc<Esc>:wq<Enter>']]],
  ])('%s', (_, script, expected) => {
    expect(scriptSteps(script).map(({ lines }) => lines)).toEqual(expected);
  });

  test.each([
    ['k get pods   # look', true, 'k get pods'],
    ['k get pods #look', true, 'k get pods'],
    ['k get pods # looking', false, 'k get pods # looking'],
    ['echo "#look"', false, 'echo "#look"'],
  ])('%s: look is %s', (line, look, typed) => {
    expect(scriptSteps(line)).toEqual([{ lines: [typed], look }]);
  });
});

describe('keys', () => {
  test.each([
    ['iabc<Esc>:wq<Enter>', 'iabc\x1b:wq\r'],
    ['<C-c><c-d>', '\x03\x04'],
    ['<C-]>', '\x1d'],
    ['<Up><Down><Left><Right>', '\x1b[A\x1b[B\x1b[D\x1b[C'],
    ['a<lt>b>c', 'a<b>c'],
    ['<Tab><Space><BS><Del>', '\t \x7f\x1b[3~'],
    ['<b>bold</b>', '<b>bold</b>'],
  ])('%s', (text, bytes) => {
    expect(keyBytes(text)).toBe(bytes);
  });
});
