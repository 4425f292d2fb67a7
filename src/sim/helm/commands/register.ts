import type { HelmCommand } from '../command.js';
import { completionCommand } from './completion.js';
import { createCommand } from './create.js';
import { dependencyCommand } from './dependency.js';
import { envCommand } from './env.js';
import { getCommand } from './get.js';
import { historyCommand } from './history.js';
import { installCommand } from './install.js';
import { lintCommand } from './lint.js';
import { listCommand } from './list.js';
import { packageCommand } from './package.js';
import { pluginCommand } from './plugin.js';
import { pullCommand } from './pull.js';
import { pushCommand } from './push.js';
import { registryCommand } from './registry.js';
import { repoCommand } from './repo.js';
import { rollbackCommand } from './rollback.js';
import { searchCommand } from './search.js';
import { showCommand } from './show.js';
import { statusCommand } from './status.js';
import { templateCommand } from './template.js';
import { testCommand } from './test.js';
import { uninstallCommand } from './uninstall.js';
import { upgradeCommand } from './upgrade.js';
import { verifyCommand } from './verify.js';
import { versionCommand } from './version.js';

/** Every command of helm, as its help lists them. */
export const COMMANDS: readonly HelmCommand[] = [
  completionCommand,
  createCommand,
  dependencyCommand,
  envCommand,
  getCommand,
  historyCommand,
  installCommand,
  lintCommand,
  listCommand,
  packageCommand,
  pluginCommand,
  pullCommand,
  pushCommand,
  registryCommand,
  repoCommand,
  rollbackCommand,
  searchCommand,
  showCommand,
  statusCommand,
  templateCommand,
  testCommand,
  uninstallCommand,
  upgradeCommand,
  verifyCommand,
  versionCommand,
];
