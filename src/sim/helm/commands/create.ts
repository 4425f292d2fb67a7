import { printYaml } from '../../api/yaml/print.js';
import { decodeText, encodeText } from '../../kernel/bytes.js';
import { exists } from '../../kernel/libc/exists.js';
import type { Waiting } from '../../kernel/wait.js';
import { fileError, loadChart } from '../chart/load-path.js';
import { exactly, type HelmCommand } from '../command.js';
import { HelmError, messageOf } from '../errors.js';
import { absolutePath, baseOf, directoryOf, makeDirectories } from '../repo/paths.js';
import type { HelmRun } from '../run.js';
import { TEMPLATE_FILES } from '../scaffold/templates.js';
import { CHART_FILE, IGNORE_FILE, VALUES_FILE } from '../scaffold/values.js';

const NAME = /^[a-zA-Z0-9._-]+$/;
const LENGTH_MAX = 250;

/** `helm create`. */
export const createCommand: HelmCommand = {
  name: 'create',
  short: 'create a new chart with the given name',
  usage: 'NAME',
  flags: 'p/starter:s',
  arity: exactly(1),
  *run(run, [given = '']) {
    yield* run.out(`Creating ${given}\n`);
    const name = baseOf(given);
    if (name === '' || name.length > LENGTH_MAX)
      throw new HelmError(`chart name must be between 1 and ${LENGTH_MAX} characters`);
    if (!NAME.test(name)) throw new HelmError(`chart name must match the regular expression "${NAME.source}"`);
    const parent = absolutePath(run.sys, directoryOf(given));
    if (!exists(run.sys, parent)) throw new HelmError(`stat ${parent}: no such file or directory`);
    const folder = `${parent === '/' ? '' : parent}/${name}`;
    if (exists(run.sys, folder) && run.sys.stat(folder).type !== 'directory')
      throw new HelmError(`file ${folder} already exists and is not a directory`);
    const files = run.flags.text('starter') === '' ? scaffold(name) : starterFiles(run, name);
    for (const [path, data] of files) yield* write(run, `${folder}/${path}`, data);
    makeDirectories(run.sys, `${folder}/charts`);
  },
};

function scaffold(name: string): [string, Uint8Array][] {
  const filled = (text: string): Uint8Array => encodeText(text.replaceAll('<CHARTNAME>', name));
  return [
    ['Chart.yaml', filled(CHART_FILE)],
    ['values.yaml', filled(VALUES_FILE)],
    ['.helmignore', filled(IGNORE_FILE)],
    ...Object.entries(TEMPLATE_FILES).map(([path, text]): [string, Uint8Array] => [`templates/${path}`, filled(text)]),
  ];
}

/** The files of a starter, in which `<CHARTNAME>` stands for the name. */
function starterFiles(run: HelmRun, name: string): [string, Uint8Array][] {
  const given = run.flags.text('starter');
  const path = given.startsWith('/') ? given : `${run.settings.dataHome()}/starters/${given}`;
  try {
    const { raw } = loadChart(run.sys, path);
    const metadata = {
      apiVersion: 'v2',
      appVersion: '0.1.0',
      description: 'A Helm chart for Kubernetes',
      name,
      type: 'application',
      version: '0.1.0',
    };
    const filled = (data: Uint8Array): Uint8Array => encodeText(decodeText(data).replaceAll('<CHARTNAME>', name));
    const own = raw.filter((file) => file.name !== 'Chart.yaml');
    return [
      ['Chart.yaml', encodeText(printYaml(metadata))],
      ...own.map((file): [string, Uint8Array] => [
        file.name,
        /^(?:templates\/|values\.yaml$)/.test(file.name) ? filled(file.data) : file.data,
      ]),
    ];
  } catch (error) {
    throw new HelmError(`could not load ${path}: ${messageOf(error)}`);
  }
}

function* write(run: HelmRun, path: string, data: Uint8Array): Waiting<void> {
  if (exists(run.sys, path)) yield* run.out(`WARNING: File ${JSON.stringify(path)} already exists. Overwriting.\n`);
  try {
    makeDirectories(run.sys, directoryOf(path));
    run.sys.writeFile(path, data);
  } catch (error) {
    throw fileError('open', path, error);
  }
}
