import { goQuote } from '../../api/go-text.js';
import { deepEqual } from '../../api/object.js';
import { decodeText } from '../../kernel/bytes.js';
import { askSecret } from '../../kernel/libc/ask-secret.js';
import { isNamed } from '../../kernel/libc/exists.js';
import { readAll } from '../../kernel/libc/streams.js';
import type { Waiting } from '../../kernel/wait.js';
import { exactly, type HelmCommand } from '../command.js';
import { HelmError, messageOf } from '../errors.js';
import { alignRows, writeAs } from '../output.js';
import { updateIndex } from '../repo/download.js';
import {
  chartsPath,
  entryOf,
  indexPath,
  type RepoEntry,
  readRepositories,
  writeRepositories,
} from '../repo/repositories.js';
import { updateAll } from '../repo/update-all.js';
import { writeIndexOf } from '../repo/write-index.js';
import type { HelmRun } from '../run.js';

const DEPRECATED: Readonly<Record<string, string>> = {
  '//kubernetes-charts.storage.googleapis.com': 'https://charts.helm.sh/stable',
  '//kubernetes-charts-incubator.storage.googleapis.com': 'https://charts.helm.sh/incubator',
};

const add: HelmCommand = {
  name: 'add',
  short: 'add a chart repository',
  usage: '[NAME] [URL]',
  flags:
    'username:s password:s password-stdin:b force-update:b cert-file:s key-file:s ca-file:s insecure-skip-tls-verify:b allow-deprecated-repos:b pass-credentials:b timeout:d=2m0s',
  arity: exactly(2),
  *run(run, [name = '', url = '']) {
    const { flags, sys, settings } = run;
    if (!flags.bool('allow-deprecated-repos'))
      for (const [old, now] of Object.entries(DEPRECATED))
        if (url.includes(old))
          throw new HelmError(`repo ${goQuote(url)} is no longer available; try ${goQuote(now)} instead`);
    const file = readRepositories(sys, settings.repositoryConfig);
    const entry = yield* newEntry(run, name, url);
    if (name.includes('/'))
      throw new HelmError(`repository name (${name}) contains '/', please specify a different name without '/'`);
    const existing = file.repositories.find((each) => each.name === name);
    if (existing && !flags.bool('force-update')) {
      if (!deepEqual(existing, entry))
        throw new HelmError(`repository name (${name}) already exists, please specify a different name`);
      return yield* run.out(`${goQuote(name)} already exists with the same configuration, skipping\n`);
    }
    try {
      yield* updateIndex(run, entry);
    } catch (error) {
      const text = messageOf(error);
      if (text.startsWith('could not find protocol handler')) throw error;
      throw new HelmError(`looks like ${goQuote(url)} is not a valid chart repository or cannot be reached: ${text}`);
    }
    const repositories = existing
      ? file.repositories.map((each) => (each === existing ? entry : each))
      : [...file.repositories, entry];
    writeRepositories(sys, settings.repositoryConfig, { ...file, repositories });
    yield* run.out(`${goQuote(name)} has been added to your repositories\n`);
  },
};

function* newEntry(run: HelmRun, name: string, url: string): Waiting<RepoEntry> {
  const { flags, sys } = run;
  const username = flags.text('username');
  let password = flags.text('password');
  if (username !== '' && password === '') {
    if (flags.bool('password-stdin')) password = decodeText(yield* readAll(sys, 0)).replace(/\r?\n$/, '');
    else password = yield* askedPassword(run);
  }
  return entryOf({
    name,
    url,
    username,
    password,
    certFile: flags.text('cert-file'),
    keyFile: flags.text('key-file'),
    caFile: flags.text('ca-file'),
    insecure_skip_tls_verify: flags.bool('insecure-skip-tls-verify'),
    pass_credentials_all: flags.bool('pass-credentials'),
  });
}

/** The password that a person types; who has no terminal is asked in vain. */
function* askedPassword(run: HelmRun): Waiting<string> {
  if (run.sys.terminal(0)) return (yield* askSecret(run.sys, 'Password: ')) ?? '';
  yield* run.out('Password: \n');
  throw new HelmError('inappropriate ioctl for device');
}

const index: HelmCommand = {
  name: 'index',
  short: 'generate an index file given a directory containing packaged charts',
  usage: '[DIR]',
  flags: 'url:s merge:s json:b',
  arity: exactly(1),
  *run(run, [folder = '']) {
    writeIndexOf(run, folder);
  },
};

const list: HelmCommand = {
  name: 'list',
  aliases: ['ls'],
  short: 'list chart repositories',
  flags: 'no-headers:b o/output:s=table',
  arity: { most: 0 },
  *run(run) {
    const { repositories } = readRepositories(run.sys, run.settings.repositoryConfig);
    if (repositories.length === 0 && run.flags.text('output') === 'table')
      return yield* run.err('no repositories to show\n');
    const rows = repositories.map(({ name, url }) => ({ name, url }));
    yield* writeAs(run, rows, () => {
      const heads = run.flags.bool('no-headers') ? [] : [['NAME', 'URL']];
      return `${alignRows([...heads, ...rows.map(({ name, url }) => [name, url])])}\n`;
    });
  },
};

const remove: HelmCommand = {
  name: 'remove',
  aliases: ['rm'],
  short: 'remove one or more chart repositories',
  usage: '[REPO1 [REPO2 ...]]',
  arity: { least: 1 },
  *run(run, names) {
    const { sys, settings } = run;
    let file = readRepositories(sys, settings.repositoryConfig);
    if (file.repositories.length === 0) throw new HelmError('no repositories configured');
    for (const name of names) {
      if (!file.repositories.some((each) => each.name === name))
        throw new HelmError(`no repo named ${goQuote(name)} found`);
      file = { ...file, repositories: file.repositories.filter((each) => each.name !== name) };
      writeRepositories(sys, settings.repositoryConfig, file);
      for (const path of [chartsPath, indexPath].map((pathOf) => pathOf(settings.repositoryCache, name)))
        if (isNamed(sys, path)) sys.unlink(path);
      yield* run.out(`${goQuote(name)} has been removed from your repositories\n`);
    }
  },
};

const update: HelmCommand = {
  name: 'update',
  aliases: ['up'],
  short: 'update information of available charts locally from chart repositories',
  usage: '[REPO1 [REPO2 ...]]',
  flags: 'timeout:d=2m0s',
  *run(run, names) {
    const { repositories } = readRepositories(run.sys, run.settings.repositoryConfig);
    if (repositories.length === 0) throw new HelmError('no repositories found. You must add one before updating');
    for (const name of names)
      if (!repositories.some((each) => each.name === name))
        throw new HelmError(`no repositories found matching '${name}'.  Nothing will be updated`);
    const wanted = repositories.filter(({ name }) => names.length === 0 || names.includes(name));
    yield* run.out('Hang tight while we grab the latest from your chart repositories...\n');
    const failed = yield* updateAll(run, wanted);
    if (failed.length > 0) throw new HelmError(`failed to update the following repositories: [${failed.join(' ')}]`);
    yield* run.out('Update Complete. ⎈Happy Helming!⎈\n');
  },
};

/** `helm repo`. */
export const repoCommand: HelmCommand = {
  name: 'repo',
  short: 'add, list, remove, update, and index chart repositories',
  commands: [add, index, list, remove, update],
};
