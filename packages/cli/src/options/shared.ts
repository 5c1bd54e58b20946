// Options that several commands share, composed as functions.

import type { Argv } from 'yargs';

export const withJson = <T>(yargs: Argv<T>) =>
  yargs.option('json', { type: 'boolean', default: false, describe: 'Print the result as JSON on stdout' });

export const withStore = <T>(yargs: Argv<T>) =>
  yargs.option('store', {
    type: 'string',
    requiresArg: true,
    describe: 'Folder of the artefact store (default: $STRIATE_STORE or .striate/store)',
  });

export const withOut = <T>(yargs: Argv<T>, byDefault: string) =>
  yargs.option('out', {
    type: 'string',
    requiresArg: true,
    describe: `Folder for the results (default: ${byDefault})`,
  });

export const withVariables = <T>(yargs: Argv<T>) =>
  yargs.option('var', {
    type: 'string',
    array: true,
    requiresArg: true,
    describe: 'NAME=value for ${NAME} in the configuration; the environment is looked at next',
  });

export const withPlugins = <T>(yargs: Argv<T>) =>
  yargs.option('plugin', {
    type: 'string',
    array: true,
    requiresArg: true,
    describe: 'A plugin package or path to load, besides the installed ones',
  });
