const TRACE = 'assignments before one command are traced on a line each, as bash does; the words are the same';

/** Lines on which ours and the real shell differ, and why that is left so. */
export const DIFFERENCES: Readonly<Record<'ash' | 'dash', Readonly<Record<string, string>>>> = {
  ash: {
    'set -x; echo a b; x=1 y=2; : $x': TRACE,
    'printf %z; echo $?': 'the real one cuts the message short at the letter it does not know',
    'echo $LINENO': 'lines of -c count from 0 there in messages and $LINENO; here in messages only',
  },
  dash: { 'set -x; echo a b; x=1 y=2; : $x': TRACE },
};
