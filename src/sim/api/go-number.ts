/** From this power of ten on, Go's shortest form of a float writes the exponent out. */
const EXPONENT_FROM = 6;

/** A float as Go prints it with `%v` (FormatFloat 'g' with the fewest digits): `1e+06`, `1.5`, `+Inf`. */
export function goFloat(value: number): string {
  return special(value) ?? fromShortest(value.toExponential());
}

/** The same for a float32, as the YAML library prints a float that is a key. */
export function goFloat32(value: number): string {
  const single = Math.fround(value);
  const named = special(single);
  if (named !== undefined) return named;
  for (let digits = 0; digits < 9; digits++) {
    const text = single.toExponential(digits);
    if (Math.fround(Number(text)) === single) return fromShortest(text);
  }
  return fromShortest(single.toExponential());
}

/** A number as Go prints it when it came from JSON: whole numbers are int64, all others float64. */
export function goNumber(value: number): string {
  if (isGoInteger(value)) return Number.isSafeInteger(value) ? String(value) : String(BigInt(value));
  return goFloat(value);
}

/** Whether apimachinery's JSON reader would have made an int64 of this number. */
export function isGoInteger(value: number): boolean {
  return Number.isInteger(value) && value >= -(2 ** 63) && value < 2 ** 63;
}

function special(value: number): string | undefined {
  if (Number.isNaN(value)) return 'NaN';
  if (Number.isFinite(value)) return undefined;
  return value > 0 ? '+Inf' : '-Inf';
}

/** Turns JavaScript's `-1.25e-7` into Go's choice of notation. */
function fromShortest(text: string): string {
  const [mantissa = '0', power = '0'] = text.split('e');
  const sign = mantissa.startsWith('-') ? '-' : '';
  const digits = mantissa.replace(/^-/, '').replace('.', '').replace(/0+$/, '') || '0';
  const exponent = Number(power);
  if (exponent < -4 || exponent >= EXPONENT_FROM) return sign + withExponent(digits, exponent);
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  const rest = digits.slice(exponent + 1);
  return sign + whole + (rest === '' ? '' : `.${rest}`);
}

function withExponent(digits: string, exponent: number): string {
  const mantissa = digits.length > 1 ? `${digits[0]}.${digits.slice(1)}` : digits;
  const size = String(Math.abs(exponent)).padStart(2, '0');
  return `${mantissa}e${exponent < 0 ? '-' : '+'}${size}`;
}
