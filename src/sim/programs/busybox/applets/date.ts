import type { Program } from '../../../kernel/sys.js';
import { date as shared } from '../../../shell/coreutils/date/date.js';
import { applet } from '../applet.js';

const USAGE = `date [OPTIONS] [+FMT] [[-s] TIME]

Display time (using +FMT), or set time

	-u		Work in UTC (don't convert to local time)
	[-s] TIME	Set time to TIME
	-d TIME		Display TIME, not 'now'
	-D FMT		FMT (strptime format) for -s/-d TIME conversion
	-r FILE		Display last modification time of FILE
	-R		Output RFC-2822 date
	-I[SPEC]	Output ISO-8601 date
			SPEC=date (default), hours, minutes, seconds or ns

Recognized TIME formats:
	@seconds_since_1970
	hh:mm[:ss]
	[YYYY.]MM.DD-hh:mm[:ss]
	YYYY-MM-DD hh:mm[:ss]
	[[[[[YY]YY]MM]DD]hh]mm[.ss]
	'date TIME' form accepts MMDDhhmm[[YY]YY][.ss] instead`;

/** `date` of busybox. */
export const date: Program = applet(
  {
    name: 'date',
    usage: USAGE,
    options: ['s set=STR', 'u utc', 'R rfc-2822', 'r reference=FILE', 'I iso-8601?SPEC', 'd date=STR'],
    says: [
      [/^invalid date '(.*)'$/, "invalid date '$1'"],
      [/^extra operand .*$/, ''],
      [/^(.*): (No such file.*)$/, '$1: $2'],
    ],
    long: [],
  },
  shared,
);
